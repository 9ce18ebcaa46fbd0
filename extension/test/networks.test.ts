import { beforeEach, describe, expect, test } from 'vitest';
import { askThrough, type Ask } from '../src/networks/ask';
import { blueskyFollowers } from '../src/networks/bluesky';
import type { FollowerPage, FollowerSource } from '../src/networks/followers';
import { mastodonFollowers } from '../src/networks/mastodon';
import { actorUri, publicHost, typedAccount } from '../src/networks/names';
import { walkFollowers } from '../src/networks/walk';
import { Clock } from './fakes';

const APP_VIEW = 'https://public.api.bsky.app/xrpc';
const GWEN = {
  network: 'bluesky',
  handle: 'gwen.example',
  nativeId: 'did:plc:gwengwengwengwengwengwen',
} as const;
const TOMAS = {
  network: 'mastodon',
  handle: 'tomas@mastodon.example',
  nativeId: 'https://mastodon.example/users/tomas',
} as const;
const FOLLOWERS = 'https://mastodon.example/api/v1/accounts/109000000000000001/followers?limit=80';
const LOOKUP = 'https://mastodon.example/api/v1/accounts/lookup?acct=tomas';

/** Hosts that answer by whole address and record what they are asked. */
let answers: Map<string, () => Response>;
let asked: { url: string; init: RequestInit }[];
let permitted: boolean;
let ask: Ask;
let bluesky: FollowerSource;
let mastodon: FollowerSource;
const clock = new Clock();

beforeEach(() => {
  answers = new Map();
  asked = [];
  permitted = true;
  ask = askThrough({
    fetch: (url, init = {}) => {
      asked.push({ url: url as string, init });
      const answer = answers.get(url as string);
      return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError('no such host'));
    },
    permitted: () => Promise.resolve(permitted),
    now: clock.now,
  });
  [bluesky, mastodon] = [blueskyFollowers(ask), mastodonFollowers(ask)];
});

function json(url: string, body: unknown, headers: Record<string, string> = {}): void {
  answers.set(url, () => Response.json(body, { headers }));
}

function refuse(url: string, status: number, headers: Record<string, string> = {}): void {
  answers.set(url, () => Response.json({ error: 'no' }, { status, headers }));
}

const did = (name: string) => `did:plc:${name.padEnd(24, '2').slice(0, 24)}`;
const followersUrl = (cursor?: string) =>
  `${APP_VIEW}/app.bsky.graph.getFollowers?actor=${encodeURIComponent(GWEN.nativeId)}&limit=100` +
  (cursor === undefined ? '' : `&cursor=${cursor}`);

/** A row of a follower list as Bluesky tells it. */
function blueskyRow(name: string, changes: Record<string, unknown> = {}) {
  return {
    did: did(name),
    handle: `${name}.example`,
    displayName: `${name} of the examples`,
    avatar: `https://cdn.bsky.app/img/avatar/plain/${did(name)}/bafkrei@jpeg`,
    labels: [],
    createdAt: '2026-03-04T05:06:07.008Z',
    description: 'Invented.',
    indexedAt: '2026-03-04T05:06:08.008Z',
    ...changes,
  };
}

/** An account as Mastodon tells it; those of its own host have no host in `acct`. */
function mastodonRow(acct: string, changes: Record<string, unknown> = {}) {
  const [username = '', host = 'mastodon.example'] = acct.split('@');
  return {
    id: '109000000000000002',
    username,
    acct,
    display_name: `${username} of the examples`,
    locked: false,
    bot: false,
    created_at: '2026-03-04T00:00:00.000Z',
    note: '<p>Invented.</p>',
    url: `https://${host}/@${username}`,
    uri: `https://${host}/users/${username}`,
    followers_count: 3,
    following_count: 4,
    statuses_count: 5,
    emojis: [],
    fields: [],
    ...changes,
  };
}

const tomas = (changes: Record<string, unknown> = {}) =>
  mastodonRow('tomas', { id: '109000000000000001', followers_count: 1204, ...changes });

