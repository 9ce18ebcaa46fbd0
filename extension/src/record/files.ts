import { csv } from '../files';
import type { Left } from '../ledger/departures';
import { handleOf } from './told';

/** Departures for a spreadsheet: instants as they are known, an empty cell where they are not. */
export function departuresCsv(departures: Left[]): string {
  const head = [
    'network',
    'handle',
    'nativeId',
    'followedNotBefore',
    'followedNotAfter',
    'leftNotBefore',
    'leftNotAfter',
    'certain',
    'doubt',
    'followsAgain',
  ];
  const lines = departures.map(({ account, followed, left, doubt, isBack }) => [
    account.network,
    handleOf(account),
    account.nativeId ?? '',
    followed[0] ?? '',
    followed[1],
    left[0] ?? '',
    left[1],
    doubt === null ? 'yes' : 'no',
    doubt ?? '',
    isBack ? 'yes' : 'no',
  ]);
  return csv([head, ...lines]);
}
