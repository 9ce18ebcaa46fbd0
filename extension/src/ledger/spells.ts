import type { Between, Departure, Doubt } from './departure';

/*
 * What is known of one follower, and what each thing seen adds to it. Instants are ISO strings of one form, so they
 * compare as they are. Whatever the device's clock does, nothing ends before it began.
 */

/** How something is known. */
export type Known =
  | 'list' // read from the network's public list
  | 'notice' // a "followed you" row
  | 'page' // a profile or row that says whether the account follows
  | 'own-list'; // a row of the user's own list of followers

/** One time of following, from its beginning to its end. */
export interface Spell {
  followed: Between;
  followedBy: Known;
  /** Null while it lasts. */
  left: Between | null;
  leftBy: Known | null;
  /** Null where the end is certain, or has not come. */
  doubt: Doubt | null;
}

/** A follower was not where followers are, which may yet have other reasons. */
export interface Absence {
  /** The first instant by which it was missing. */
  since: string;
  /** How many complete looks in a row missed it. */
  looks: number;
  /** The last look, by its number and when it ended. */
  look: number;
  at: string;
  /** The first of them missed so many that an outage is likelier. */
  suspect: boolean;
}

/** A page said that the account does not follow, which it also says while it loads. */
export interface Denial {
  at: string;
  visit: string | null;
}

/** All that is known of one follower: oldest spell first, only the last may still last. */
export interface Following {
  spells: Spell[];
  /** The last instant at which the account was known to follow, in the last spell. */
  seenAt: string | null;
  absence: Absence | null;
  denial: Denial | null;
}

export const UNKNOWN: Following = { spells: [], seenAt: null, absence: null, denial: null };

/** Accounts that come and go without end keep their latest spells. */
export const MOST_SPELLS = 100;
const MINUTE = 60_000;
/** Two pages that deny a follow count as two only when they are this far apart. */
const DENIALS_APART = 10 * MINUTE;
const LOOKS_APART = 10 * MINUTE;
const LOOKS = 2;
/** An outage lasts hours; whoever is missing for longer than a day, in ever more looks, is missing. */
const SUSPECT_LOOKS = 3;
const SUSPECT_FOR = 24 * 60 * MINUTE;

/** The account follows at an instant; where it is new, it did not at `notBefore`. */
export function present(known: Following, at: string, by: Known, notBefore: string | null = null): Following {
  const last = known.spells.at(-1);
  if (last?.left === null) return seen(known, later(known.seenAt, at));
  // It never was a leave: the account came back from wherever it was.
  if (last?.doubt != null) return seen(replaceLast(known, reopened(last)), later(known.seenAt, at));
  const before = later(last?.left?.[1] ?? null, notBefore);
  const until = later(before, at);
  return seen(add(known, { ...begun([before, until]), followedBy: by }), until);
}

/** The account followed at an instant that is told, or at an unknown one before now. Whether it still does is not told. */
export function noticed(known: Following, told: string | null, now: string): Following {
  const last = known.spells.at(-1);
  const at = told !== null && told > now ? now : told;
  if (last === undefined) {
    return { ...add(known, { ...begun([at, at ?? now]), followedBy: 'notice' }), seenAt: at };
  }
  // A notice without a date may be an old one.
  if (at === null) return known;
  const [notBefore, notAfter] = last.followed;
  if ((notBefore === null || at >= notBefore) && at <= notAfter) {
    const refined: Spell = { ...last, followed: [at, at], followedBy: 'notice' };
    return { ...replaceLast(known, refined), seenAt: later(known.seenAt, at) };
  }
  if (at < notAfter) return known;
  if (last.left === null) return { ...known, seenAt: later(known.seenAt, at) };
  const [gone, goneBy] = last.left;
  if (at > goneBy) {
    return last.doubt === null
      ? { ...seen(add(known, { ...begun([at, at]), followedBy: 'notice' }), at) }
      : seen(replaceLast(known, reopened(last)), at);
  }
  if (gone !== null && at <= gone) return known;
  return { ...replaceLast(known, { ...last, left: [at, goneBy] }), seenAt: later(known.seenAt, at) };
}

/** A complete look at the list that did not meet the account. */
export interface Look {
  number: number;
  startedAt: string;
  endedAt: string;
  suspect: boolean;
}