describe('a name as it is typed', () => {
  test.each([
    ['bluesky', '@gwen.example', 'gwen.example'],
    ['bluesky', '\u202a@gwen.example\u202c', 'gwen.example'],
    ['bluesky', 'https://bsky.app/profile/gwen.example', 'gwen.example'],
    ['bluesky', 'did:plc:gwengwen', 'did:plc:gwengwen'],
    ['bluesky', 'gwen', null],
    ['bluesky', 'gwen.example/../admin', null],
    ['mastodon', '@tomas@mastodon.example', 'tomas@mastodon.example'],
    ['mastodon', 'https://mastodon.example/@tomas', 'tomas@mastodon.example'],
    ['mastodon', 'tomas@Bücher.example', 'tomas@xn--bcher-kva.example'],
    ['mastodon', 'tomas', null],
    ['mastodon', 'tomas@mastodon.example@evil.example', null],
    ['x', 'https://x.com/gwen_example', 'gwen_example'],
    ['x', '@gwen_example', 'gwen_example'],
    ['x', 'gwen example', null],
  ] as const)('%s: %s is %s', (network, typed, handle) => {
    expect(typedAccount(network, typed)?.handle ?? null).toBe(handle);
  });

  test.each([
    '127.0.0.1',
    '0x7f.1',
    '2130706433',
    '[::1]',
    'localhost',
    'printer.local',
    'db.internal',
    'mastodon.example:8443',
    'user@mastodon.example',
    'mastodon.example/path',
    'mastodon.example?x',
    'mastodon',
    '１２７.0.0.1',
    '',
  ])('never leads to %s', (host) => {
    expect(publicHost(host)).toBeNull();
    expect(typedAccount('mastodon', `tomas@${host}`)).toBeNull();
  });

  test.each([
    ['https://Mastodon.Example/users/Tomas', 'https://mastodon.example/users/Tomas'],
    ['https://mastodon.example/ap/users/116000', 'https://mastodon.example/ap/users/116000'],
    ['http://mastodon.example/users/tomas', null],
    ['https://10.0.0.1/users/tomas', null],
    ['https://mastodon.example/users/<b>', null],
    ['https://mastodon.example', null],
    ['javascript:alert(1)', null],
    [['https://mastodon.example/users/tomas'], null],
  ])('actor %s is %s', (uri, canonical) => {
    expect(actorUri(uri)).toBe(canonical);
  });
});

