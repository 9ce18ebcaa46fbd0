import { dayOf, isOutOfRange, startOfNextDay, type Observation } from './observation';

/** How many observations are told a day, and how many wait at most. */
export const MOST_A_DAY = 200;

const HOUR = 3_600_000;
const SPREAD = 6 * HOUR;
const FIRST_PAUSE = HOUR / 4;
const LONGEST_PAUSE = 24 * HOUR;

/** What the user chose to give, and to whom: another service is another choice. */
export interface Consent {
  service: string;
  counters: boolean;
  follows: boolean;
}

/** An observation that waits, and under which name the user knows the account. */
export interface Entry {
  id: string;
  shown: string;
  observation: Observation;
}

/** The right to tell, and to take back, what was told to one service. */
export interface Reporter {
  token: string;
  publicId: string;
  /** The user wants everything deleted there, and the service has not confirmed it yet. */
  erasing: boolean;
}

/** All that contribution remembers, but for the log of what was sent. */
export interface Outbox {
  consent: Consent | null;
  /** In random order: the order of looking is nobody's business. */
  queue: Entry[];
  /** What counts against the limits of a day: what was noted, by key, and how much was sent. */
  today: { day: string; noted: string[]; sent: number };
  /** How many observations were dropped unsent since the choice. */
  dropped: number;
  /** When the next batch goes, in milliseconds since 1970; null while nothing waits. */
  due: number | null;
  /** A batch that was tried: the next try is the same batch under the same key, so that it counts once. */
  tried: { key: string; ids: string[] } | null;
  failures: number;
  /** Not before this time again, after failures. */
  notBefore: number;
  reporters: Record<string, Reporter>;
}

export function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { id, shown, observation } = value as Partial<Record<string, unknown>>;
  return typeof id === 'string' && typeof shown === 'string' && typeof observation === 'object';
}

export function emptyOutbox(): Outbox {
  return {
    consent: null,
    queue: [],
    today: { day: '', noted: [], sent: 0 },
    dropped: 0,
    due: null,
    tried: null,
    failures: 0,
    notBefore: 0,
    reporters: {},
  };
}

/** Puts an observation among those that wait, once a day for each key. */
export function put(outbox: Outbox, key: string, entry: Entry, now: number, random: () => number): void {
  tidy(outbox, now);
  const { queue, today } = outbox;
  if (today.noted.includes(key) || today.noted.length >= MOST_A_DAY) return;
  today.noted.push(key);
  if (queue.length >= MOST_A_DAY) drop(outbox, [oldest(queue)]);
  insert(outbox, entry, now, random);
}

/** Puts back what was removed, as long as there is room. */
export function putBack(outbox: Outbox, entry: Entry, now: number, random: () => number): void {
  const known = outbox.queue.some(({ id }) => id === entry.id);
  if (!known && outbox.queue.length < MOST_A_DAY) insert(outbox, entry, now, random);
}

/** Begins a new day, and drops what can no longer be told. */
export function tidy(outbox: Outbox, now: number): void {
  const { today } = outbox;
  const day = dayOf(now);
  if (day > today.day) outbox.today = { day, noted: [], sent: 0 };
  // A clock set back keeps the day's counts, so that nothing is won by it; one that had run ahead for long is set right.
  else if (Date.parse(today.day) - now > 24 * HOUR) today.day = day;
  drop(
    outbox,
    outbox.queue.filter(({ observation }) => isOutOfRange(observation, now)),
  );
}

/**
 * What goes next, as far as the day's limit lets it: what was tried before, else the days that have ended, else, should
 * the user want that, what has come together today.
 */
export function nextBatch({ queue, today, tried }: Outbox, now: number): Entry[] {
  if (tried !== null) return queue.filter(({ id }) => tried.ids.includes(id));
  const ripe = queue.filter(({ observation }) => Date.parse(observation.time) <= now);
  const day = dayOf(now);
  const ended = ripe.filter(({ observation }) => observation.time.slice(0, 10) < day);
  return (ended.length > 0 ? ended : ripe).slice(0, Math.max(0, MOST_A_DAY - today.sent));
}

/** The literal text that is shown and sent. */
export function payloadOf(batch: Entry[]): string {
  return JSON.stringify({ observations: batch.map(({ observation }) => observation) }, null, 2);
}

export function isDue({ due, notBefore }: Outbox, now: number): boolean {
  // A clock that was set back must not keep anything for longer than a pause can be.
  const waits = (until: number) => until > now && until - now <= 2 * LONGEST_PAUSE;
  return due !== null && !waits(due) && !waits(notBefore);
}

/** Takes out an entry; null where there is none of that id. */
export function remove(outbox: Outbox, id: string): Entry | null {
  const entry = outbox.queue.find((one) => one.id === id) ?? null;
  take(outbox, [id]);
  return entry;
}

/** A batch arrived, whatever the service made of each observation in it. */
export function settle(outbox: Outbox, ids: string[], now: number, random: () => number): void {
  outbox.today.sent += ids.length;
  take(outbox, ids);
  outbox.failures = 0;
  outbox.notBefore = 0;
  outbox.due = outbox.queue.length > 0 ? dueAfter(now, random) : null;
}

/** A try failed: longer pauses each time, with jitter, unless the service said how long. */
export function backOff(
  outbox: Outbox,
  now: number,
  random: () => number,
  retryAfter: number | null = null,
): void {
  const pause = FIRST_PAUSE * 2 ** Math.min(outbox.failures++, 8) * (0.5 + random() / 2);
  outbox.notBefore = now + Math.min(retryAfter ?? pause, LONGEST_PAUSE);
}

/** Nothing is given any more, and nothing waits; the right to take back what was told stays. */
export function stop(outbox: Outbox): void {
  outbox.consent = null;
  outbox.queue = [];
  outbox.tried = null;
  outbox.due = null;
  outbox.dropped = 0;
  outbox.failures = 0;
  outbox.notBefore = 0;
}

/** Drops what waits of a kind the user no longer gives. */
export function keepOnly(outbox: Outbox, wanted: (observation: Observation) => boolean): void {
  const unwanted = outbox.queue.filter(({ observation }) => !wanted(observation));
  take(
    outbox,
    unwanted.map(({ id }) => id),
  );
}

function insert(outbox: Outbox, entry: Entry, now: number, random: () => number): void {
  outbox.queue.splice(Math.floor(random() * (outbox.queue.length + 1)), 0, entry);
  outbox.due ??= dueAfter(now, random);
}

function drop(outbox: Outbox, entries: Entry[]): void {
  outbox.dropped += entries.length;
  take(
    outbox,
    entries.map(({ id }) => id),
  );
}

function take(outbox: Outbox, ids: string[]): void {
  if (ids.length === 0) return;
  outbox.queue = outbox.queue.filter(({ id }) => !ids.includes(id));
  // Less than what was tried is another batch.
  if (outbox.tried?.ids.some((id) => ids.includes(id))) outbox.tried = null;
  if (outbox.queue.length === 0) outbox.due = null;
}

function oldest(queue: Entry[]): Entry {
  return queue.reduce((one, other) => (other.observation.time < one.observation.time ? other : one));
}

/** Some time in the first hours of the next day (UTC), so that not everybody's batches come at once. */
function dueAfter(now: number, random: () => number): number {
  return startOfNextDay(now) + random() * SPREAD;
}
