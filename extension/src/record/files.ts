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
  const lines = departures.map(({ account, followed, left, doubt, isBack }) =>
    [
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
    ]
      .map(cell)
      .join(','),
  );
  return [head.join(','), ...lines, ''].join('\r\n');
}

/** A cell that a spreadsheet takes for text, whatever it begins with. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Hands a file to the user. */
export function save(name: string, type: string, parts: string[]): void {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after this turn.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
