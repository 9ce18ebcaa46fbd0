import { beforeEach, describe, expect, test } from 'vitest';
import { hide, hiddenAccounts, hideAgain, unhide } from '../src/hidden';
import { addOwnAccount, ownAccounts, removeOwnAccount } from '../src/ledger/ownAccounts';
import type { Listing } from '../src/lookup/lookup';
import type { Verdict } from '../src/lookup/wire';
import {
  changeChoices,
  choices,
  DEFAULT_SERVICE,
  parseServiceAddress,
  readChoices,
  saveChoices,
  saveServiceAddress,
  serviceAddress,
  wanted,
  type Sensitivity,
} from '../src/settings';
import { applySettings, exportSettings, parseSettings, type SettingsFile } from '../src/settingsFile';
import { stubBrowser } from './browserStub';
import { ACCOUNT, VERDICT } from './wireSamples';

let browser: ReturnType<typeof stubBrowser>;
beforeEach(() => {
  browser = stubBrowser();
});

const verdict = (practice: string, standing: Verdict['standing']): Verdict =>
  ({ ...VERDICT, practice, standing }) as Verdict;

const listing = (...verdicts: Verdict[]): Listing => ({
  account: ACCOUNT,
  verdicts,
  page: '',
  checkedAt: 0,
  confirmed: true,
  demo: false,
});

const choosing = (churn: Sensitivity) => {
  const chosen = readChoices(null);
  return { ...chosen, practices: { ...chosen.practices, 'follow-churn': churn } };
};

describe('what is shown', () => {
  test.each<[Sensitivity, Verdict['standing'], boolean]>([
    ['likely', 'likely', true],
    ['likely', 'confirmed', true],
    ['confirmed', 'likely', false],
    ['confirmed', 'confirmed', true],
    ['off', 'likely', false],
    ['off', 'confirmed', false],
  ])('from %s on: %s', (sensitivity, standing, isShown) => {
    const shown = wanted(listing(verdict('follow-churn', standing)), choosing(sensitivity));
    expect(shown !== null).toBe(isShown);
  });

  test('each practice by its own choice; one of a newer service as if it had not been chosen about', () => {
    const all = listing(
      verdict('follow-churn', 'likely'),
      verdict('auto-dm', 'likely'),
      verdict('from-a-newer-service', 'likely'),
      verdict('constructor', 'likely'),
    );
    expect(wanted(all, choosing('off'))?.verdicts.map(({ practice }) => practice)).toEqual([
      'auto-dm',
      'from-a-newer-service',
      'constructor',
    ]);
    expect(all.verdicts).toHaveLength(4);
  });

  test('everything at first, and whatever is stored wrongly', async () => {
    const first = readChoices(undefined);
    expect(new Set(Object.values(first.practices))).toEqual(new Set(['likely']));
    expect(first.networks).toEqual({ x: true, bluesky: true, mastodon: true });
    browser.stored.choices = {
      practices: { 'follow-churn': 'loud', 'auto-dm': 'off' },
      networks: 'none',
      more: 1,
    };
    expect(await choices()).toEqual({ ...first, practices: { ...first.practices, 'auto-dm': 'off' } });
    browser.stored.choices = 'broken';
    expect(await choices()).toEqual(first);
  });
});

