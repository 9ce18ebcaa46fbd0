import { accountKeys, type ShownAccount } from '../lookup/account';
import { recordChoice } from './choice';
import type { Departure } from './departure';
import { noteSightings } from './note';
import { addOwnAccount, isSame, ownAccounts, type OwnAccount } from './ownAccounts';
import type { Sightings } from './sightings';
import { departureOf } from './spells';
import { isMeant, newOwn, openRecord, recordOf, type Follower, type Own, type RecordStore } from './store';

/** The user's own record of who followed them and who left again. It stays on the device. */
export interface Ledger {
  /** What the record holds of accounts, in order; null where they never left. Cheap: it is asked for every row of a page. */
  recall(accounts: ShownAccount[]): Promise<(Departure | null)[]>;
  /** Notes what a page told; answers whether it told of an own account with a record. */
  note(told: Sightings): Promise<boolean>;
}

/** The record over a store, at an hour. */
export function ledgerOver(store: RecordStore, now: () => number = Date.now): Ledger {
  return {
    async recall(accounts) {
      try {
        const at = new Date(now()).toISOString();
        return await store.read(async (rows) => {
          const kept = new Set(
            (await rows.owns()).flatMap(({ key, deleteAt }) => (deleteAt === null ? [key] : [])),
          );
          const recallOne = async (account: ShownAccount) => {
            const found = await Promise.all(accountKeys(account).map((key) => rows.gone(key)));
            return newest(found.flat().filter((row) => kept.has(row.own) && isMeant(row, account, at)));
          };
          return kept.size === 0 ? accounts.map(() => null) : Promise.all(accounts.map(recallOne));
        });
      } catch {
        // Without the record, pages show what the list says.
        return accounts.map(() => null);
      }
    },

    async note(told) {
      const { viewer } = told;
      if (!(await recordChoice())[viewer.network]) return false;
      const own = await recordFor(store, viewer, now());
      if (own?.deleteAt !== null) return false;
      await noteSightings(store, own.key, { ...told, ...visitOf(told) }, now());
      return true;
    },
  };
}

export const record: RecordStore = openRecord();

export const ledger: Ledger = ledgerOver(record);

/** The record of an own account, begun if there is none; null for anybody else. */
async function recordFor(store: RecordStore, viewer: ShownAccount, now: number): Promise<Own | null> {
  const known = (await ownAccounts()).find((own) => isSame(own, viewer));
  if (known !== undefined) return recordOfOwn(store, known, now);
  const { handle } = viewer;
  // Where the user turned the record on, whoever is signed in is one of their own. Polled networks are told by hand.
  if (viewer.network !== 'x' || handle === null) return null;
  const own = { ...viewer, handle };
  await addOwnAccount(own);
  return recordOfOwn(store, own, now);
}

/** The record of an own account, begun if there is none. */
export async function recordOfOwn(store: RecordStore, account: OwnAccount, now: number): Promise<Own> {
  return store.change(async (rows) => {
    const found = recordOf(await rows.owns(), account);
    if (found !== null) return found;
    const own = newOwn(account, new Date(now).toISOString());
    await rows.putOwn(own);
    return own;
  });
}

function newest(rows: Follower[]): Departure | null {
  const departures = rows.map(departureOf).filter((departure) => departure !== null);
  return departures.sort((one, other) => (one.left[1] < other.left[1] ? 1 : -1))[0] ?? null;
}

/** What a page calls itself is from outside. */
function visitOf({ visit }: { visit?: unknown }): { visit?: string } {
  return typeof visit === 'string' && visit.length <= 64 ? { visit } : {};
}
