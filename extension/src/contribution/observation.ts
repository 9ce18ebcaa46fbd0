import type { Body } from '../call';
import type { ShownAccount } from '../lookup/account';
import type { Count, ProfileFacts } from '../sites/site';

/** What the service takes, one at a time. */
export type Observation = Body<'tellObservations'>['observations'][number];

export type Named = Extract<Observation, { kind: 'follow' | 'unfollow' }>['actor'];
type Counters = Extract<Observation, { kind: 'profile-counters' }>;

const MOST = 8_300_000_000; // the contract's limit
export const DAY = 86_400_000;
const HOUR = 3_600_000;
// The service refuses what is older than 48 hours; the rest is for the way.
const OLDEST = 47.5 * HOUR;

const HANDLES: Record<ShownAccount['network'], RegExp> = {
  x: /^\w{1,15}$/,
  bluesky: /^(?=.{4,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i,
  mastodon: /^(?=.{4,320}$)[\w.-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i,
};
const NATIVE_IDS: Record<ShownAccount['network'], RegExp> = {
  x: /^\d{1,20}$/,
  bluesky: /^did:(?:plc|web):[\w.:%-]{1,250}$/,
  mastodon: /^https:\/\/[a-z0-9.-]+\/[\w.@~/-]{1,250}$/i,
};

/** The day of an instant in UTC, which is what the limits of a day go by. */
export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

export function startOfNextDay(instant: number): number {
  return startOf(instant, DAY) + DAY;
}

/** Whether it is too old to be told, or from a clock that had run far ahead. */
export function isOutOfRange({ time }: Observation, now: number): boolean {
  return Math.abs(now - Date.parse(time)) > OLDEST;
}

/** What a profile said of itself, dated to the day: the hour would tell when the user looked. Null where there is nothing to tell. */
export function countersSeen(facts: ProfileFacts, now: number): Counters | null {
  const account = named(facts.account);
  const counts = {
    ...counted('followers', facts.followers),
    ...counted('following', facts.following),
    ...counted('posts', facts.posts),
  };
  if (account === null || Object.keys(counts).length === 0) return null;
  return {
    kind: 'profile-counters',
    account,
    time: instantOf(startOf(now, DAY)),
    ...counts,
    ...joined(facts.joined, now),
  };
}

/** That somebody followed the user or no longer does, dated to the hour; null when that is not of the last two days. */
export function followSeen(
  kind: 'follow' | 'unfollow',
  follower: ShownAccount,
  at: string,
  now: number,
): Observation | null {
  const actor = named(follower);
  const happened = Date.parse(at);
  if (actor === null || Number.isNaN(happened) || happened > now) return null;
  const observation: Observation = { kind, actor, time: instantOf(startOf(happened, HOUR)) };
  return isOutOfRange(observation, now) ? null : observation;
}

/** The account as the contract names it, by what stays when it is renamed; null for what is no name on its network. */
export function named({ network, handle, nativeId }: ShownAccount): Named | null {
  if (nativeId !== null && NATIVE_IDS[network].test(nativeId)) {
    return { network, name: network === 'bluesky' ? nativeId : `id:${base64Url(nativeId)}` };
  }
  return handle !== null && HANDLES[network].test(handle) ? { network, name: handle } : null;
}

function counted(name: 'followers' | 'following' | 'posts', count: Count | null): Partial<Counters> {
  return count === null || count.value > MOST ? {} : { [name]: { count: count.value, exact: count.exact } };
}

/** A month alone is left out: a day would have to be made up. */
function joined(date: string | null, now: number): Partial<Counters> {
  const instant = date?.length === 10 ? Date.parse(date) : NaN;
  return instant <= now ? { createdAt: instantOf(instant) } : {};
}

export function startOf(instant: number, unit: number): number {
  return Math.floor(instant / unit) * unit;
}

export function instantOf(instant: number): string {
  return new Date(instant).toISOString().replace('.000', '');
}

function base64Url(ascii: string): string {
  return btoa(ascii).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
