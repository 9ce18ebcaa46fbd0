import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Chest } from '../src/contribution/chest';
import { makeContributor, type Contributor } from '../src/contribution/contributor';
import { openDoor } from '../src/contribution/door';
import { emptyOutbox, type Outbox } from '../src/contribution/outbox';
import { openReportDoor } from '../src/report/door';
import { bodyOf, datesOf, LONGEST_NOTE, type Draft } from '../src/report/draft';
import { draftOf, fieldsFor } from '../src/report/fields';
import { MOST_WAITING } from '../src/report/queue';
import { makeReporting, type Reporting } from '../src/report/reporting';
import { parseReportRequest } from '../src/report/requests';
import { parseNamed } from '../src/reports/named';
import { Clock, MemoryShelf } from './fakes';
import { seededRandom } from './random';

/* Reports on their way: what is kept, sent, sent again and taken back, whatever the service does. */

const SERVICE = 'https://fairfollow.example';
const MINUTE = 60;

interface Asked {
  method: string;
  path: string;
  body: string;
  headers: Headers;
}

interface Held {
  id: string;
  body: string;
}

const random = seededRandom('report');
let clock: Clock;
let shelf: MemoryShelf;
let stored: string;
let asked: Asked[];
let answerTo: (asked: Asked) => Response | Promise<Response>;
let contributor: Contributor;
let reporting: Reporting;
let shares: number[];
let ids: number;

/** What the service holds: reports by token, and first answers by key. */
let held: Map<string, Held[]>;
let keys: Map<string, string>;

beforeEach(() => {
  clock = new Clock();
  shelf = new MemoryShelf();
  stored = JSON.stringify(emptyOutbox());
  asked = [];
  shares = [];
  ids = 0;
  held = new Map();
  keys = new Map();
  answerTo = wellBehaved;
  restart();
});

/** The background may be stopped at any moment; only what is on disk stays. */
function restart(): void {
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const request = {
      method: init?.method ?? 'GET',
      path: (url as string).replace(SERVICE, ''),
      body: (init?.body as string | undefined) ?? '',
      headers: new Headers(init?.headers),
    };
    asked.push(request);
    return answerTo(request);
  };
  const chest: Chest = {
    load: () => Promise.resolve(JSON.parse(stored) as Outbox),
    save: (outbox) => Promise.resolve(void (stored = JSON.stringify(outbox))),
    log: () => Promise.resolve([]),
    find: () => Promise.resolve(null),
    write: () => Promise.resolve(),
    clearLog: () => Promise.resolve(),
  };
  const service = () => Promise.resolve(SERVICE);
  const common = { service, changed: () => undefined, now: clock.now, random };
  contributor = makeContributor({
    ...common,
    chest,
    door: openDoor(fetch),
    isOwn: () => Promise.resolve(false),
    newId: () => `id-${ids++}`,
  });
  reporting = makeReporting({
    ...common,
    shelf,
    door: openReportDoor(fetch),
    reporter: contributor,
    progressed: (share) => shares.push(share),
  });
}

const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  Response.json({ status, code, detail: `Because of ${code}.` }, { status, headers });

function wellBehaved({ method, path, body, headers }: Asked): Response {
  if (path === '/v1/reporters/challenge') return Response.json(challenge());
  if (path === '/v1/reporters') {
    const secretToken = `ffr_${String(held.size).padStart(32, 't')}`;
    held.set(secretToken, []);
    return Response.json({ publicId: `reporter-${'0'.repeat(16)}`, secretToken }, { status: 201 });
  }
  const token = headers.get('authorization')?.replace('Bearer ', '') ?? '';
  const own = held.get(token);
  if (own === undefined) return problem(401, 'unauthorized');
  if (path === '/v1/reporters/me') {
    held.delete(token);
    return new Response(null, { status: 204 });
  }
  if (method === 'GET') return Response.json({ reports: own.map(reportOf), next: null });
  if (method === 'DELETE') {
    const left = own.filter(({ id }) => path !== `/v1/reports/${id}`);
    held.set(token, left);
    return left.length === own.length ? problem(404, 'not-found') : new Response(null, { status: 204 });
  }
  const key = headers.get('idempotency-key')!;
  const { account, practice } = JSON.parse(body) as { account: object; practice: string };
  const id = keys.get(key) ?? JSON.stringify([account, practice]).replace(/[^a-z]/g, '');
  // The retry gets the first answer, whatever has become of it.
  if (!keys.has(key)) held.set(token, [{ id, body }, ...own.filter((one) => one.id !== id)]);
  keys.set(key, id);
  return Response.json(reportOf({ id, body }), { status: 202 });
}

