import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ProfileFacts } from '../src/sites/site';

/* The wiring in the background: who may say what. The browser is faked as far as it is used. */

const noted = vi.hoisted(() => ({ facts: [] as unknown[], asked: [] as unknown[] }));
vi.mock('../src/contribution/contributor', () => ({
  makeContributor: () => ({
    note: (facts: unknown) => Promise.resolve(noted.facts.push(facts)),
    choose: (consent: unknown) => Promise.resolve(noted.asked.push(consent)),
    isActive: () => Promise.resolve(false),
  }),
}));

type Listener = (message: unknown, sender: object, respond: (answer: unknown) => void) => boolean;
const listeners: Listener[] = [];
/** A browser in which everything is there, nothing is kept and nothing happens by itself. */
const quiet: object = new Proxy(() => Promise.resolve({}), {
  get: (_, name) =>
    name === 'addListener' ? () => undefined : name === 'query' ? () => Promise.resolve([]) : quiet,
  apply: () => Promise.resolve({}),
});
Object.assign((globalThis as unknown as { chrome: object }).chrome, {
  runtime: {
    id: 'test',
    getURL: (path: string) => `chrome-extension://test${path}`,
    onMessage: { addListener: (listener: Listener) => listeners.push(listener) },
    onInstalled: quiet,
    onStartup: quiet,
    onConnect: quiet,
  },
  alarms: quiet,
  contextMenus: quiet,
  permissions: quiet,
  scripting: quiet,
  storage: { local: quiet, session: quiet, onChanged: quiet },
  tabs: quiet,
});

const { startBackground } = await import('../src/background');
startBackground();

const FACTS: ProfileFacts = {
  account: { network: 'x', handle: 'gwen_example', nativeId: null },
  followers: { value: 12, exact: true },
  following: null,
  posts: null,
  joined: null,
};
const CHOICE = {
  type: 'contribution',
  ask: 'choose',
  consent: { service: 'https://a.example', counters: true, follows: true },
};

beforeEach(() => {
  noted.facts.length = 0;
  noted.asked.length = 0;
});

/** Says it to the background; true once it was answered, false where nobody took it up. */
async function say(message: unknown, sender: object): Promise<boolean> {
  const answers = listeners.map(
    (listener) =>
      new Promise<boolean>((resolve) => {
        if (
          !listener(message, { id: 'test', ...sender }, () => {
            resolve(true);
          })
        )
          resolve(false);
      }),
  );
  return (await Promise.all(answers)).includes(true);
}

const page = (incognito: boolean) => ({ url: 'https://x.com/gwen_example', tab: { incognito } });
const own = (incognito: boolean) => ({ url: 'chrome-extension://test/options.html', tab: { incognito } });

test('what a page tells is noted, what one in a private window tells is not', async () => {
  await say({ type: 'facts', facts: FACTS }, page(true));
  expect(noted.facts).toEqual([]);
  await say({ type: 'facts', facts: FACTS }, page(false));
  expect(noted.facts).toEqual([FACTS]);
});

test('only the options page chooses, and not in a private window', async () => {
  expect(await say(CHOICE, page(false))).toBe(false);
  expect(await say(CHOICE, own(true))).toBe(false);
  expect(await say(CHOICE, { ...own(false), id: 'another-extension' })).toBe(false);
  expect(noted.asked).toEqual([]);
  expect(await say(CHOICE, own(false))).toBe(true);
  expect(noted.asked).toEqual([CHOICE.consent]);
});
