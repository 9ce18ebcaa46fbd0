import type { Body } from '../call';
import { DAY, instantOf, named, startOf } from '../contribution/observation';
import type { Departure } from '../ledger/departure';
import type { ShownAccount } from '../lookup/account';
import { words } from '../lookup/wire';
import type { PracticeId } from '../settings';
import type { MessageFingerprint } from './fingerprint';

/** What the service takes. */
export type NewReport = Body<'sendReport'>;

export const LONGEST_NOTE = 500;

/** What is told of a message. */
export interface ToldMessage extends MessageFingerprint {
  /** From the follow to the message; null where the user does not know. */
  delaySeconds: number | null;
}

/** What somebody is about to tell of an account. */
export interface Draft {
  account: ShownAccount;
  practice: PracticeId;
  note: string;
  message: ToldMessage | null;
  /** From the user's own record. */
  departure: Departure | null;
}

/** The literal text that is shown and sent; null where the account cannot be named to a service. */
export function bodyOf({ account, practice, note, message, departure }: Draft): string | null {
  const name = named(account);
  if (name === null) return null;
  const plainNote = words(note.replace(/\p{Cs}/gu, ''), LONGEST_NOTE);
  const dates = departure && datesOf(departure);
  const report: NewReport = {
    account: name,
    practice,
    ...(plainNote !== null && { note: plainNote }),
    ...(message && practice === 'auto-dm' && { message: toldOf(message) }),
    ...(dates && { dates }),
  };
  return JSON.stringify(report, null, 2);
}

/**
 * By when they followed and were gone, to the day (UTC); null where the record is not certain that they left: what may have
 * been a block or an outage is no evidence.
 */
export function datesOf({ followed, left, uncertain }: Departure): NonNullable<NewReport['dates']> | null {
  const [followedAt, leftAt] = [Date.parse(followed[1]), Date.parse(left[1])];
  if (uncertain || !(followedAt <= leftAt)) return null;
  return { followedAt: dayOf(followedAt), leftAt: dayOf(leftAt) };
}

const dayOf = (instant: number) => instantOf(startOf(instant, DAY));

function toldOf({ fingerprint, bands, kind, delaySeconds, hasLink }: ToldMessage) {
  return { fingerprint, bands, kind, ...(delaySeconds !== null && { delaySeconds }), hasLink };
}