describe('asking', () => {
  test('says nothing about who asks, and follows nobody elsewhere', async () => {
    json(followersUrl(), { followers: [] });
    await bluesky.page(GWEN, null);
    expect(asked[0]?.init).toMatchObject({
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    });
    expect(asked[0]?.init).not.toHaveProperty('headers');
  });

  test('asks nothing without the permission', async () => {
    permitted = false;
    await expect(bluesky.page(GWEN, null)).rejects.toMatchObject({ code: 'not-permitted' });
    expect(asked).toEqual([]);
  });

  test.each([
    [404, 'not-found'],
    [410, 'not-found'],
    [401, 'hidden'],
    [403, 'hidden'],
    [418, 'invalid'],
    [500, 'away'],
    [503, 'away'],
  ])('status %d is %s', async (status, code) => {
    refuse(followersUrl(), status);
    await expect(bluesky.page(GWEN, null)).rejects.toMatchObject({ code, retryAt: null });
  });

  const inFiveMinutes = clock.time + 300_000;
  test.each([
    [{ 'Retry-After': '300' }, inFiveMinutes],
    [{ 'Retry-After': 'Sun, 22 Nov 2026 10:05:00 GMT' }, inFiveMinutes],
    [{ 'X-RateLimit-Reset': '2026-11-22T10:05:00.000000Z' }, inFiveMinutes],
    [{ 'RateLimit-Reset': String(inFiveMinutes / 1000) }, inFiveMinutes],
    [{ 'RateLimit-Reset': '300' }, inFiveMinutes],
    [{ 'Retry-After': '999999999999' }, clock.time + 86_400_000],
    [{ 'Retry-After': 'Sun, 22 Nov 2020 10:05:00 GMT' }, clock.time],
    [{ 'Retry-After': 'soon' }, null],
    [{}, null],
  ])('too many requests with %j: again at %s', async (headers, retryAt) => {
    refuse(followersUrl(), 429, headers);
    await expect(bluesky.page(GWEN, null)).rejects.toMatchObject({ code: 'too-many-requests', retryAt });
  });

  test.each([
    ['a page in HTML', () => new Response('<!doctype html><title>Sign in to the Wi-Fi</title>')],
    ['nothing at all', () => new Response(null)],
    ['half an answer', () => new Response('{"followers":[{"did":')],
    ['more than anybody reads', () => new Response(`{"followers":[],"padding":"${'x'.repeat(3_000_000)}"}`)],
    ['a list of something else', () => Response.json({ followers: [1, 'two', null, {}] })],
    ['no list', () => Response.json({ followers: { length: 3 } })],
    ['more rows than were asked for', () => Response.json({ followers: Array(101).fill(blueskyRow('ann')) })],
    ['a cursor of another type', () => Response.json({ followers: [], cursor: ['a'] })],
    ['an endless cursor', () => Response.json({ followers: [], cursor: 'c'.repeat(513) })],
    ['a cursor that is no text', () => Response.json({ followers: [], cursor: 'a\nb' })],
    ['null', () => Response.json(null)],
  ])('%s is invalid', async (_, answer) => {
    answers.set(followersUrl(), answer);
    await expect(bluesky.page(GWEN, null)).rejects.toMatchObject({ code: 'invalid' });
  });

  test('a body that breaks off, and a redirect, are away', async () => {
    const torn = () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => {
          controller.error(new TypeError('connection reset'));
        },
      });
    answers.set(followersUrl(), () => new Response(torn()));
    await expect(bluesky.page(GWEN, null)).rejects.toMatchObject({ code: 'away' });
    // What a browser's fetch does of `redirect: 'error'`.
    answers.delete(followersUrl());
    await expect(bluesky.page(GWEN, null)).rejects.toMatchObject({ code: 'away' });
  });
});

