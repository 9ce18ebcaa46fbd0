import messages from '../public/_locales/en/messages.json';

/* What the browser gives an extension, as far as the code under test uses it. */

const known: Record<string, { message: string } | undefined> = messages;

const turns = new Map<string, Promise<unknown>>();

Object.defineProperty(navigator, 'locks', {
  value: {
    request: (name: string, work: () => Promise<unknown>) => {
      const turn = (turns.get(name) ?? Promise.resolve()).catch(() => undefined).then(work);
      turns.set(name, turn);
      return turn;
    },
  },
});

Object.assign(globalThis, {
  chrome: {
    runtime: { id: 'test' },
    i18n: {
      getMessage: (key: string, substitutions: string[]) =>
        known[key]?.message.replace(/\$(\d)/g, (_, n: string) => substitutions[Number(n) - 1] ?? '') ?? '',
    },
  },
});