/** The account was not met by a look; one that is seen elsewhere since the look began is not missing. */
export function missed(known: Following, look: Look): Following {
  if (known.spells.at(-1)?.left !== null) return known;
  if (known.seenAt !== null && known.seenAt >= look.startedAt) return known;
  const former = known.absence;
  if (former === null) {
    const since = later(known.seenAt, look.endedAt);
    const first = { since, looks: 1, look: look.number, at: look.endedAt, suspect: look.suspect };
    return { ...known, absence: first };
  }
  // A look on which nothing can be built is no look; nor is the same one twice, nor one at once after another.
  const counts =
    !look.suspect && look.number > former.look && apart(former.at, look.endedAt) >= LOOKS_APART ? 1 : 0;
  return {
    ...known,
    absence: {
      ...former,
      looks: former.looks + counts,
      look: Math.max(former.look, look.number),
      at: counts === 1 ? look.endedAt : former.at,
    },
  };
}

/** Whether enough looks missed the account to ask what became of it. */
export function missingForLong({ absence }: Following): boolean {
  if (absence === null) return false;
  return absence.suspect
    ? absence.looks >= SUSPECT_LOOKS && apart(absence.since, absence.at) >= SUSPECT_FOR
    : absence.looks >= LOOKS;
}

/** The account, missing until now, follows no longer. */
export function ended(known: Following, by: Known, doubt: Doubt | null): Following {
  const last = known.spells.at(-1);
  const since = earliest(known.absence?.since ?? null, known.denial?.at ?? null);
  if (last?.left !== null || since === null) return known;
  const from = known.seenAt;
  const until = later(last.followed[0], later(from, since));
  const left: Between = [from, until];
  return { ...replaceLast(known, { ...last, left, leftBy: by, doubt }), absence: null, denial: null };
}

/** A page said that the account does not follow. Only a second page, some time later, is believed. */
export function denied(known: Following, now: string, visit: string | null): Following {
  const last = known.spells.at(-1);
  if (last === undefined || (last.left !== null && last.doubt !== 'not-listed')) return known;
  const { denial } = known;
  if (denial === null || denial.at > now) return { ...known, denial: { at: now, visit } };
  const again = apart(denial.at, now) >= DENIALS_APART && (visit === null || visit !== denial.visit);
  if (!again) return known;
  if (last.left === null) return ended(known, 'page', null);
  return { ...replaceLast(known, { ...last, leftBy: 'page', doubt: null }), denial: null };
}

/** What the badge tells: the newest spell, once it is over. */
export function departureOf({ spells }: Pick<Following, 'spells'>): Departure | null {
  const last = spells.at(-1);
  return last?.left ? { followed: last.followed, left: last.left, uncertain: last.doubt !== null } : null;
}

/** How long a spell lasted, in milliseconds: at least, and at most where the beginning is known. */
export function stay({ followed, left }: Pick<Departure, 'followed' | 'left'>): {
  least: number;
  most: number | null;
} {
  return {
    least: left[0] === null ? 0 : Math.max(0, apart(followed[1], left[0])),
    most: followed[0] === null ? null : apart(followed[0], left[1]),
  };
}

/** The later of two instants, of which the first may be unknown. */
export function later(one: string | null, other: string): string;
export function later(one: string | null, other: string | null): string | null;
export function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

export function isOpen({ spells }: Pick<Following, 'spells'>): boolean {
  return spells.at(-1)?.left === null;
}

function earliest(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

function apart(one: string, other: string): number {
  return Date.parse(other) - Date.parse(one);
}

function begun(followed: Between): Omit<Spell, 'followedBy'> {
  return { followed, left: null, leftBy: null, doubt: null };
}

function reopened(spell: Spell): Spell {
  return { ...spell, left: null, leftBy: null, doubt: null };
}

function seen(known: Following, at: string): Following {
  return { ...known, seenAt: at, absence: null, denial: null };
}

function add(known: Following, spell: Spell): Following {
  return { ...known, spells: [...known.spells, spell].slice(-MOST_SPELLS), absence: null, denial: null };
}

function replaceLast(known: Following, spell: Spell): Following {
  return { ...known, spells: [...known.spells.slice(0, -1), spell] };
}
