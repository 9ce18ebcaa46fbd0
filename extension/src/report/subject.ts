import type { Departure } from '../ledger/departure';
import type { ShownAccount } from '../lookup/account';
import type { PracticeId } from '../settings';

/** What the dialog was opened for, as far as the place it was opened from tells. */
export interface Subject {
  account?: ShownAccount | null;
  practice?: PracticeId;
  note?: string;
  /** The text of a message, as it was selected. */
  text?: string;
  /** What the user's own record says of the account. */
  departure?: Departure;
  /** A report that was sent had a message's fingerprint, which is not kept here. */
  hadMessage?: boolean;
  /** It was asked for in a private window, so nothing of it is here. */
  isPrivate?: boolean;
}
