import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Chest, Sent } from '../src/contribution/chest';
import { makeContributor, type Contributor } from '../src/contribution/contributor';
import { openDoor } from '../src/contribution/door';
import { emptyOutbox, MOST_A_DAY, type Outbox } from '../src/contribution/outbox';
import type { ShownAccount } from '../src/lookup/account';
import type { Count, ProfileFacts } from '../src/sites/site';
import { Clock } from './fakes';
import { seededRandom } from './random';

const SERVICE = 'https://fairfollow.example';
const OTHER = 'https://elsewhere.example';
const TOKEN = `ffr_${'t'.repeat(32)}`;
const OWN = person('own');
const HOUR = 3600;
const DAY = 24 * HOUR;

/** A chest that outlives the contributor, as a disk outlives the background. */
class MemoryChest implements Chest {
  outbox = JSON.stringify(emptyOutbox());
  readonly sent = new Map<string, Sent>();
  load = () => Promise.resolve(JSON.parse(this.outbox) as Outbox);
  save = (outbox: Outbox) => {
    this.outbox = JSON.stringify(outbox);
    return Promise.resolve();
  };
  log = () => Promise.resolve([...this.sent.values()].reverse());
  find = (id: string) => Promise.resolve(this.sent.get(id) ?? null);
  write = (sent: Sent) => {
    this.sent.set(sent.id, sent);
    return Promise.resolve();
  };
  clearLog = () => {
    this.sent.clear();
    return Promise.resolve();
  };
}

interface Asked {
  method: string;
  url: string;
  body: string;
  headers: Headers;
}

const random = seededRandom('contribution');
let clock: Clock;
let chest: MemoryChest;
let address: string;
let asked: Asked[];
let answerTo: (asked: Asked) => Response | Promise<Response>;
let contributor: Contributor;
let ids = 0;

beforeEach(async () => {
  clock = new Clock();
  chest = new MemoryChest();
  address = SERVICE;
  asked = [];
  answerTo = wellBehaved;
  restart();
  await contributor.choose({ service: SERVICE, counters: true, follows: true });
});

/** The background may be stopped at any moment; only the chest stays. */
function restart(): void {
  contributor = makeContributor({
    chest,
    door: openDoor(async (url, init) => {
      init?.signal?.throwIfAborted();
      const request = {
        method: init?.method ?? 'GET',
        url: url as string,
        body: (init?.body as string | undefined) ?? '',
        headers: new Headers(init?.headers),
      };
      asked.push(request);
      return answerTo(request);
    }),
    service: () => Promise.resolve(address),
    isOwn: (account) => Promise.resolve(account.handle === OWN.handle),
    changed: () => undefined,
    now: clock.now,
    random,
    newId: () => `id-${ids++}`,
  });
}

function wellBehaved({ method, url, body }: Asked): Response {
  if (url.endsWith('/v1/reporters/challenge')) return Response.json(challengeFor(1234));
  if (url.endsWith('/v1/reporters'))
    return Response.json({ publicId: `reporter-${'0'.repeat(16)}`, secretToken: TOKEN }, { status: 201 });
  if (url.endsWith('/v1/reporters/me') && method === 'DELETE') return new Response(null, { status: 204 });
  const { observations } = JSON.parse(body) as { observations: unknown[] };
  return Response.json({ accepted: observations.length, duplicates: 0, rejected: [] }, { status: 202 });
}

function challengeFor(number: number) {
  const salt = 'abcdef?expires=1795344000&';
  const challenge = createHash('sha256').update(`${salt}${number}`).digest('hex');
  return { algorithm: 'SHA-256', challenge, maxnumber: 5000, salt, signature: 'signed' };
}

function person(name: string): ShownAccount & { handle: string } {
  return { network: 'bluesky', handle: `${name}.example`, nativeId: null };
}

function facts(account: ShownAccount, followers: Count | null = { value: 120, exact: true }): ProfileFacts {
  return { account, followers, following: { value: 3_893, exact: false }, posts: null, joined: '2024-03-07' };
}

const told = () => asked.filter(({ url }) => url.endsWith('/v1/observations'));
const observationsIn = (bodies: Asked[]) =>
  bodies.flatMap(
    ({ body }) =>
      (JSON.parse(body) as { observations: { kind: string; time: string; account?: { name: string } }[] })
        .observations,
  );
const noteMany = async (count: number, prefix = 'person') => {
  for (let i = 0; i < count; i++) await contributor.note(facts(person(`${prefix}-${i}`)));
};

