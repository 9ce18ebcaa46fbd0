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
  since: string;
  /** How many conclusive looks in a row missed it, and in how many of them it was told that it does not follow. */
  looks: number;
  told: number;
  /** The last look, by its number, and when the last that counts ended. */
  look: number;
  at: string;
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

/** The account follows at an instant; where it is new, it did not at `notBefore`. */
export function present(known: Following, at: string, by: Known, notBefore: string | null = null): Following {
  const last = known.spells.at(-1);
  if (last?.left === null) return seen(known, later(known.seenAt, at));
  // It never was a leave: the account came back from wherever it was.
  if (last?.doubt != null) return seen(replaceLast(known, reopened(last)), later(known.seenAt, at));
  // A list may have missed that the account had come back already; a page tells of the moment.
  const gone = last?.left?.[last.leftBy === 'page' ? 1 : 0] ?? null;
  const before = later(gone, notBefore);
  const until = later(last?.left?.[1] ?? null, later(before, at));
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
  /** Null where so many are missing that nothing follows for any one of them. */
  fate: Fate | null;
}

/** What is told of an account that is missing, by whoever can tell. */
export type Fate = 'follows' | 'follows-not' | 'blocked' | 'gone' | 'unknown';

/**
 * The account was not met by a look. It takes two that agree; one that is seen elsewhere since the look began is not
 * missing.
 */
export function missed(known: Following, look: Look, by: Known, doubt: Doubt | null = null): Following {
  const { number, startedAt, endedAt, fate } = look;
  if (known.spells.at(-1)?.left !== null) return known;
  if (known.seenAt !== null && known.seenAt >= startedAt) return known;
  if (fate === 'follows') return present(known, startedAt, by);
  const former = known.absence ?? { since: later(known.seenAt, endedAt), looks: 0, told: 0, look: 0, at: '' };
  const again = number > former.look && (former.at === '' || apart(former.at, endedAt) >= LOOKS_APART);
  if (fate === null || !again) {
    return { ...known, absence: { ...former, look: Math.max(former.look, number) } };
  }
  const absence: Absence = {
    ...former,
    looks: former.looks + 1,
    told: former.told + (fate === 'follows-not' ? 1 : 0),
    look: number,
    at: endedAt,
  };
  const long = { ...known, absence };
  if (absence.looks < LOOKS || fate === 'unknown') return long;
  if (fate === 'gone' || fate === 'blocked') return ended(long, endedAt, by, fate);
  return absence.told < LOOKS ? long : ended(long, endedAt, by, doubt);
}

/**
 * The account follows no longer, as was certain only at an instant: at the first look that missed it, it may have been
 * away for another reason.
 */
export function ended(known: Following, at: string, by: Known, doubt: Doubt | null): Following {
  const last = known.spells.at(-1);
  if (last?.left !== null) return known;
  const left: Between = [known.seenAt, later(later(known.seenAt, at), last.followed[1])];
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
  if (last.left === null) return ended(known, now, 'page', null);
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