function reportOf({ id, body }: Held) {
  const { account, practice, note = null } = JSON.parse(body) as Record<string, unknown>;
  return {
    ...{ id, account, practice, note, state: 'received', explanation: 'It waits.', hasMessage: false },
    ...{ sentAt: '2026-11-22T10:00:00Z', updatedAt: '2026-11-22T10:00:00Z', statusUrl: SERVICE },
  };
}

function challenge() {
  const salt = 'abcdef?expires=1795344000&';
  const hash = createHash('sha256').update(`${salt}3210`).digest('hex');
  return { algorithm: 'SHA-256', challenge: hash, maxnumber: 5000, salt, signature: 'signed' };
}

const away = () => Promise.reject(new TypeError('network error'));
const all = () => [...held.values()].flat();
const posts = () => asked.filter(({ method, path }) => method === 'POST' && path === '/v1/reports');
const waiting = async () => (await reporting.view()).waiting;

function order(name = 'gwen', note = 'first') {
  const draft: Draft = {
    account: { network: 'bluesky', handle: `${name}.example`, nativeId: null },
    practice: 'follow-churn',
    note,
    message: null,
    departure: null,
  };
  return { id: `order-${ids++}`, service: SERVICE, shown: `${name}.example`, body: bodyOf(draft)! };
}

describe('sending', () => {
  test('nobody is registered before the first report, and once for all', async () => {
    expect(await reporting.sent(null)).toEqual({ reports: [], next: null });
    expect(await reporting.weighed()).toBeNull();
    expect(asked).toEqual([]);
    expect((await reporting.view()).publicId).toBeNull();
    await Promise.all([reporting.send(order('gwen')), reporting.send(order('rosa'))]);
    expect(asked.filter(({ path }) => path === '/v1/reporters')).toHaveLength(1);
    expect(all()).toHaveLength(2);
    expect(shares.length).toBeGreaterThan(0);
    expect(shares.every((share) => share >= 0 && share < 1)).toBe(true);
  });

  test('the very text that was shown, and nothing of it stays', async () => {
    const report = order();
    expect(await reporting.send(report)).toMatchObject({ state: 'sent' });
    expect(posts().map(({ body }) => body)).toEqual([report.body]);
    expect(JSON.stringify([...shelf.values.values()])).not.toContain('gwen');
    expect(stored).not.toContain('gwen');
  });

  test('contributions and reports go under one number', async () => {
    await contributor.choose({ service: SERVICE, counters: true, follows: false });
    const token = await contributor.token(SERVICE, new AbortController().signal);
    await reporting.send(order());
    expect(posts()[0]!.headers.get('authorization')).toBe(`Bearer ${token}`);
  });

  test('a token the service has forgotten is replaced at once', async () => {
    await reporting.send(order('gwen'));
    held.clear();
    expect(await reporting.send(order('rosa'))).toMatchObject({ state: 'sent' });
    expect(all()).toHaveLength(1);
  });

  test('an answer nobody can read is no answer', async () => {
    answerTo = (request) =>
      request.path === '/v1/reports' ? Response.json({ id: '..' }, { status: 202 }) : wellBehaved(request);
    expect(await reporting.send(order())).toMatchObject({ state: 'waiting' });
  });
});