describe('off', () => {
  test('by default: nothing is wanted, kept or sent', async () => {
    chest = new MemoryChest();
    restart();
    await contributor.note(facts(person('gwen')));
    await contributor.noteFollow(OWN, person('gwen'), new Date(clock.time).toISOString());
    clock.forward(2 * DAY);
    await contributor.attend();
    expect(await contributor.wanted()).toBe(false);
    expect(await contributor.send('')).toBe('nothing');
    expect(chest.outbox).not.toContain('gwen');
    expect(asked).toEqual([]);
  });

  test('the two choices are two', async () => {
    await contributor.choose({ service: SERVICE, counters: false, follows: true });
    await contributor.note(facts(person('gwen')));
    expect(await contributor.wanted()).toBe(false);
    await contributor.noteFollow(OWN, person('rosa'), new Date(clock.time).toISOString());
    expect((await contributor.view()).next.map(({ shown }) => shown)).toEqual(['rosa.example']);
    await contributor.choose({ service: SERVICE, counters: true, follows: false });
    await contributor.noteUnfollow(OWN, person('rosa'), new Date(clock.time).toISOString());
    expect((await contributor.view()).next).toEqual([]); // and what waited of the former is gone
  });

  test('another service ends it, and coming back does not begin it again', async () => {
    await contributor.note(facts(person('gwen')));
    address = OTHER;
    expect(await contributor.wanted()).toBe(false);
    address = SERVICE;
    expect(await contributor.wanted()).toBe(false);
    expect((await contributor.view()).payload).toBeNull();
    clock.forward(DAY);
    await contributor.attend();
    expect(asked).toEqual([]);
  });

  test('a choice made for one service is not taken for another', async () => {
    address = OTHER;
    expect(await contributor.choose({ service: SERVICE, counters: true, follows: true })).toBe(false);
    expect(await contributor.wanted()).toBe(false);
  });
});

describe('what is told', () => {
  test('goes out byte for byte as it was shown, and stands in the log so', async () => {
    await noteMany(5);
    const shown = (await contributor.view()).payload!;
    expect(await contributor.send(shown)).toBe('sent');
    expect(told().map(({ body }) => body)).toEqual([shown]);
    const logged = (await chest.log()).find(({ request }) => request === 'POST /v1/observations')!;
    expect(logged).toMatchObject({ service: SERVICE, body: shown, answer: { status: 202, accepted: 5 } });
    expect(await contributor.view()).toMatchObject({ next: [], payload: null });
  });

  test('is not sent when it is no longer what was shown', async () => {
    await noteMany(2);
    const shown = (await contributor.view()).payload!;
    await contributor.note(facts(person('late')));
    expect(await contributor.send(shown)).toBe('changed');
    expect(told()).toEqual([]);
  });

  test('is dated to the day, without the hour somebody looked', async () => {
    await contributor.note(facts({ ...person('gwen'), nativeId: 'did:plc:gwengwengwengwengwengwen' }));
    expect(JSON.parse((await contributor.view()).payload!)).toEqual({
      observations: [
        {
          kind: 'profile-counters',
          account: { network: 'bluesky', name: 'did:plc:gwengwengwengwengwengwen' },
          time: '2026-11-22T00:00:00Z',
          followers: { count: 120, exact: true },
          following: { count: 3893, exact: false },
          createdAt: '2024-03-07T00:00:00Z',
        },
      ],
    });
  });

  test('follows are dated to the hour, and name nobody but the follower', async () => {
    const followed = new Date(clock.time - 90 * 60_000).toISOString(); // 08:30
    await contributor.noteFollow(OWN, person('gwen'), followed);
    const { payload } = await contributor.view();
    expect(JSON.parse(payload!)).toEqual({
      observations: [
        { kind: 'follow', actor: { network: 'bluesky', name: 'gwen.example' }, time: '2026-11-22T08:00:00Z' },
      ],
    });
  });

  test.each([
    ['in the future', new Date(Date.parse('2026-11-22T10:00:01Z')).toISOString()],
    ['long ago', '2026-11-19T10:00:00Z'],
    ['at no time', 'yesterday'],
  ])('nothing that happened %s', async (_, at) => {
    await contributor.noteFollow(OWN, person('gwen'), at);
    expect((await contributor.view()).payload).toBeNull();
  });

  test.each<[string, ShownAccount]>([
    ['markup', { network: 'x', handle: '<b>gwen</b>', nativeId: null }],
    ['bidi characters', { network: 'bluesky', handle: 'gwen\u202e.example', nativeId: null }],
    ['a look-alike', { network: 'mastodon', handle: 'gwеn@social.example', nativeId: null }],
    ['an address with a script', { network: 'mastodon', handle: null, nativeId: 'javascript:alert(1)' }],
    ['the user themselves', OWN],
  ])('nothing about %s', async (_, account) => {
    await contributor.note(facts(account));
    await contributor.noteFollow(OWN, account, new Date(clock.time).toISOString());
    expect((await contributor.view()).payload).toBeNull();
  });

  test('a profile without a count, or with an impossible one, tells nothing of it', async () => {
    const empty = { followers: null, following: null, posts: null, joined: null };
    await contributor.note({ account: person('gwen'), ...empty });
    await contributor.note({
      ...empty,
      account: person('rosa'),
      posts: { value: 9e9, exact: true },
    });
    expect((await contributor.view()).payload).toBeNull();
  });

  test('is in no order that tells the order of looking', async () => {
    await noteMany(60);
    const order = (await contributor.view()).next.map(({ shown }) => Number(/\d+/.exec(shown)![0]));
    const climbs = order.filter((place, i) => place > (order[i - 1] ?? Infinity)).length;
    // Of 59 neighbours about half climb in a random order, all of them in the order of looking.
    expect(climbs).toBeGreaterThan(12);
    expect(climbs).toBeLessThan(47);
    expect([...order].sort((one, other) => one - other)).toEqual([...Array(60).keys()]);
  });
});

