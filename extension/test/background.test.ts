import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { chooseRecord } from '../src/ledger/choice';
import { addOwnAccount } from '../src/ledger/ownAccounts';
import { accountHash } from '../src/lookup/account';
import { indexedDbShelf } from '../src/lookup/shelf';
import { saveServiceAddress } from '../src/settings';
import { stubBrowser } from './browserStub';
import { FakeService } from './fakes';
import { publish, VERDICT } from './wireSamples';

/* The wiring in the background: what pages may have it do. The browser is faked as far as it is used. */

const given = vi.hoisted(() => ({ follows: [] as unknown[] }));
vi.mock('../src/contribution/contribution', () => ({
  startContribution: () => undefined,
  contribution: {
    wanted: () => Promise.resolve(false),
    note: () => Promise.resolve(),
    noteFollow: (_: unknown, follower: unknown) => Promise.resolve(given.follows.push(follower)),
    noteUnfollow: () => Promise.resolve(),
  },
  reporter: { reporter: () => Promise.resolve(null) },
}));

type Listener = (message: unknown, sender: object, respond: (answer: unknown) => void) => boolean;
type Changed = (changes: Record<string, unknown>, area: string) => void;

let browser: ReturnType<typeof stubBrowser>;
let service: FakeService;
let listener: Listener;
let listeners: Listener[];
let changed: Changed;
let told: unknown[];
let opened: string[];

const SERVICE = 'https://service.example';
const GWEN = { network: 'x', handle: 'gwen_example', nativeId: null };
const YOU = { network: 'x' as const, handle: 'you_example', nativeId: null };

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  given.follows.length = 0;
  told = [];
  listeners = [];
  opened = [];
  browser = stubBrowser();
  service = new FakeService();
  vi.stubGlobal('fetch', service.fetch);
  const { chrome } = globalThis as unknown as { chrome: Record<string, Record<string, unknown>> };
  const event = { addListener: () => undefined };
  Object.assign(chrome.runtime!, {
    id: 'test',
    getURL: (path: string) => `chrome-extension://test${path}`,
    onMessage: { addListener: (added: Listener) => listeners.push((listener = added)) },
    onInstalled: event,
    onStartup: event,
  });
  Object.assign(chrome.permissions!, { onAdded: event, onRemoved: event });
  Object.assign(chrome.storage!, { onChanged: { addListener: (added: Changed) => (changed = added) } });
  Object.assign(chrome, {
    alarms: {
      onAlarm: event,
      get: () => Promise.resolve({}),
      create: () => Promise.resolve(),
      clear: () => Promise.resolve(true),
    },
    contextMenus: { onClicked: event },
    tabs: {
      query: () => Promise.resolve([{ id: 1 }]),
      create: ({ url }: { url: string }) => {
        opened.push(url);
        return Promise.resolve({ id: 7 });
      },
      sendMessage: (_: number, message: unknown) => Promise.resolve(told.push(message)),
    },
  });
  await saveServiceAddress(SERVICE);
  const { startBackground } = await import('../src/background');
  startBackground();
});

const page = (incognito = false) => ({ id: 'test', url: 'https://x.com/home', tab: { incognito } });
const popup = { id: 'test', url: 'chrome-extension://test/popup.html' };

function say(message: unknown, sender: object): Promise<unknown> {
  return new Promise((resolve) => {
    if (!listener(message, sender, resolve)) resolve('not taken up');
  });
}

const followed = () => ({
  type: 'sightings',
  told: {
    viewer: YOU,
    followers: null,
    sightings: [{ account: GWEN, what: 'followed', at: new Date().toISOString() }],
  },
});

test('follows are given of accounts with a record only', async () => {
  await say(followed(), page());
  expect(given.follows).toEqual([]);
  await chooseRecord('x', true);
  await say(followed(), page(true));
  expect(given.follows).toEqual([]);
  await say(followed(), page());
  expect(given.follows).toEqual([GWEN]);
});

test('pages are asked to tell who follows only where somebody’s record is kept', async () => {
  const wants = (network: string) => say({ type: 'wants', network }, page());
  expect(await wants('bluesky')).toMatchObject({ sightings: false });
  await addOwnAccount({ network: 'bluesky', handle: 'you.example', nativeId: null });
  expect(await wants('bluesky')).toMatchObject({ sightings: true });
  browser.stored.choices = { networks: { bluesky: false } };
  expect(await wants('bluesky')).toMatchObject({ sightings: false });
});

