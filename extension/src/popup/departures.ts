import { departuresWithin } from '../ledger/departures';
import { record } from '../ledger/ledger';
import { ownAccounts } from '../ledger/ownAccounts';

/** How many accounts left the user within a week, by their own record; null where nothing is recorded. */
export async function departuresWithinAWeek(): Promise<number | null> {
  if ((await ownAccounts()).length === 0) return null;
  return departuresWithin(record, 7, Date.now());
}