describe('how much', () => {
  test('each profile once a day, whatever it says by then', async () => {
    await contributor.note(facts(person('gwen'), { value: 10, exact: true }));
    await contributor.note(facts(person('gwen'), { value: 11, exact: true }));
    expect((await contributor.view()).next).toHaveLength(1);
    await contributor.send((await contributor.view()).payload);
    await contributor.note(facts(person('gwen'), { value: 12, exact: true }));
    expect((await contributor.view()).next).toHaveLength(0);
    clock.forward(DAY);
    await contributor.note(facts(person('gwen'), { value: 13, exact: true }));
    expect((await contributor.view()).next).toHaveLength(1);
  });

  test('what was removed does not come back the same day', async () => {
    await contributor.note(facts(person('gwen')));
    await contributor.remove((await contributor.view()).next[0]!.id);
    await contributor.note(facts(person('gwen')));
    expect((await contributor.view()).payload).toBeNull();
  });

  test('a removal that was a slip is undone', async () => {
    await noteMany(3);
    const { payload, next } = await contributor.view();
    const removed = await contributor.remove(next[1]!.id);
    await contributor.putBack(removed!);
    await contributor.putBack(removed!);
    const again = await contributor.view();
    expect(again.next.map(({ shown }) => shown).sort()).toEqual(next.map(({ shown }) => shown).sort());
    expect(again.payload).toHaveLength(payload!.length);
    await contributor.choose({ service: SERVICE, counters: false, follows: false });
    await contributor.putBack(removed!);
    expect((await contributor.view()).payload).toBeNull();
  });

  test('200 a day, across restarts, a clock set back, and sending by hand', async () => {
    await noteMany(MOST_A_DAY, 'yesterday');
    clock.forward(14 * HOUR); // 00:00 of the next day
    restart();
    await noteMany(150, 'today');
    const { next, later, dropped } = await contributor.view();
    // No more wait than can go in a day; what was dropped for that is told.
    expect([next.length + later, dropped]).toEqual([MOST_A_DAY, 150]);
    await contributor.send((await contributor.view()).payload);
    await contributor.send((await contributor.view()).payload);
    restart();
    await noteMany(150, 'more');
    expect(await contributor.view()).toMatchObject({ payload: null, later: 50 });
    clock.forward(-2 * HOUR);
    await noteMany(150, 'again');
    const { payload } = await contributor.view();
    if (payload !== null) await contributor.send(payload);
    expect(observationsIn(told())).toHaveLength(MOST_A_DAY);
  });

  test('a clock that ran years ahead silences nobody for years', async () => {
    clock.forward(3650 * DAY);
    await noteMany(3, 'future');
    clock.forward(-3650 * DAY);
    restart();
    await noteMany(3, 'now');
    expect((await contributor.view()).next.map(({ time }) => time)).toEqual(
      Array(3).fill('2026-11-22T00:00:00Z'),
    );
    clock.forward(DAY);
    await noteMany(3, 'later');
    await contributor.attend();
    expect(observationsIn(told()).every(({ time }) => time === '2026-11-22T00:00:00Z')).toBe(true);
    expect(told()).toHaveLength(1);
  });
});

