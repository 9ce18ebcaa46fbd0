import { browser } from 'wxt/browser';
import { alone } from '../alone';
import { accountKeys, type ShownAccount } from '../lookup/account';

const OWN = 'ownAccounts';

/** An account of the user's own, whose followers the record is about. */
export interface OwnAccount extends ShownAccount {
  handle: string;
}

export async function ownAccounts(): Promise<OwnAccount[]> {
  const stored = (await browser.storage.local.get(OWN))[OWN];
  return Array.isArray(stored) ? (stored as OwnAccount[]) : [];
}

export function addOwnAccount(account: OwnAccount): Promise<void> {
  return change((former) => [...former.filter((other) => !isSame(other, account)), account]);
}

export function removeOwnAccount(account: OwnAccount): Promise<void> {
  return change((former) => former.filter((other) => !isSame(other, account)));
}

function change(how: (former: OwnAccount[]) => OwnAccount[]): Promise<void> {
  return alone(OWN, async () => {
    await browser.storage.local.set({ [OWN]: how(await ownAccounts()) });
  });
}

/** Whether two are the same account: by native id where both have one, else by handle. */
export function isSame(one: ShownAccount, other: ShownAccount): boolean {
  const [keys, others] = [accountKeys(one), accountKeys(other)];
  return one.nativeId !== null && other.nativeId !== null
    ? keys[0] === others[0]
    : keys.some((key) => others.includes(key));
}