describe('waiting', () => {
  test('an answer that is lost: one report, under one key, also after a restart', async () => {
    let cut = true;
    answerTo = (request) => {
      const answer = wellBehaved(request);
      if (!cut || request.method !== 'POST' || request.path !== '/v1/reports') return answer;
      cut = false;
      return away();
    };
    const report = order();
    expect(await reporting.send(report)).toMatchObject({ state: 'waiting' });
    restart();
    expect(await reporting.nextTry()).toBeGreaterThan(clock.time);
    await reporting.attend();
    expect(posts()).toHaveLength(1);
    clock.forward(2 * MINUTE);
    await reporting.attend();
    expect(await waiting()).toEqual([]);
    expect(all()).toHaveLength(1);
    expect(new Set(posts().map(({ headers }) => headers.get('idempotency-key')))).toEqual(
      new Set([report.id]),
    );
    expect(await reporting.nextTry()).toBeNull();
  });

  test('the service says how long', async () => {
    answerTo = (request) =>
      request.path === '/v1/reports'
        ? problem(429, 'quota-exceeded', { 'retry-after': '3600' })
        : wellBehaved(request);
    const outcome = await reporting.send(order());
    expect(outcome).toEqual({ state: 'waiting', retryAt: clock.time + 3_600_000, tooMany: true });
    answerTo = wellBehaved;
    clock.forward(59 * MINUTE);
    await reporting.attend();
    expect(all()).toEqual([]);
    clock.forward(2 * MINUTE);
    await reporting.attend();
    expect(all()).toHaveLength(1);
  });

  test('longer and longer, but never for good, not even where the clock is set back', async () => {
    answerTo = away;
    await reporting.send(order());
    const pauses: number[] = [];
    for (let i = 0; i < 14; i++) {
      await reporting.attend(true);
      pauses.push((await reporting.nextTry())! - clock.time);
    }
    expect(pauses[4]!).toBeGreaterThan(pauses[0]!);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(12 * 3_600_000);
    clock.forward(-1_000 * 24 * 60 * MINUTE);
    expect(await reporting.nextTry()).toBe(clock.time);
  });

  test('what is said anew takes the place of what waits, and the last word counts', async () => {
    answerTo = away;
    await reporting.send(order('gwen', 'first'));
    const last = order('gwen', 'last');
    await reporting.send(last);
    expect((await waiting()).map(({ body }) => body)).toEqual([last.body]);
    answerTo = wellBehaved;
    await reporting.attend(true);
    expect(all().map(({ body }) => body)).toEqual([last.body]);
  });

  test('what is changed while it is on its way arrives after it', async () => {
    const [first, last] = [order('gwen', 'first'), order('gwen', 'last')];
    const outcomes = await Promise.all([reporting.send(first), reporting.send(last)]);
    expect(outcomes.at(-1)).toMatchObject({ state: 'sent' });
    expect(all().map(({ body }) => body)).toEqual([last.body]);
    expect(await waiting()).toEqual([]);
  });

  test('so many and no more', async () => {
    answerTo = away;
    for (let i = 0; i < MOST_WAITING; i++) await reporting.send(order(`person-${i}`));
    expect(await reporting.send(order('one-more'))).toEqual({ state: 'full' });
    expect(await reporting.send(order('person-3', 'changed'))).toMatchObject({ state: 'waiting' });
    expect(await waiting()).toHaveLength(MOST_WAITING);
  });

  test('what is refused is told, not repeated, and can be mended', async () => {
    answerTo = (request) =>
      request.path === '/v1/reports' ? problem(400, 'invalid-account') : wellBehaved(request);
    expect(await reporting.send(order('gwen', 'first'))).toEqual({
      state: 'refused',
      said: 'Because of invalid-account.',
    });
    clock.forward(24 * 60 * MINUTE);
    await reporting.attend(true);
    expect(posts()).toHaveLength(1);
    expect(await waiting()).toMatchObject([{ refused: 'Because of invalid-account.' }]);
    answerTo = wellBehaved;
    await reporting.send(order('gwen', 'mended'));
    expect(await waiting()).toEqual([]);
  });

  test('the same order twice is one', async () => {
    answerTo = away;
    const report = order();
    await reporting.send(report);
    await reporting.send(report);
    expect(await waiting()).toHaveLength(1);
  });
});

describe('taking back', () => {
  test('what never left leaves no trace', async () => {
    answerTo = away;
    const report = order();
    await reporting.send(report);
    expect(await reporting.withdrawWaiting(report.id)).toBe(true);
    answerTo = wellBehaved;
    await reporting.attend(true);
    expect(posts()).toEqual([]);
  });

  test('what the service had no room for never left', async () => {
    answerTo = (request) =>
      request.path === '/v1/reports' ? problem(429, 'quota-exceeded') : wellBehaved(request);
    const report = order();
    await reporting.send(report);
    expect(await reporting.withdrawWaiting(report.id)).toBe(true);
    expect(posts()).toHaveLength(1);
  });

  test('what may have arrived is deleted there as soon as that is possible', async () => {
    await reporting.send(order('somebody'));
    answerTo = (request) => {
      wellBehaved(request);
      return away();
    };
    const report = order();
    await reporting.send(report);
    expect(all()).toHaveLength(2);
    answerTo = away;
    expect(await reporting.withdrawWaiting(report.id)).toBe(false);
    expect(await waiting()).toMatchObject([{ withdrawn: true }]);
    restart();
    answerTo = wellBehaved;
    await reporting.attend(true);
    expect(all()).toHaveLength(1);
    expect(await waiting()).toEqual([]);
  });

  test('what is on its way is deleted when it has arrived', async () => {
    await reporting.send(order('somebody'));
    const report = order();
    const withdrawals: Promise<boolean>[] = [];
    answerTo = (request) => {
      if (request.method === 'POST') withdrawals.push(reporting.withdrawWaiting(report.id));
      return wellBehaved(request);
    };
    await reporting.send(report);
    expect(await Promise.all(withdrawals)).toEqual([true]);
    expect(all()).toHaveLength(1);
    expect(await waiting()).toEqual([]);
  });

  test('what the service has goes; where it does not answer, later by itself', async () => {
    const outcome = await reporting.send(order());
    const sent = outcome.state === 'sent' ? outcome.report : null;
    answerTo = away;
    expect(await reporting.withdrawSent(SERVICE, sent!)).toBe(false);
    answerTo = wellBehaved;
    clock.forward(2 * MINUTE);
    await reporting.attend();
    expect(all()).toEqual([]);
    // Nothing was sent again for that.
    expect(posts()).toHaveLength(1);
    // Gone already: that is what was wanted.
    expect(await reporting.withdrawSent(SERVICE, sent!)).toBe(true);
  });

  test('to be forgotten drops what waits, so that nothing registers anew', async () => {
    await reporting.send(order('somebody'));
    answerTo = away;
    await reporting.send(order('gwen'));
    answerTo = wellBehaved;
    await reporting.forget(SERVICE);
    expect(await contributor.erase(SERVICE)).toBe(true);
    await reporting.attend(true);
    expect(held.size).toBe(0);
    expect(await reporting.view()).toMatchObject({ waiting: [], publicId: null });
  });
});