describe('Bluesky', () => {
  test('resolves a handle to its DID', async () => {
    json(`${APP_VIEW}/app.bsky.actor.getProfile?actor=gwen.example`, {
      ...blueskyRow('gwen', { did: GWEN.nativeId }),
      followersCount: 1204,
    });
    expect(await bluesky.resolve(' @Gwen.example ')).toEqual(GWEN);
  });

  test('does not take somebody else for the account', async () => {
    json(`${APP_VIEW}/app.bsky.actor.getProfile?actor=gwen.example`, blueskyRow('rosa'));
    await expect(bluesky.resolve('gwen.example')).rejects.toMatchObject({ code: 'invalid' });
  });

  test('an account it does not know is not found', async () => {
    refuse(`${APP_VIEW}/app.bsky.actor.getProfile?actor=nobody.example`, 400);
    await expect(bluesky.resolve('nobody.example')).rejects.toMatchObject({ code: 'not-found' });
  });

  test.each([
    [1204, 1204],
    [-1, null],
    ['many', null],
    [1.5, null],
  ])('a count of %j is %j', async (followersCount, count) => {
    const url = `${APP_VIEW}/app.bsky.actor.getProfile?actor=${encodeURIComponent(GWEN.nativeId)}`;
    json(url, { ...blueskyRow('gwen', { did: GWEN.nativeId }), followersCount });
    expect(await bluesky.count(GWEN)).toBe(count);
  });

  test('reads pages on to the end', async () => {
    json(followersUrl(), { subject: {}, followers: [blueskyRow('ann'), blueskyRow('bo')], cursor: '3kx' });
    json(followersUrl('3kx'), { subject: {}, followers: [blueskyRow('cy')] });
    const first = await bluesky.page(GWEN, null);
    expect(first.followers[0]).toEqual({
      network: 'bluesky',
      handle: 'ann.example',
      nativeId: did('ann'),
      name: 'ann of the examples',
    });
    const last = await bluesky.page(GWEN, first.next);
    expect(last.followers.map(({ handle }) => handle)).toEqual(['cy.example']);
    expect(last.next).toBeNull();
  });

  test('names are text, without what could make them read as something else', async () => {
    const displayName = '<img src=x onerror=alert(1)> \u202egnp.exe\u200b\n' + 'x'.repeat(500);
    json(followersUrl(), { followers: [blueskyRow('ann', { displayName })] });
    const [{ name } = { name: '' }] = (await bluesky.page(GWEN, null)).followers;
    expect(name.startsWith('<img src=x onerror=alert(1)> gnp.exe x')).toBe(true);
    expect(name.length).toBeLessThanOrEqual(101);
  });

  test('leaves out rows it cannot read, and says how many', async () => {
    json(followersUrl(), {
      followers: [
        blueskyRow('ann', { did: 'did:evil:1' }),
        blueskyRow('bo', { handle: 'bo.example/../x' }),
        blueskyRow('cy', { handle: 7 }),
        blueskyRow('di', { displayName: { text: 'Di' } }),
      ],
    });
    const { followers, unread } = await bluesky.page(GWEN, null);
    expect(followers).toEqual([{ network: 'bluesky', handle: 'di.example', nativeId: did('di'), name: '' }]);
    expect(unread).toBe(3);
  });

  test('accounts without a handle of their own are not taken for each other', async () => {
    const handle = 'handle.invalid';
    json(followersUrl(), { followers: [blueskyRow('ann', { handle }), blueskyRow('bo', { handle })] });
    const { followers } = await bluesky.page(GWEN, null);
    expect(followers.map((follower) => follower.handle)).toEqual([did('ann'), did('bo')]);
  });

  test('who is missing among the profiles is gone; by handle alone nothing is certain', async () => {
    const accounts = Array.from({ length: 27 }, (_, index) => ({
      network: 'bluesky' as const,
      handle: null,
      nativeId: did(`p${'abcdefghijklmnopqrstuvwxyz2'[index] ?? ''}`),
    }));
    const actors = (some: typeof accounts) =>
      `${APP_VIEW}/app.bsky.actor.getProfiles?${some.map(({ nativeId }) => `actors=${encodeURIComponent(nativeId)}`).join('&')}`;
    json(actors(accounts.slice(0, 25)), {
      profiles: accounts.slice(1, 25).map(({ nativeId }) => ({ did: nativeId })),
    });
    json(actors(accounts.slice(25)), {
      profiles: accounts.slice(25).map(({ nativeId }) => ({ did: nativeId })),
    });
    const states = await bluesky.exist([
      ...accounts,
      { network: 'bluesky', handle: 'ann.example', nativeId: null },
    ]);
    expect(states).toEqual(['gone', ...Array<string>(26).fill('active'), 'unknown']);
  });

  test('nobody is gone because the network is away or talks nonsense', async () => {
    const account = { network: 'bluesky' as const, handle: null, nativeId: did('ann') };
    const url = `${APP_VIEW}/app.bsky.actor.getProfiles?actors=${encodeURIComponent(account.nativeId)}`;
    expect(await bluesky.exist([account])).toEqual(['unknown']);
    for (const body of [{}, { profiles: 'none' }, { profiles: [{ did: 7 }] }]) {
      json(url, body);
      expect(await bluesky.exist([account])).toEqual(['unknown']);
    }
    permitted = false;
    expect(await bluesky.exist([account])).toEqual(['unknown']);
  });
});

