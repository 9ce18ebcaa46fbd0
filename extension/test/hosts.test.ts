import { beforeEach, describe, expect, test } from 'vitest';
import {
  addableHost,
  addedHosts,
  addExpectedHost,
  addHosts,
  addPermittedHost,
  expectHost,
  forgetUnpermittedHosts,
  patternOf,
  registerHosts,
  removeHost,
} from '../src/hosts';
import { parseOwnRequest, parsePageRequest } from '../src/messages';
import { isFrontEnd } from '../src/popup/AddSite';
import { stubBrowser } from './browserStub';

const HOST = 'social.example';
const SERVICE = 'http://localhost:8080';

let browser: ReturnType<typeof stubBrowser>;
beforeEach(() => {
  browser = stubBrowser();
});

const registered = () => [...browser.scripts.values()].flatMap(({ matches }) => matches);

async function add(host: string): Promise<boolean> {
  await expectHost(host);
  browser.granted.add(patternOf(host));
  const added = await addExpectedHost();
  await registerHosts();
  return added;
}

test('a host that was asked for and permitted is added, once', async () => {
  expect(await add(HOST)).toBe(true);
  expect(await addedHosts()).toEqual([HOST]);
  expect(registered()).toEqual([patternOf(HOST)]);
  expect(await addExpectedHost()).toBe(false);
  // The browser told of it before the popup did, which must not take it for refused.
  expect(await addPermittedHost(HOST)).toBe(true);
  expect(await addPermittedHost('other.example')).toBe(false);
  expect(await addedHosts()).toEqual([HOST]);
});

test('two windows that add and remove at once lose nothing', async () => {
  await addHosts(['a.example', 'b.example']);
  await Promise.all([addHosts(['c.example']), removeHost('a.example', SERVICE), addHosts(['d.example'])]);
  expect(await addedHosts()).toEqual(['b.example', 'c.example', 'd.example']);
});

test('nothing is added that was refused, or that nobody asked for', async () => {
  await expectHost(HOST);
  expect(await addExpectedHost()).toBe(false);
  browser = stubBrowser();
  browser.granted.add(patternOf(HOST)); // as for a service that lives there
  expect(await addExpectedHost()).toBe(false);
  expect(await addedHosts()).toEqual([]);
});

test('an update of the extension drops what was registered; it comes back, also when told twice at once', async () => {
  await add(HOST);
  browser.scripts.clear();
  await Promise.all([registerHosts(), registerHosts()]);
  expect(registered()).toEqual([patternOf(HOST)]);
});

test('removed: script and permission go, unless the service is there', async () => {
  await add(HOST);
  await add('other.example');
  await removeHost(HOST, SERVICE);
  await registerHosts();
  expect(registered()).toEqual([patternOf('other.example')]);
  expect(browser.granted).toEqual(new Set([patternOf('other.example')]));
  await removeHost('other.example', 'https://other.example');
  expect(browser.granted.size).toBe(1);
});

test('a permission taken back in the browser’s own settings takes the host back', async () => {
  await add(HOST);
  browser.granted.clear();
  await forgetUnpermittedHosts();
  await registerHosts();
  expect(await addedHosts()).toEqual([]);
  expect(registered()).toEqual([]);
});

describe('which pages can be added', () => {
  test.each([
    ['https://social.example/@gwen', HOST],
    ['https://SOCIAL.example./', null],
    ['https://bsky.app/profile/gwen.example', null],
    ['http://social.example/', null],
    ['https://social.example:8443/', null],
    ['https://127.0.0.1/', null],
    ['https://[::1]/', null],
    ['https://intranet/', null],
    ['chrome://extensions', null],
    ['', null],
  ])('%s', (address, host) => {
    expect(addableHost(address)).toBe(host);
  });

  test.each([
    ['<div id="mastodon" class="app-holder"></div><script id="initial-state"></script>', true],
    ['<div id="__nuxt"><svg id="avatar-mask"></svg></div>', true],
    ['<div id="mastodon">We are on Mastodon</div>', false],
    ['<div id="app"></div>', false],
  ])('by what is in them: %s', (html, is) => {
    document.body.innerHTML = html;
    expect(isFrontEnd()).toBe(is);
  });
});

describe('what the background can be asked', () => {
  const account = { network: 'x', handle: 'gwen_example', nativeId: null };

  test('pages may not add hosts, clear anything or show what was hidden', () => {
    for (const message of [
      { type: 'add-host', host: HOST },
      { type: 'expect-host', host: HOST },
      { type: 'clear', shelf: 'list' },
    ]) {
      expect(parsePageRequest(message)).toBeNull();
    }
    expect(parsePageRequest({ type: 'ask', account })).toEqual({ type: 'ask', account });
  });

  test.each([
    { type: 'expect-host', host: '*' },
    { type: 'expect-host', host: 'social.example/*' },
    { type: 'expect-host' },
    { type: 'add-host', host: 'social.example:8443' },
    { type: 'clear', shelf: 'ledger' },
    { type: 'clear' },
    { type: 'toString' },
    null,
  ])('%j is refused', (message) => {
    expect(parseOwnRequest(message)).toBeNull();
  });
});
