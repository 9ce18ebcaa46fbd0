import type { OwnAccount } from '../ledger/ownAccounts';
import { NetworkError, type FollowerPage, type FollowerSource } from './followers';

/** The pause between two pages: what a person paging quickly would make of it. */
export const PACE = 1_000;
const MOST_PAGES = 25_000;
const MOST_EMPTY = 20;

/** A follower list page by page, from a cursor on. A list that goes in circles, or on without end, is `invalid`. */
export async function* walkFollowers(
  source: FollowerSource,
  own: OwnAccount,
  from: string | null = null,
): AsyncGenerator<FollowerPage, void, void> {
  let cursor = from;
  // A circle of any length comes by a cursor that is kept for twice as long each time, so one at a time is enough.
  let kept: string | null = null;
  let keptFor = 1;
  let empty = 0;
  for (let pages = 1, sinceKept = 0; pages <= MOST_PAGES; pages++) {
    const page = await source.page(own, cursor);
    yield page;
    if (page.next === null) return;
    empty = page.followers.length === 0 ? empty + 1 : 0;
    if (page.next === kept || empty > MOST_EMPTY) break;
    if (++sinceKept >= keptFor) {
      kept = page.next;
      keptFor *= 2;
      sinceKept = 0;
    }
    cursor = page.next;
  }
  throw new NetworkError('invalid');
}
