import {
  NetworkError,
  type FollowerPage,
  type FollowerSource,
  type FollowerSources,
  type ListedFollower,
} from '../networks/followers';
import type { Network } from '../lookup/account';
import type { Between } from './departure';
import type { OwnAccount } from './ownAccounts';
import { departureOf, isOpen, missed, present, type Fate } from './spells';
import { newFollower, type Follower, type Own, type RecordStore, type Rows, type Walk } from './store';

/*
 * Reads public lists of followers, politely, and concludes who is missing. A walk may be stopped between any two steps
 * and goes on from there; each step is one transaction, so that a step done twice changes nothing.
 */

/** What a walk needs from outside. */
export interface WalkTools {
  store: RecordStore;
  sources: FollowerSources;
  now: () => number;
  pause: (milliseconds: number) => Promise<void>;
  random: () => number;
  /** Whether the user still wants a network's lists read; always, where it is not given. */
  wanted?: (network: Network) => Promise<boolean>;
  /** Told of each account that left for certain, and when; once, unless the browser is stopped just then. */
  left?: (own: OwnAccount, follower: Follower, left: Between) => void;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** From one walk's beginning to the next's. */
export const WALK_EVERY = 6 * HOUR;
const REST = HOUR;
// The browsers' tests do not wait for what the unit tests hold it to.
const PACE = import.meta.env.MODE === 'e2e' ? 50 : 1_500;
const JITTER = PACE / 2;
/** Lists longer than this many pages are read a part a day. */
export const PAGES_A_DAY = 2_000;
const MOST_MET = 1_000_000;
const MOST_BARREN = 20;
const FIRST_WAIT = 5 * 60_000;
const TRIES = 3;
const BATCH = 200;
const ASKED_AT_ONCE = 25;
/** The end of an account's waiting cannot be further off, unless the clock was wrong. */
const LONGEST_WAIT = 25 * HOUR;
/** So many missing at once are an outage until it shows otherwise. */
const MANY_MISSING = 50;
const MUCH_MISSING = 0.2;
const FEW = 2;
/** For so long an outage may last. */
const OUTAGE = 2 * DAY;
const NEARLY_ALL = 0.9;

export function isDue({ nextAt, deleteAt }: Own, now: number): boolean {
  return deleteAt === null && (nextAt <= now || nextAt > now + LONGEST_WAIT);
}

/** Goes on with an own account's walk, or begins one, until it is complete, stopped, or has to wait. */
export async function walkOn(key: string, tools: WalkTools): Promise<void> {
  const { store, now, pause, random } = tools;
  // Where settling has come to; after a restart it begins anew, which changes nothing.
  let settled: Follower | null = null;
  for (;;) {
    const own = await store.read((rows) => rows.own(key));
    const source = own && tools.sources(own.account.network);
    if (own === null || source === null || !isDue(own, now())) return;
    if ((await tools.wanted?.(own.account.network)) === false) return;
    if (spentToday(own, now()) >= PAGES_A_DAY) {
      await change(store, key, (latest) => ({ ...latest, nextAt: nextDay(now()) }));
      return;
    }
    try {
      const { walk } = own;
      if (walk === null) await begin(own, source, tools);
      else if (walk.ended === null) await readPage(own, walk, source, tools);
      else {
        const batch: Follower[] = await store.read((rows) => rows.unmet(key, walk.number, settled, BATCH));
        if (batch.length === 0) {
          await finish(store, key, walk, now());
          return;
        }
        const { upTo, asked } = await settle(own, walk, batch, source, tools);
        settled = upTo;
        if (!asked) continue;
      }
    } catch (failure) {
      if (!(failure instanceof NetworkError)) throw failure;
      await change(store, key, (latest) => setBack(latest, failure, now(), random()));
      return;
    }
    await pause(PACE + random() * JITTER);
  }
}

async function begin(own: Own, source: FollowerSource, { store, now }: WalkTools): Promise<void> {
  const count = await source.count(own.account);
  await change(store, own.key, (latest) => {
    if (latest.walk !== null) return latest;
    const number = latest.number + 1;
    const walk: Walk = {
      number,
      startedAt: instant(now()),
      cursor: null,
      pages: 0,
      met: 0,
      unread: 0,
      count,
      passedKnown: false,
      barren: 0,
      ended: null,
    };
    return { ...latest, number, walk, trouble: null, spent: spend(latest, now()) };
  });
}

async function readPage(own: Own, walk: Walk, source: FollowerSource, tools: WalkTools): Promise<void> {
  const page = await source.page(own.account, walk.cursor);
  if (page.next !== null && page.next === walk.cursor) throw new NetworkError('invalid');
  const now = tools.now();
  await tools.store.change(async (rows) => {
    const latest = await rows.own(own.key);
    // Somebody deleted the record meanwhile, or went on with the walk.
    if (latest?.walk?.number !== walk.number || latest.walk.pages !== walk.pages) return;
    await rows.putOwn(await notePage(rows, latest, latest.walk, page, now));
  });
}

async function notePage(rows: Rows, own: Own, walk: Walk, page: FollowerPage, now: number): Promise<Own> {
  const at = instant(now);
  let { met, passedKnown } = walk;
  for (const listed of page.followers) {
    const row = await rows.find(own.key, listed, at);
    const isKnown = row !== null && isOpen(row) && row.met > 0;
    if (row?.met !== walk.number) met++;
    if (isKnown && row.met !== walk.number) passedKnown = true;
    // The list is newest first: only who stands before all known ones came since the last walk. Further down it may
    // be an account that was away for a while, such as one that was suspended.
    const notBefore = passedKnown ? null : own.newSince;
    const known = row ?? newFollower(own.key, listed, listed.name, at);
    await rows.put({
      ...known,
      ...present(known, at, 'list', notBefore),
      ...named(listed, at),
      met: walk.number,
    });
    await takeHandleFromOthers(rows, own.key, listed, at);
  }
  const barren = met === walk.met ? walk.barren + 1 : 0;
  const next: Walk = {
    ...walk,
    cursor: page.next,
    pages: walk.pages + 1,
    met,
    passedKnown,
    barren,
    unread: walk.unread + (page.unread ?? 0),
  };
  const spent = spend(own, now);
  if (page.next === null) return { ...own, spent, failures: 0, ...(await endOf(rows, own, next, at)) };
  if (barren > MOST_BARREN || met > MOST_MET) {
    return { ...own, spent, walk: null, trouble: 'invalid', nextAt: now + WALK_EVERY };
  }
  return { ...own, spent, failures: 0, trouble: null, walk: next };
}

function named({ handle, nativeId, name }: ListedFollower, at: string) {
  return { handle, nativeId, name, handleAt: at };
}

/** A handle leads to one account: whoever had it before is known by it no longer. */
export async function takeHandleFromOthers(
  rows: Rows,
  own: string,
  {
    network,
    handle,
    nativeId,
  }: { network: ListedFollower['network']; handle: string | null; nativeId: string | null },
  at: string,
): Promise<void> {
  if (handle === null || nativeId === null) return;
  for (const other of await rows.named(own, network, handle)) {
    const isOther = other.nativeId !== null && other.nativeId !== nativeId;
    if (isOther && other.handleAt <= at && other.handleAt !== NEVER)
      await rows.put({ ...other, handleAt: NEVER });
  }
}

const NEVER = '1970-01-01T00:00:00.000Z';

/** What the end of a walk says of how far its misses can be trusted. */
async function endOf(rows: Rows, { key, last, doubtfulSince }: Own, walk: Walk, at: string) {
  const known = await rows.following(key);
  const unmet = await rows.unmetCount(key, walk.number);
  const newlyMissing = unmet - (await rows.missing(key));
  const suspect = isSuspect(walk, last, known, newlyMissing);
  const since = suspect ? at : isOutage(unmet, known) ? doubtfulSince : null;
  const conclusive = !suspect && (since === null || Date.parse(at) - Date.parse(since) >= OUTAGE);
  return { doubtfulSince: since, walk: { ...walk, ended: { at, conclusive } } };
}

/** Whether a complete walk newly missed so many, or so inexplicably, that they hardly all left. */
function isSuspect(walk: Walk, last: Own['last'], known: number, missing: number): boolean {
  if (missing <= 0) return false;
  // Who left is not counted any more either; who is merely not shown still is.
  return walk.unread > 0 || isOutage(missing, known) || unexplained(walk, last) * 2 >= Math.max(2, missing);
}

function isOutage(missing: number, known: number): boolean {
  return missing > MANY_MISSING || missing === known || (missing >= FEW && missing > MUCH_MISSING * known);
}

/** By how much the followers counted but not listed grew since the last complete walk. */
function unexplained(walk: Walk, last: Own['last']): number {
  if (walk.count === null || last?.count == null) return 0;
  return walk.count - walk.met - (last.count - last.met);
}

function isSound(walk: Walk, last: Own['last']): boolean {
  if (walk.ended?.conclusive !== true || walk.unread > 0) return false;
  if (walk.count === null) return true;
  if (walk.met * NEARLY_ALL > walk.count) return false;
  if (walk.met >= NEARLY_ALL * walk.count) return true;
  return last?.count != null && unexplained(walk, last) <= 0;
}

/** Settles the next of those the walk did not meet: asks what became of them, and notes it. */
async function settle(
  own: Own,
  walk: Walk,
  batch: Follower[],
  source: FollowerSource,
  { store, now, left }: WalkTools,
): Promise<{ upTo: Follower | null; asked: boolean }> {
  const endedAt = walk.ended?.at ?? instant(now());
  const asked = walk.ended?.conclusive === true;
  const part = asked ? batch.slice(0, ASKED_AT_ONCE) : batch;
  const fates = asked ? await fatesOf(own, part, source) : [];
  // Where nobody tells how two accounts stand to each other, a block looks like a leave.
  const doubt = source.relations ? null : 'perhaps-blocked';
  const gone: [Follower, Between][] = [];
  await store.change(async (rows) => {
    const latest = await rows.own(own.key);
    if (latest?.walk?.number !== walk.number) return;
    for (const [index, { id }] of part.entries()) {
      const row = await rows.get(own.key, id);
      if (row === null) continue;
      const look = { number: walk.number, startedAt: walk.startedAt, endedAt, fate: fates[index] ?? null };
      const settled = { ...row, ...missed(row, look, 'list', doubt) };
      await rows.put(settled);
      const departure = departureOf(settled);
      if (departure?.uncertain === false && departureOf(row)?.uncertain !== false) {
        gone.push([settled, departure.left]);
      }
    }
    if (asked) await rows.putOwn({ ...latest, spent: spend(latest, now()) });
  });
  for (const [follower, between] of gone) left?.(own.account, follower, between);
  return { upTo: part.at(-1) ?? null, asked };
}

async function fatesOf({ account }: Own, followers: Follower[], source: FollowerSource): Promise<Fate[]> {
  const states = await source.exist(followers, account);
  const active = followers.filter((_, index) => states[index] === 'active');
  // Where nobody tells whether one follows, a list that misses an account that is there has to do.
  const told =
    active.length === 0
      ? []
      : ((await source.relations?.(account, active)) ?? active.map(() => 'follows-not' as const));
  const relation = new Map(active.map(({ id }, index) => [id, told[index] ?? 'unknown']));
  return followers.map(({ id }, index) =>
    states[index] === 'gone' ? 'gone' : (relation.get(id) ?? 'unknown'),
  );
}

async function finish(store: RecordStore, key: string, walk: Walk, now: number): Promise<void> {
  await change(store, key, (own) => {
    if (own.walk?.number !== walk.number) return own;
    const { number, startedAt, met, count } = walk;
    const sound = isSound(walk, own.last);
    // One sound walk may have missed somebody; two hardly miss the same, and one that met all it should missed nobody.
    const newSince = met === count ? startedAt : own.soundSince;
    return {
      ...own,
      walk: null,
      last: { number, startedAt, endedAt: walk.ended?.at ?? instant(now), met, count },
      ...(sound && { soundSince: startedAt, newSince }),
      nextAt: Math.max(Date.parse(startedAt) + WALK_EVERY, now + REST),
      failures: 0,
      trouble: null,
    };
  });
}

function setBack(own: Own, { code, retryAt }: NetworkError, now: number, random: number): Own {
  const failures = own.failures + 1;
  const patience = Math.min(WALK_EVERY, FIRST_WAIT * 2 ** Math.min(failures - 1, 10)) * (1 + random / 4);
  const waits = { 'not-permitted': WALK_EVERY, hidden: DAY } as Partial<Record<typeof code, number>>;
  const nextAt = Math.max(retryAt ?? 0, now + (waits[code] ?? patience));
  // A cursor may have grown too old to go on from.
  const isBroken = (code === 'invalid' || code === 'not-found') && failures >= TRIES;
  return { ...own, failures, trouble: code, nextAt, walk: isBroken ? null : own.walk };
}

function spentToday({ spent }: Own, now: number): number {
  return spent.day === dayOf(now) ? spent.pages : 0;
}

function spend(own: Own, now: number): Own['spent'] {
  return { day: dayOf(now), pages: spentToday(own, now) + 1 };
}

function dayOf(now: number): string {
  return instant(now).slice(0, 10);
}

function nextDay(now: number): number {
  return (Math.floor(now / DAY) + 1) * DAY;
}

function instant(now: number): string {
  return new Date(now).toISOString();
}

async function change(store: RecordStore, key: string, how: (own: Own) => Own): Promise<void> {
  await store.change(async (rows) => {
    const own = await rows.own(key);
    if (own !== null) await rows.putOwn(how(own));
  });
}
