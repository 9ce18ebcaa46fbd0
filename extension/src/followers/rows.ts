import type { Departure } from '../ledger/departure';
import type { Listing } from '../lookup/lookup';
import type { Verdict } from '../lookup/wire';
import type { Found } from '../messages';
import type { ListedFollower } from '../networks/followers';
import { practiceOf } from '../practices';
import { say } from '../words';

/** A follower and what is known of them. */
export interface Row {
  account: ListedFollower;
  listing: Listing | null;
  /** Those this version can name, the strongest first. */
  verdicts: Verdict[];
  departure: Departure | null;
  /** Its badge was hidden when it was looked up. */
  hidden: boolean;
}

export const COLUMNS = ['account', 'seen', 'statement', 'left', 'asOf'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Order {
  column: Column;
  descending: boolean;
}

/** Which rows are wanted; '' stands for any. */
export interface Filter {
  everybody: boolean;
  practice: string;
  standing: Verdict['standing'] | '';
}

export const NO_FILTER: Filter = { everybody: false, practice: '', standing: '' };

const RANK: Record<Verdict['standing'], number> = { confirmed: 2, likely: 1 };

export function rowOf(account: ListedFollower, { listing, hidden, departure }: Found): Row {
  const verdicts = (listing?.verdicts ?? [])
    .filter((verdict) => practiceOf(verdict) !== null)
    .sort((one, other) => RANK[other.standing] - RANK[one.standing]);
  return { account, listing, verdicts, departure, hidden };
}

/** Whether there is anything to say of a follower that a badge would say, too. */
export function isOfNote({ verdicts, departure }: Row): boolean {
  return departure !== null || verdicts.some((verdict) => practiceOf(verdict)?.onDemand !== true);
}

/** The rows that are wanted, in order; what has nothing in the ordering column comes last both ways. */
export function select(rows: readonly Row[], filter: Filter, { column, descending }: Order): Row[] {
  const keyed = rows.filter((row) => isWanted(row, filter)).map((row) => ({ row, key: keyOf(row, column) }));
  const direction = descending ? -1 : 1;
  keyed.sort((one, other) => {
    if (one.key === other.key) return 0;
    if (one.key === '' || other.key === '') return one.key === '' ? 1 : -1;
    return one.key < other.key ? -direction : direction;
  });
  return keyed.map(({ row }) => row);
}

/** The rows in which a text stands, in the order they had. */
export function search(rows: Row[], text: string): Row[] {
  const wanted = text.trim().toLowerCase();
  const has = (said: string) => said.toLowerCase().includes(wanted);
  if (wanted === '') return rows;
  return rows.filter(
    ({ account, verdicts }) =>
      has(account.handle) ||
      has(account.name) ||
      verdicts.some((verdict) => has(nameOf(verdict)) || has(verdict.statement)),
  );
}

function isWanted(row: Row, { everybody, practice, standing }: Filter): boolean {
  if (practice === '' && standing === '') return everybody || isOfNote(row);
  return row.verdicts.some(
    (verdict) =>
      (practice === '' || verdict.practice === practice) &&
      (standing === '' || verdict.standing === standing),
  );
}

function keyOf({ account, verdicts, departure }: Row, column: Column): string {
  const [first] = verdicts;
  switch (column) {
    case 'account':
      return account.handle.toLowerCase();
    case 'seen':
      return first ? `${RANK[first.standing]} ${nameOf(first)}` : '';
    case 'statement':
      return first?.statement ?? '';
    case 'left':
      return departure?.left[1] ?? '';
    case 'asOf':
      return first?.asOf ?? '';
  }
}

export function nameOf(verdict: Verdict): string {
  const practice = practiceOf(verdict);
  return practice === null ? '' : say(practice.name);
}

/** Where the account's own page is. */
export function profileOf({ network, handle }: ListedFollower): string {
  switch (network) {
    case 'x':
      return `https://x.com/${encodeURIComponent(handle)}`;
    case 'bluesky':
      return `https://bsky.app/profile/${encodeURIComponent(handle).replaceAll('%3A', ':')}`;
    case 'mastodon': {
      const [user = '', host = ''] = handle.split('@');
      return `https://${host}/@${encodeURIComponent(user)}`;
    }
  }
}
