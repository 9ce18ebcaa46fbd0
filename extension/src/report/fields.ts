import { parseName } from '../account/name';
import { sayAccount } from '../account/words';
import { ownAccounts } from '../ledger/ownAccounts';
import type { ShownAccount } from '../lookup/account';
import type { PracticeId } from '../settings';
import type { Draft, ToldMessage } from './draft';
import { messageFingerprint } from './fingerprint';
import type { MessageKind } from './messageKind';
import type { Subject } from './subject';

/** What stands in the dialog, as it was typed and chosen. */
export interface Fields {
  /** Null where the user says whom they mean. */
  account: ShownAccount | null;
  typed: string;
  practice: PracticeId | null;
  note: string;
  /** Never leaves this tab. */
  text: string;
  /** By which names the message addresses the user. */
  names: string;
  /** Null: as suggested. */
  kind: MessageKind | null;
  delaySeconds: number | null;
  withDates: boolean;
}

export function fieldsFor({ account, practice, note, text, departure }: Subject): Fields {
  return {
    account: account ?? null,
    typed: '',
    practice: practice ?? null,
    note: note ?? '',
    text: text ?? '',
    names: '',
    kind: null,
    delaySeconds: null,
    withDates: departure !== undefined,
  };
}

export function accountIn({ account, typed }: Fields): ShownAccount | null {
  return account ?? parseName(typed);
}

/** What is told of the text, if it is one; names of the user's that stand in it are left out. */
export async function messageIn(fields: Fields): Promise<ToldMessage | null> {
  const { text, names, kind, delaySeconds } = fields;
  if (fields.practice !== 'auto-dm' || text.trim() === '') return null;
  const network = accountIn(fields)?.network;
  const own = (await ownAccounts()).filter((one) => one.network === network).map(sayAccount);
  const told = await messageFingerprint(text, [...names.split(','), ...own]);
  return { ...told, kind: kind ?? told.kind, delaySeconds };
}

/** Null while something is missing that nothing can be sent without. */
export function draftOf(
  fields: Fields,
  message: ToldMessage | null,
  departure: Subject['departure'],
): Draft | null {
  const account = accountIn(fields);
  const { practice, note, withDates } = fields;
  if (account === null || practice === null) return null;
  return { account, practice, note, message, departure: withDates ? (departure ?? null) : null };
}