describe('addresses a service can have', () => {
  test.each([
    ['https://service.example', 'https://service.example'],
    [' https://Service.example/fair/ ', 'https://service.example/fair'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['http://127.0.0.1:9000', 'http://127.0.0.1:9000'],
    ['http://service.example', null],
    ['https://user:secret@service.example', null],
    ['https://service.example/?a=1', null],
    ['javascript:alert(1)', null],
    ['service.example', null],
    ['', null],
  ])('%j', (text, address) => {
    expect(parseServiceAddress(text)).toBe(address);
  });
});

describe('two windows at once', () => {
  const [gwen, hana] = ['gwen.example', 'hana.example'].map((handle) => ({
    ...ACCOUNT,
    handle,
    nativeId: null,
  }));

  test('lose nothing of what is hidden', async () => {
    await Promise.all([hide(ACCOUNT), hide(gwen!), hide(hana!)]);
    expect(await hiddenAccounts()).toHaveLength(3);
    await Promise.all([
      unhide(`bluesky:${ACCOUNT.nativeId}`),
      hide({ ...ACCOUNT, nativeId: 'did:plc:other' }),
    ]);
    expect(await hiddenAccounts()).toHaveLength(3);
    const former = await hiddenAccounts();
    await hideAgain(former);
    expect(await hiddenAccounts()).toEqual(former);
  });

  test('lose no choice', async () => {
    await Promise.all([
      changeChoices((former) => ({ ...former, networks: { ...former.networks, x: false } })),
      changeChoices((former) => ({ ...former, networks: { ...former.networks, mastodon: false } })),
    ]);
    expect((await choices()).networks).toEqual({ x: false, bluesky: true, mastodon: false });
  });

  test('lose no own account', async () => {
    await addOwnAccount(gwen!);
    await Promise.all([addOwnAccount(hana!), removeOwnAccount(gwen!)]);
    expect(await ownAccounts()).toEqual([hana]);
  });
});

describe('settings as a file', () => {
  const chooseMuch = async () => {
    await saveServiceAddress('https://service.example');
    const chosen = choosing('off');
    await saveChoices({ ...chosen, networks: { ...chosen.networks, x: false } });
    await hide(ACCOUNT);
    browser.stored.hosts = ['social.example'];
  };

  test('go out and come back as they were', async () => {
    await chooseMuch();
    const file = await exportSettings();
    const read = parseSettings(JSON.stringify(file)) as SettingsFile;
    expect(read).toEqual(file);
    const before = structuredClone(browser.stored);

    browser = stubBrowser();
    await applySettings(read);
    expect(await serviceAddress()).toBe('https://service.example');
    expect(await hiddenAccounts()).toEqual([{ key: `bluesky:${ACCOUNT.nativeId}`, name: ACCOUNT.handle }]);
    expect(browser.stored).toEqual({ ...before, hosts: undefined });
  });

  test('come in without another service in between, which would end what was chosen for this one', async () => {
    await chooseMuch();
    const file = await exportSettings();
    const { local } = (globalThis as unknown as { chrome: { storage: { local: Record<string, unknown> } } })
      .chrome.storage;
    const seen: unknown[] = [];
    for (const name of ['set', 'remove']) {
      const write = local[name] as (change: unknown) => Promise<void>;
      local[name] = async (change: unknown) => {
        await write(change);
        seen.push(browser.stored.service);
      };
    }
    await applySettings(file);
    expect(new Set(seen)).toEqual(new Set(['https://service.example']));
  });

  test('a file of somebody who chose nothing undoes what was chosen', async () => {
    const file = await exportSettings();
    await chooseMuch();
    await applySettings(file);
    expect(await serviceAddress()).toBe(DEFAULT_SERVICE);
    expect(await choices()).toEqual(readChoices(null));
    expect(await hiddenAccounts()).toEqual([]);
  });

  const wrong = async (change: (file: Record<string, unknown>) => void) => {
    const file = structuredClone(await exportSettings()) as unknown as Record<string, unknown>;
    change(file);
    return parseSettings(JSON.stringify(file));
  };

  test.each<[string, (file: Record<string, unknown>) => void, object]>([
    ['an unknown field', (file) => (file.token = 'x'), { refused: 'unknown-field', field: 'token' }],
    [
      'an unknown practice',
      (file) => ((file.practices as Record<string, unknown>).lying = 'off'),
      { refused: 'unknown-field', field: 'practices.lying' },
    ],
    [
      'an unknown network',
      (file) => ((file.networks as Record<string, unknown>).threads = true),
      { refused: 'unknown-field', field: 'networks.threads' },
    ],
    [
      'a field whose name is meant for the eye',
      (file) => (file[`\u202e${'x'.repeat(200)}`] = 1),
      { refused: 'unknown-field', field: `?${'x'.repeat(59)}` },
    ],
    ['another version', (file) => (file.format = 'fairfollow-settings/2'), { refused: 'newer' }],
    ['another format', (file) => (file.format = 'bookmarks'), { refused: 'not-settings' }],
    [
      'an address without encryption',
      (file) => (file.service = 'http://service.example'),
      { field: 'service' },
    ],
    ['a script for an address', (file) => (file.service = 'javascript:alert(1)'), { field: 'service' }],
    ['no practices', (file) => (file.practices = null), { field: 'practices' }],
    [
      'a sensitivity of its own',
      (file) => ((file.practices as Record<string, unknown>)['auto-dm'] = 'loud'),
      { field: 'practices.auto-dm' },
    ],
    [
      'a network that is neither on nor off',
      (file) => ((file.networks as Record<string, unknown>).x = 1),
      { field: 'networks.x' },
    ],
    ['every site there is', (file) => (file.sites = ['*']), { field: 'sites' }],
    ['a site with a path', (file) => (file.sites = ['social.example/*']), { field: 'sites' }],
    ['an address for a site', (file) => (file.sites = ['127.0.0.1']), { field: 'sites' }],
    [
      'too many sites',
      (file) => (file.sites = Array<string>(501).fill('social.example')),
      { field: 'sites' },
    ],
    ['a hidden account without a key', (file) => (file.hidden = [{ name: 'gwen' }]), { field: 'hidden' }],
    [
      'a hidden account of no network',
      (file) => (file.hidden = [{ key: 'myspace:@gwen', name: 'gwen' }]),
      { field: 'hidden' },
    ],
    [
      'a hidden account with a name in disguise',
      (file) => (file.hidden = [{ key: 'x:@gwen', name: '\u202egwen' }]),
      { field: 'hidden' },
    ],
    [
      'a hidden account with more to it',
      (file) => (file.hidden = [{ key: 'x:@gwen', name: 'gwen', note: '!' }]),
      { field: 'hidden' },
    ],
  ])('%s refuses the whole file', async (_, change, refusal) => {
    expect(await wrong(change)).toMatchObject({ refused: expect.any(String) as string, ...refusal });
  });

  test.each(['', '{', '[]', 'null', '7', '"text"', '{}', '[{"format":"fairfollow-settings/1"}]'])(
    '%j is no settings file',
    (text) => {
      expect(parseSettings(text)).toHaveProperty('refused');
    },
  );

  test('a prototype in a file changes nothing', () => {
    const file = '{"format":"fairfollow-settings/1","__proto__":{"service":"https://evil.example"}}';
    expect(parseSettings(file)).toMatchObject({ refused: 'unknown-field' });
  });
});