describe('when', () => {
  test('once a day, after the day has ended; what came since waits for the next', async () => {
    await noteMany(3, 'first');
    await contributor.attend();
    clock.forward(13 * HOUR); // 23:00
    await contributor.attend();
    expect(asked).toEqual([]);
    clock.forward(7 * HOUR); // 06:00, by when every batch is due
    await noteMany(2, 'second');
    await contributor.attend();
    await contributor.attend();
    expect(observationsIn(told())).toHaveLength(3);
    clock.forward(DAY);
    await contributor.attend();
    expect(observationsIn(told())).toHaveLength(5);
    expect(told()).toHaveLength(2);
  });

  test('a batch that failed goes again after a pause, the same bytes under the same key', async () => {
    await noteMany(4);
    clock.forward(20 * HOUR);
    answerTo = (request) =>
      request.url.endsWith('/v1/observations')
        ? Promise.reject(new TypeError('network error'))
        : wellBehaved(request);
    await contributor.attend();
    await contributor.attend(); // too early
    await noteMany(1, 'meanwhile');
    expect(told()).toHaveLength(1);
    expect((await contributor.view()).retryAt).toBeGreaterThan(clock.time);
    clock.forward(HOUR);
    restart();
    answerTo = wellBehaved;
    await contributor.attend();
    const [first, second] = told();
    expect(second!.body).toBe(first!.body);
    expect(second!.headers.get('idempotency-key')).toBe(first!.headers.get('idempotency-key'));
    // One entry in the log, tried twice.
    const logged = (await chest.log()).filter(({ request }) => request === 'POST /v1/observations');
    expect(logged).toMatchObject([{ tries: 2, answer: { status: 202, accepted: 4 } }]);
  });

  test('waits as long as the service says', async () => {
    await noteMany(1);
    clock.forward(20 * HOUR);
    answerTo = () =>
      Response.json({ code: 'quota-exceeded' }, { status: 429, headers: { 'Retry-After': '7200' } });
    await contributor.attend();
    expect((await contributor.view()).retryAt).toBe(clock.time + 7_200_000);
    clock.forward(-30 * DAY); // the clock is set back: the wait ends all the same
    restart();
    answerTo = wellBehaved;
    await noteMany(1, 'before');
    clock.forward(DAY);
    await contributor.attend();
    expect(told()).toHaveLength(1);
  });

  test('what the service no longer takes is dropped, and told', async () => {
    await noteMany(3);
    answerTo = () => Promise.reject(new TypeError('network error'));
    clock.forward(20 * HOUR);
    await contributor.attend();
    clock.forward(2 * DAY);
    await contributor.attend();
    expect(await contributor.view()).toMatchObject({ next: [], dropped: 3, due: null });
    expect(asked).toHaveLength(1);
  });

  test('what the service refuses as a whole is not sent again', async () => {
    await noteMany(3);
    answerTo = (request) =>
      request.url.endsWith('/v1/observations')
        ? Response.json({ code: 'unknown-field' }, { status: 400 })
        : wellBehaved(request);
    expect(await contributor.send((await contributor.view()).payload)).toBe('refused');
    expect(await contributor.view()).toMatchObject({ next: [], dropped: 3 });
  });
});

describe('the token', () => {
  test('is earned once, by the number that was looked for', async () => {
    await noteMany(1);
    await contributor.send((await contributor.view()).payload);
    await noteMany(1, 'more');
    await contributor.send((await contributor.view()).payload);
    const [knocked, ...others] = asked.filter(({ url }) => url.endsWith('/v1/reporters'));
    expect(others).toEqual([]);
    expect(JSON.parse(knocked!.body)).toEqual({ challenge: challengeFor(1234), number: 1234 });
    expect(told().map(({ headers }) => headers.get('authorization'))).toEqual([
      `Bearer ${TOKEN}`,
      `Bearer ${TOKEN}`,
    ]);
  });

  test('is in nothing that pages see or that is logged', async () => {
    await noteMany(1);
    await contributor.send((await contributor.view()).payload);
    expect(chest.outbox).toContain(TOKEN);
    expect(JSON.stringify([await contributor.view(), await chest.log()])).not.toContain(TOKEN);
  });

  test('that the service no longer knows is replaced', async () => {
    await noteMany(1);
    await contributor.send((await contributor.view()).payload);
    await noteMany(1, 'more');
    answerTo = (request) =>
      request.url.endsWith('/v1/observations') ? Response.json({}, { status: 401 }) : wellBehaved(request);
    const shown = (await contributor.view()).payload!;
    expect(await contributor.send(shown)).toBe('away');
    answerTo = wellBehaved;
    expect(await contributor.send(shown)).toBe('sent');
    expect(asked.filter(({ url }) => url.endsWith('/v1/reporters'))).toHaveLength(2);
  });

  test.each([
    ['HTML', () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })],
    [
      'wrong types',
      () => Response.json({ algorithm: 1, challenge: [], maxnumber: '9', salt: null, signature: {} }),
    ],
    ['endless work', () => Response.json({ ...challengeFor(1), challenge: 'f'.repeat(64), maxnumber: 1e15 })],
    ['no solution', () => Response.json({ ...challengeFor(1), challenge: 'f'.repeat(64) })],
    ['flood', () => new Response('x'.repeat(1_000_000))],
    ['another algorithm', () => Response.json({ ...challengeFor(1), algorithm: 'SHA-1' })],
  ])('is not earned from %s', async (_, answer) => {
    await noteMany(1);
    answerTo = answer;
    expect(await contributor.send((await contributor.view()).payload)).toBe('away');
    expect(asked).toHaveLength(1);
    expect((await contributor.view()).next).toHaveLength(1);
  });
});

