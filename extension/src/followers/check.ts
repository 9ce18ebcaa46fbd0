import type { OwnAccount } from '../ledger/ownAccounts';
import type { ShownAccount } from '../lookup/account';
import { MOST_ACCOUNTS, type Found } from '../messages';
import { NetworkError, type FollowerPage, type FollowerSource } from '../networks/followers';
import { PACE, walkFollowers } from '../networks/walk';
import { isOfNote, rowOf, type Row } from './rows';

const SHORTEST_WAIT = 5_000;
const WAIT_UNTOLD = 60_000;

export type Failure = NetworkError['code'] | 'no-answer';

/** How far a check has come. */
export interface Progress {
  state: 'walking' | 'paused' | 'waiting' | 'done' | 'cancelled' | 'failed';
  /** Followers looked up so far. */
  looked: number;
  /** Rows of the network's that could not be read. */
  unread: number;
  /** How many followers the account is said to have. */
  total: number | null;
  /** Those of note, or everybody: one array, which grows. */
  rows: readonly Row[];
  failure: Failure | null;
  /** When the network is asked again, where it wants to be left alone until then. */
  retryAt: number | null;
}

export interface Check {
  pause(): void;
  /** After a pause, or after a failure from where it happened. */
  goOn(): void;
  cancel(): void;
}

export interface CheckParts {
  source: FollowerSource;
  /** What is known of accounts, in order; null when nobody answers. */
  lookUp: (accounts: ShownAccount[]) => Promise<Found[] | null>;
  wait: (milliseconds: number) => Promise<void>;
  now: () => number;
  tell: (progress: Progress) => void;
}

/** Looks up everybody who follows an account, page by page; what is not of note is counted and forgotten. */
export function checkFollowers(
  own: OwnAccount,
  everybody: boolean,
  { source, lookUp, wait, now, tell }: CheckParts,
): Check {
  const rows: Row[] = [];
  const kept = new Set<string>();
  let progress: Progress = {
    state: 'walking',
    looked: 0,
    unread: 0,
    total: null,
    rows,
    failure: null,
    retryAt: null,
  };
  let cursor: string | null = null;
  let resume: (() => void) | null = null;

  const become = (change: Partial<Progress>) => {
    progress = { ...progress, ...change };
    tell(progress);
  };
  const isCancelled = () => progress.state === 'cancelled';

  const take = async (page: FollowerPage) => {
    const found: Found[] = [];
    for (let start = 0; start < page.followers.length; start += MOST_ACCOUNTS) {
      const accounts = page.followers.slice(start, start + MOST_ACCOUNTS).map(named);
      const answer = await lookUp(accounts);
      if (answer?.length !== accounts.length) throw new Unanswered();
      found.push(...answer);
    }
    if (isCancelled()) return;
    for (const [index, account] of page.followers.entries()) {
      const known = found[index];
      if (!known) continue;
      const row = rowOf(account, known);
      // A list that shifts while it is read may tell of somebody twice.
      if ((!everybody && !isOfNote(row)) || kept.has(account.nativeId)) continue;
      kept.add(account.nativeId);
      rows.push(row);
    }
    become({ looked: progress.looked + page.followers.length, unread: progress.unread + (page.unread ?? 0) });
  };

  const walk = async () => {
    if (progress.total === null) become({ total: await source.count(own) });
    for await (const page of walkFollowers(source, own, cursor)) {
      await take(page);
      if (isCancelled() || page.next === null) return;
      cursor = page.next;
      await wait(PACE);
      if (progress.state === 'paused') await new Promise<void>((resolve) => (resume = resolve));
      if (isCancelled()) return;
    }
  };

  const run = async (): Promise<void> => {
    try {
      await walk();
      if (!isCancelled()) become({ state: 'done' });
    } catch (failure) {
      if (isCancelled()) return;
      if (failure instanceof NetworkError && failure.code === 'too-many-requests')
        await waitUntil(failure.retryAt);
      else become({ state: 'failed', failure: failure instanceof NetworkError ? failure.code : 'no-answer' });
    }
  };

  const waitUntil = async (told: number | null) => {
    const retryAt = Math.max(told ?? now() + WAIT_UNTOLD, now() + SHORTEST_WAIT);
    become({ state: 'waiting', retryAt });
    await wait(retryAt - now());
    if (isCancelled()) return;
    become({ state: 'walking', retryAt: null });
    await run();
  };

  void run();
  return {
    pause() {
      if (progress.state === 'walking') become({ state: 'paused' });
    },
    goOn() {
      if (progress.state === 'failed') {
        become({ state: 'walking', failure: null });
        void run();
      } else if (progress.state === 'paused') {
        become({ state: 'walking' });
        resume?.();
        resume = null;
      }
    },
    cancel() {
      become({ state: 'cancelled' });
      resume?.();
    },
  };
}

class Unanswered extends Error {}

/** Names are nobody's business but the reader's. */
function named({ network, handle, nativeId }: ShownAccount): ShownAccount {
  return { network, handle, nativeId };
}
