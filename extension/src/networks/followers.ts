import type { OwnAccount } from '../ledger/ownAccounts';
import type { Network, ShownAccount } from '../lookup/account';

/** An account in a public list of followers. */
export interface ListedFollower extends ShownAccount {
  handle: string;
  nativeId: string;
  /** The display name: text from anybody. */
  name: string;
}

/** One page of a public list of followers, newest first as far as the network says. */
export interface FollowerPage {
  followers: ListedFollower[];
  /** Where the next page begins; null at the end. */
  next: string | null;
  /** How many rows could not be read and are left out. */
  unread?: number;
}

/** A network's public follower lists, read without any login. Everything throws `NetworkError` and nothing else. */
export interface FollowerSource {
  /** The account behind a handle as typed, with its native id. */
  resolve(name: string): Promise<OwnAccount>;
  /** How many followers the account is said to have. */
  count(own: OwnAccount): Promise<number | null>;
  page(own: OwnAccount, cursor: string | null): Promise<FollowerPage>;
  /**
   * Whether accounts still exist, in order: one that is gone has not unfollowed. A server of its own is asked about all
   * of them where `own` says whose; where nobody answers, or not soon enough, it is `unknown`, and nothing is thrown.
   */
  exist(accounts: ShownAccount[], own?: OwnAccount): Promise<('active' | 'gone' | 'unknown')[]>;
  /**
   * Whether accounts follow `own`, in order, where a network tells it of any two accounts: its list may leave out
   * accounts for other reasons, such as blocks.
   */
  relations?(
    own: OwnAccount,
    accounts: ShownAccount[],
  ): Promise<('follows' | 'follows-not' | 'blocked' | 'unknown')[]>;
  /** The host permission it needs, as a match pattern. */
  permission(own: OwnAccount): string;
}

export class NetworkError extends Error {
  constructor(
    readonly code: 'away' | 'invalid' | 'not-found' | 'hidden' | 'too-many-requests' | 'not-permitted',
    /** When to ask again, in milliseconds since 1970, where the network said so. */
    readonly retryAt: number | null = null,
  ) {
    super(code);
  }
}

/** Who serves a network's lists; null where nobody does (X). */
export type FollowerSources = (network: Network) => FollowerSource | null;