describe('the way out', () => {
  test('stops, has it deleted there, and forgets the token', async () => {
    await noteMany(2);
    await contributor.send((await contributor.view()).payload);
    await noteMany(2, 'more');
    expect(await contributor.erase(SERVICE)).toBe(true);
    const last = asked.at(-1)!;
    expect([last.method, last.url]).toEqual(['DELETE', `${SERVICE}/v1/reporters/me`]);
    expect(last.headers.get('authorization')).toBe(`Bearer ${TOKEN}`);
    expect(await contributor.view()).toMatchObject({ consent: null, payload: null, toldTo: [] });
    expect(chest.outbox).not.toContain(TOKEN);
    expect(await contributor.isActive()).toBe(false);
  });

  test('is tried again while the service is away', async () => {
    await noteMany(1);
    await contributor.send((await contributor.view()).payload);
    answerTo = () => Promise.reject(new TypeError('network error'));
    expect(await contributor.erase(SERVICE)).toBe(false);
    expect(await contributor.view()).toMatchObject({
      consent: null,
      toldTo: [{ service: SERVICE, erasing: true }],
    });
    restart();
    answerTo = wellBehaved;
    clock.forward(HOUR);
    await contributor.attend();
    expect((await contributor.view()).toldTo).toEqual([]);
  });

  test('counts as done where the service knows nothing of it', async () => {
    await noteMany(1);
    await contributor.send((await contributor.view()).payload);
    answerTo = () => Response.json({}, { status: 401 });
    expect(await contributor.erase(SERVICE)).toBe(true);
    expect((await contributor.view()).toldTo).toEqual([]);
  });

  test('choosing again does not undo a deletion that is outstanding', async () => {
    await noteMany(1);
    await contributor.send((await contributor.view()).payload);
    answerTo = () => Promise.reject(new TypeError('network error'));
    await contributor.erase(SERVICE);
    answerTo = wellBehaved;
    await contributor.choose({ service: SERVICE, counters: true, follows: false });
    await noteMany(1, 'more');
    asked = [];
    expect(await contributor.send((await contributor.view()).payload)).toBe('sent');
    expect(asked.map(({ method, url }) => `${method} ${url.slice(SERVICE.length)}`)).toEqual([
      'DELETE /v1/reporters/me',
      'GET /v1/reporters/challenge',
      'POST /v1/reporters',
      'POST /v1/observations',
    ]);
  });

  test('the former service can still be told to delete', async () => {
    await noteMany(1);
    await contributor.send((await contributor.view()).payload);
    address = OTHER;
    expect((await contributor.view()).toldTo).toMatchObject([{ service: SERVICE }]);
    expect(await contributor.erase(SERVICE)).toBe(true);
  });

  test('stopping ends what is on its way', async () => {
    await noteMany(1);
    let arrived: () => void;
    const onItsWay = new Promise<void>((resolve) => (arrived = resolve));
    answerTo = () => {
      arrived();
      return new Promise(() => undefined); // never answers
    };
    const shown = (await contributor.view()).payload!;
    // The fake fetch does not end by the signal, so only the next step does.
    void contributor.send(shown);
    await onItsWay;
    await contributor.choose({ service: SERVICE, counters: false, follows: false });
    expect(await contributor.view()).toMatchObject({ consent: null, payload: null });
    expect(told()).toEqual([]);
  });
});
