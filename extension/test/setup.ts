import messages from '../public/_locales/en/messages.json';

/* What the browser gives an extension, as far as the code under test uses it. */

const known: Record<string, { message: string } | undefined> = messages;

Object.assign(globalThis, {
  chrome: {
    runtime: { id: 'test' },
    i18n: {
      getMessage: (key: string, substitutions: string[]) =>
        known[key]?.message.replace(/\$(\d)/g, (_, n: string) => substitutions[Number(n) - 1] ?? '') ?? '',
    },
  },
});