describe('the literal text', () => {
  const draft: Draft = {
    account: {
      network: 'mastodon',
      handle: 'gwen@growth.example',
      nativeId: 'https://growth.example/users/gwen',
    },
    practice: 'auto-dm',
    note: '',
    message: null,
    departure: null,
  };
  const parsed = (changes: Partial<Draft>) =>
    JSON.parse(bodyOf({ ...draft, ...changes })!) as Record<string, unknown>;

  test('names the account by what stays, and leaves out what is not there', () => {
    expect(parsed({})).toEqual({
      account: { network: 'mastodon', name: 'id:aHR0cHM6Ly9ncm93dGguZXhhbXBsZS91c2Vycy9nd2Vu' },
      practice: 'auto-dm',
    });
    const { account } = parsed({}) as { account: { network: 'mastodon'; name: string } };
    expect(parseNamed(account)).toEqual({
      network: 'mastodon',
      handle: null,
      nativeId: draft.account.nativeId,
    });
  });

  test('a note is plain text of a line', () => {
    expect(parsed({ note: ' Twice\u202e\n\n\u200bin\ta week\ud800. ' }).note).toBe('Twice in a week.');
    expect(parsed({ note: ' \n\u200b ' })).not.toHaveProperty('note');
    expect(String(parsed({ note: 'x'.repeat(LONGEST_NOTE) }).note)).toHaveLength(LONGEST_NOTE);
  });

  test('of a message what it is like, and only with its practice', () => {
    const message = {
      ...{
        fingerprint: 'f'.repeat(32),
        bands: [],
        hasLink: true,
        kind: 'other' as const,
        delaySeconds: null,
      },
    };
    expect(parsed({ message }).message).toEqual({
      fingerprint: 'f'.repeat(32),
      bands: [],
      kind: 'other',
      hasLink: true,
    });
    expect(parsed({ message: { ...message, delaySeconds: 60 } }).message).toMatchObject({ delaySeconds: 60 });
    expect(parsed({ message, practice: 'never-replies' })).not.toHaveProperty('message');
  });

  test('dates to the day, only certain ones, and none that contradict each other', () => {
    const [from, to] = ['2026-11-01T10:20:30.123Z', '2026-11-05T11:59:59Z'];
    expect(datesOf({ followed: [null, from], left: [from, to], uncertain: false })).toEqual({
      followedAt: '2026-11-01T00:00:00Z',
      leftAt: '2026-11-05T00:00:00Z',
    });
    expect(datesOf({ followed: [null, from], left: [from, to], uncertain: true })).toBeNull();
    expect(datesOf({ followed: [null, to], left: [null, from], uncertain: false })).toBeNull();
    expect(datesOf({ followed: [null, 'soon'], left: [null, to], uncertain: false })).toBeNull();
  });

  test('nothing without an account or a practice', () => {
    expect(draftOf(fieldsFor({}), null, undefined)).toBeNull();
    expect(draftOf({ ...fieldsFor({}), typed: '@gwen.example' }, null, undefined)).toBeNull();
    expect(
      draftOf({ ...fieldsFor({ practice: 'auto-dm' }), typed: '@gwen.example' }, null, undefined),
    ).toMatchObject({ account: { network: 'bluesky', handle: 'gwen.example' } });
    expect(
      bodyOf({ ...draft, account: { network: 'x', handle: 'gwen.example', nativeId: null } }),
    ).toBeNull();
  });
});

test.each([
  [{}],
  [
    {
      type: 'report',
      ask: 'send',
      order: { id: '1', service: SERVICE, shown: 'x', body: 'x'.repeat(20_000) },
    },
  ],
  [{ type: 'report', ask: 'send', order: { id: 1, service: SERVICE, shown: 'x', body: '{}' } }],
  [{ type: 'report', ask: 'withdraw-sent', service: SERVICE, report: { id: '1' } }],
  [{ type: 'report', ask: 'sent', after: 3 }],
  [{ type: 'report', ask: 'erase' }],
])('%j is no request', (message) => {
  expect(parseReportRequest(message)).toBeNull();
});
