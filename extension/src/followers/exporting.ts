import { csv } from '../files';
import type { Row } from './rows';
import { profileOf } from './rows';

const COLUMNS = [
  'network',
  'handle',
  'native_id',
  'name',
  'profile',
  'practices',
  'statements',
  'as_of',
  'evidence',
  'left_not_before',
  'left_not_after',
  'left_uncertain',
];

/** Rows for a spreadsheet. */
export function toCsv(rows: readonly Row[]): string {
  const lines = rows.map(({ account, verdicts, listing, departure }) => [
    account.network,
    account.handle,
    account.nativeId,
    account.name,
    profileOf(account),
    verdicts.map(({ practice, standing }) => `${practice}: ${standing}`).join('; '),
    verdicts.map(({ statement }) => statement).join(' | '),
    verdicts[0]?.asOf ?? '',
    verdicts.length > 0 ? (listing?.page ?? '') : '',
    departure?.left[0] ?? '',
    departure?.left[1] ?? '',
    departure ? String(departure.uncertain) : '',
  ]);
  return csv([COLUMNS, ...lines]);
}

/** Rows with all that was shown of them. */
export function toJson(rows: readonly Row[], own: string, at: string): string {
  const followers = rows.map(({ account, verdicts, listing, departure }) => ({
    ...account,
    profile: profileOf(account),
    evidence: verdicts.length > 0 ? (listing?.page ?? null) : null,
    verdicts: verdicts.map(({ practice, standing, disputed, statement, asOf }) => ({
      practice,
      standing,
      disputed,
      statement,
      asOf,
    })),
    departure,
  }));
  return JSON.stringify({ account: own, checkedAt: at, followers }, null, 2) + '\n';
}

/** A file name that says whose followers and when, in characters every system takes. */
export function fileName(handle: string, at: string, ending: 'csv' | 'json'): string {
  return `followers-${handle.replace(/[^A-Za-z0-9.-]+/g, '-').slice(0, 80)}-${at.slice(0, 10)}.${ending}`;
}