describe('Mastodon', () => {
  test('resolves a handle at its own host, to its actor', async () => {
    json(LOOKUP, tomas());
    expect(await mastodon.resolve('@tomas@mastodon.example')).toEqual(TOMAS);
    expect(mastodon.permission(TOMAS)).toBe('https://mastodon.example/*');
    expect(await mastodon.count(TOMAS)).toBe(1204);
  });

  test.each([
    ['somebody else', mastodonRow('rosa'), 'invalid'],
    ['an account of another host', mastodonRow('tomas@other.example'), 'invalid'],
    ['no account', { error: 'none' }, 'invalid'],
    ['one that was suspended', tomas({ suspended: true }), 'not-found'],
  ])('resolves to nobody when the host answers with %s', async (_, body, code) => {
    json(LOOKUP, body);
    await expect(mastodon.resolve('tomas@mastodon.example')).rejects.toMatchObject({ code });
  });

  test('an account whose name somebody else has now is not found', async () => {
    json(LOOKUP, tomas({ uri: 'https://mastodon.example/ap/users/2' }));
    await expect(mastodon.page(TOMAS, null)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('takes from the link to the next page the place in the list alone', async () => {
    json(LOOKUP, tomas());
    json(FOLLOWERS, [mastodonRow('ann'), mastodonRow('bo@other.example')], {
      Link: '<https://evil.example/steal?limit=80&max_id=777>; rel="next", <https://mastodon.example/x?since_id=9>; rel="prev"',
    });
    json(`${FOLLOWERS}&max_id=777`, [mastodonRow('cy')]);
    const first = await mastodon.page(TOMAS, null);
    expect(first.followers).toEqual([
      {
        network: 'mastodon',
        handle: 'ann@mastodon.example',
        nativeId: 'https://mastodon.example/users/ann',
        name: 'ann of the examples',
      },
      {
        network: 'mastodon',
        handle: 'bo@other.example',
        nativeId: 'https://other.example/users/bo',
        name: 'bo of the examples',
      },
    ]);
    const last = await mastodon.page(TOMAS, first.next);
    expect(last.followers.map(({ handle }) => handle)).toEqual(['cy@mastodon.example']);
    expect(last.next).toBeNull();
    expect(asked.map(({ url }) => new URL(url).host)).toEqual(Array(3).fill('mastodon.example'));
  });

  test.each([
    ['without a place', '<https://mastodon.example/x?limit=80>; rel="next"'],
    ['to a place that is none', '<https://mastodon.example/x?max_id=../../admin>; rel="next"'],
    ['that is no address', '<next>; rel="next"'],
  ])('a link %s does not pass for the end', async (_, link) => {
    json(LOOKUP, tomas());
    json(FOLLOWERS, [mastodonRow('ann')], { Link: link });
    await expect(mastodon.page(TOMAS, null)).rejects.toMatchObject({ code: 'invalid' });
  });

  test.each(['', '1', '../1 2', '1 2/../3', 'a b&c'])('does not go on from "%s"', async (cursor) => {
    await expect(mastodon.page(TOMAS, cursor)).rejects.toMatchObject({ code: 'invalid' });
    expect(asked).toEqual([]);
  });

  test('a page that is its own next is invalid', async () => {
    json(`${FOLLOWERS}&max_id=777`, [mastodonRow('ann')], {
      Link: '<https://mastodon.example/x?max_id=777>; rel="next"',
    });
    await expect(mastodon.page(TOMAS, '109000000000000001 777')).rejects.toMatchObject({ code: 'invalid' });
  });

  test('an empty list of an account that has followers is hidden', async () => {
    json(LOOKUP, tomas());
    json(FOLLOWERS, []);
    await expect(mastodon.page(TOMAS, null)).rejects.toMatchObject({ code: 'hidden' });
    json(LOOKUP, tomas({ followers_count: 0 }));
    expect(await mastodon.page(TOMAS, null)).toEqual({ followers: [], next: null, unread: 0 });
  });

  test('leaves out rows without an actor: a name alone changes hands', async () => {
    json(LOOKUP, tomas());
    json(FOLLOWERS, [
      mastodonRow('ann', { uri: undefined }),
      mastodonRow('bo', { uri: 'https://127.0.0.1/users/bo' }),
      mastodonRow('cy', { acct: 'cy@<b>' }),
      mastodonRow('di'),
    ]);
    const { followers, unread } = await mastodon.page(TOMAS, null);
    expect(followers.map(({ handle }) => handle)).toEqual(['di@mastodon.example']);
    expect(unread).toBe(3);
  });

  describe('who still exists', () => {
    const at = (acct: string) =>
      `https://mastodon.example/api/v1/accounts/lookup?acct=${encodeURIComponent(acct)}`;
    const account = (name: string, host = 'other.example') => ({
      network: 'mastodon' as const,
      handle: `${name}@${host}`,
      nativeId: `https://${host}/users/${name}`,
    });

    test('is asked of the own host alone', async () => {
      json(at('ann@other.example'), mastodonRow('ann@other.example'));
      refuse(at('bo@other.example'), 404);
      refuse(at('cy@other.example'), 410);
      json(at('di@other.example'), mastodonRow('di@other.example', { suspended: true }));
      json(
        at('eve@other.example'),
        mastodonRow('eve@other.example', { uri: 'https://other.example/users/new' }),
      );
      json(at('flo'), mastodonRow('flo'));
      const accounts = ['ann', 'bo', 'cy', 'di', 'eve'].map((name) => account(name));
      const states = await mastodon.exist([...accounts, account('flo', 'mastodon.example')], TOMAS);
      expect(states).toEqual(['active', 'gone', 'gone', 'gone', 'unknown', 'active']);
    });

    test('stays unknown, and is asked no further, when the host has had enough', async () => {
      json(at('ann@other.example'), mastodonRow('ann@other.example'));
      refuse(at('bo@other.example'), 429);
      refuse(at('cy@other.example'), 404);
      const accounts = ['ann', 'bo', 'cy'].map((name) => account(name));
      expect(await mastodon.exist(accounts, TOMAS)).toEqual(['active', 'unknown', 'unknown']);
      expect(asked).toHaveLength(2);
    });

    test('is asked about so many at a time', async () => {
      const many = Array.from({ length: 200 }, (_, index) => account(`p${index}`));
      for (const { handle } of many) refuse(at(handle), 404);
      const states = await mastodon.exist(many, TOMAS);
      expect(states).toHaveLength(200);
      expect(asked.length).toBeLessThanOrEqual(30);
      expect(states.at(-1)).toBe('unknown');
    });
  });
});

describe('walking a list', () => {
  const sourceOf = (next: (cursor: string | null) => FollowerPage): FollowerSource => ({
    ...bluesky,
    page: (_, cursor) => Promise.resolve(next(cursor)),
  });
  const ann = { network: 'bluesky' as const, handle: 'ann.example', nativeId: did('ann'), name: '' };

  test('goes on from where it stopped, to the end', async () => {
    const source = sourceOf((cursor) => ({
      followers: [ann],
      next: cursor === '4' ? null : String(Number(cursor) + 1),
    }));
    const seen: (string | null)[] = [];
    for await (const { next } of walkFollowers(source, GWEN, '1')) seen.push(next);
    expect(seen).toEqual(['2', '3', '4', null]);
  });

  test.each([
    [
      'in a circle of two',
      (cursor: string | null) => ({ followers: [ann], next: cursor === 'a' ? 'b' : 'a' }),
      10,
    ],
    [
      'in a circle of a hundred, after a while',
      (cursor: string | null) => ({
        followers: [ann],
        next: String(Number(cursor) >= 137 ? 38 : Number(cursor) + 1),
      }),
      500,
    ],
    [
      'on without anybody in it',
      (cursor: string | null) => ({ followers: [], next: String(Number(cursor) + 1) }),
      50,
    ],
    [
      'on for ever',
      (cursor: string | null) => ({ followers: [ann], next: String(Number(cursor) + 1) }),
      25_000,
    ],
  ])('a list that goes %s is invalid, soon', async (_, next, most) => {
    let pages = 0;
    const walk = async () => {
      for await (const page of walkFollowers(sourceOf(next), GWEN)) pages += page.next === null ? 0 : 1;
    };
    await expect(walk()).rejects.toMatchObject({ code: 'invalid' });
    expect(pages).toBeLessThanOrEqual(most);
  });
});

test.each(['ｇood.example', '\u212aind.example', 'go\u00adod.example', 'go\u200dod.example', '𝐠ood.example'])(
  'a look-alike is another host, and never made the one it looks like: %j',
  (host) => {
    expect(publicHost(host)).toBeNull();
  },
);
