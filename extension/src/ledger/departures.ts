import type { ShownAccount } from '../lookup/account';
import type { Departure, Doubt } from './departure';
import { isOpen, stay } from './spells';
import type { Follower, RecordStore } from './store';

/* What the record tells of those who left. */

const DAY = 24 * 3_600_000;
export const WEEK = 7 * DAY;

/** One finished time of following. */
export interface Left extends Departure {
  id: string;
  account: ShownAccount;
  name: string | null;
  doubt: Doubt | null;
  /** In milliseconds; at most null where nobody knows when it began. */
  stayed: { least: number; most: number | null };
  /** The account follows again. */
  isBack: boolean;
}

/** The finished spells of a follower that ended since an instant, latest first. */
export function departuresIn(row: Follower, since: string | null = null): Left[] {
  const { id, network, handle, nativeId, name, spells } = row;
  return spells
    .flatMap(({ followed, left, doubt }, index) => {
      if (left === null || (since !== null && left[1] < since)) return [];
      return [
        {
          id: `${id} ${index}`,
          account: { network, handle, nativeId },
          name,
          followed,
          left,
          doubt,
          uncertain: doubt !== null,
          stayed: stay({ followed, left }),
          isBack: isOpen(row) || index < spells.length - 1,
        },
      ];
    })
    .reverse();
}

/** Who certainly followed and left within a week. */
export function withinAWeek(departures: Left[]): Left[] {
  return departures.filter(
    ({ uncertain, stayed }) => !uncertain && stayed.most !== null && stayed.most <= WEEK,
  );
}

/** Who may have, were the end what it looks like, or the times a little other than what is known. */
export function perhapsWithinAWeek(departures: Left[]): Left[] {
  return departures.filter(
    ({ uncertain, stayed: { least, most } }) => most !== null && least <= WEEK && (uncertain || most > WEEK),
  );
}

export function accountsIn(departures: Left[]): number {
  return new Set(departures.map(({ id }) => id.split(' ')[0])).size;
}

/** The departures of an own account, latest first, at most so many. */
export async function departuresOf(
  store: RecordStore,
  own: string,
  since: string | null,
  most: number,
): Promise<Left[]> {
  const rows = await store.read((all) => all.departed(own, since, most));
  return rows
    .flatMap((row) => departuresIn(row, since))
    .sort((one, other) => (one.left[1] < other.left[1] ? 1 : -1));
}

/** How many accounts certainly left any of the user's own within the last days. */
export async function departuresWithin(store: RecordStore, days: number, now: number): Promise<number> {
  const since = new Date(now - days * DAY).toISOString();
  let count = 0;
  for (const { key, deleteAt } of await store.owns()) {
    if (deleteAt !== null) continue;
    const departures = await departuresOf(store, key, since, MOST_COUNTED);
    count += accountsIn(departures.filter(({ uncertain, isBack }) => !uncertain && !isBack));
  }
  return count;
}

const MOST_COUNTED = 10_000;