test('a name goes to the service that was named where the user clicked, and to no other', async () => {
  const ask = (named?: string) => say({ type: 'ask', account: GWEN, service: named }, page());
  expect(await ask('https://former.example')).toEqual({ failure: 'off' });
  expect(service.asked).toEqual([]);
  await ask(SERVICE);
  await say({ type: 'ask', account: GWEN }, page());
  expect(service.asked.map(({ path }) => path)).toEqual(Array(2).fill('/v1/accounts/x/gwen_example'));
});

test('what is hidden in a private window is hidden, and kept nowhere', async () => {
  const hiddenNow = async () => {
    const found = (await say({ type: 'lookup', accounts: [GWEN] }, page())) as { hidden: boolean }[];
    return found[0]?.hidden;
  };
  const before = structuredClone(browser.stored);
  await say({ type: 'hide', account: GWEN }, page(true));
  expect(await hiddenNow()).toBe(true);
  await say({ type: 'unhide', key: 'x:@gwen_example' }, popup);
  expect(await hiddenNow()).toBe(false);
  await say({ type: 'hide', account: GWEN, isPrivate: true }, popup);
  expect(await hiddenNow()).toBe(true);
  expect(browser.stored).toEqual(before);
});

test('a storage that fails once does not silence the extension for good', async () => {
  const { local } = (globalThis as unknown as { chrome: { storage: { local: { get: unknown } } } }).chrome
    .storage;
  const { get } = local;
  local.get = () => Promise.reject(new Error('busy'));
  expect(await say({ type: 'lookup', accounts: [GWEN] }, page())).toBeUndefined();
  local.get = get;
  expect(await say({ type: 'lookup', accounts: [GWEN] }, page())).toHaveLength(1);
});

test('another service is asked from the moment it is stored, whoever stored it', async () => {
  await say({ type: 'status' }, popup);
  await saveServiceAddress('https://other.example');
  changed({ service: {} }, 'local');
  expect(await say({ type: 'status' }, popup)).toMatchObject({ address: 'https://other.example' });
  expect(told).toContainEqual({ type: 'refresh' });
});

test('what a private window was answered is not kept', async () => {
  const hash = await accountHash('x:@gwen_example');
  publish(service, 7, [parseInt(hash.slice(0, 8), 16)]);
  const account = { ...GWEN, nativeId: '7', profileUrl: 'https://x.com/gwen_example' };
  const verdict = { ...VERDICT, reviewAt: null };
  service.json(`/v1/ranges/${hash[0]}`, { entries: [{ hash, account, verdicts: [verdict] }] });
  const find = (incognito: boolean) => say({ type: 'lookup', accounts: [GWEN] }, page(incognito));
  const kept = () => indexedDbShelf('ranges').count();

  for (let time = 0; time < 2; time++)
    expect(await find(true)).toMatchObject([{ listing: { confirmed: true } }]);
  expect(service.count(`/v1/ranges/${hash[0]}`)).toBe(1);
  expect(await kept()).toBe(0);
  expect(await find(false)).toMatchObject([{ listing: { confirmed: true } }]);
  expect(await kept()).toBe(1);
});

test('a card opens the dialog for its account, and none in a private window does', async () => {
  await say({ type: 'report', account: GWEN }, page(true));
  expect(opened).toEqual([]);
  expect(JSON.stringify(browser.session)).not.toContain('gwen');
  await say({ type: 'report', account: GWEN }, page());
  expect(opened).toEqual(['chrome-extension://test/report.html']);
  expect(browser.session).toEqual({ 'handedOver:report:7': { account: GWEN } });
  expect(service.asked).toEqual([]);
});

test('only the extension’s own pages send and take back reports, and not in private windows', () => {
  const order = { id: '1', service: SERVICE, shown: 'gwen_example', body: '{}' };
  const send = { type: 'report', ask: 'send', order };
  for (const sender of [page(), { ...popup, tab: { incognito: true } }, { ...popup, id: 'another' }])
    expect(listeners.map((one) => one(send, sender, () => undefined))).not.toContain(true);
  expect(listeners.map((one) => one({ type: 'report', ask: 'view' }, popup, () => undefined))).toContain(
    true,
  );
  expect(service.asked).toEqual([]);
});
