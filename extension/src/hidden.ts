import { browser } from 'wxt/browser';
import { alone } from './alone';
import { accountKeys, type ShownAccount } from './lookup/account';
import type { Account } from './lookup/wire';

const HIDDEN = 'hidden';

/** An account whose badge the user does not want to see: its key, and the name it had then. */
export interface HiddenAccount {
  key: string;
  name: string;
}

/** The key that stays when the account is renamed, where there is one. */
export function hidingKey(account: Account): string | null {
  return accountKeys(account)[0] ?? null;
}

export async function hiddenAccounts(): Promise<HiddenAccount[]> {
  const stored = (await browser.storage.local.get(HIDDEN))[HIDDEN];
  return Array.isArray(stored) ? (stored as HiddenAccount[]) : [];
}

export async function hide(account: Account): Promise<void> {
  const key = hidingKey(account);
  if (key !== null) await hideAgain([{ key, name: account.handle ?? account.nativeId ?? key }]);
}

/** Hides these besides whatever is hidden. */
export function hideAgain(hidden: HiddenAccount[]): Promise<void> {
  const keys = new Set(hidden.map(({ key }) => key));
  return change((former) => [...former.filter(({ key }) => !keys.has(key)), ...hidden]);
}

export function unhide(key: string): Promise<void> {
  return change((former) => former.filter((hidden) => hidden.key !== key));
}

/** Takes the place of all that was hidden. */
export function replaceHidden(hidden: HiddenAccount[]): Promise<void> {
  return change(() => hidden);
}

function change(how: (former: HiddenAccount[]) => HiddenAccount[]): Promise<void> {
  return alone(HIDDEN, async () => {
    await browser.storage.local.set({ [HIDDEN]: how(await hiddenAccounts()) });
  });
}

/** Under which keys an account is hidden, by any of the names it is known by. */
export async function hiddenKeys(names: ShownAccount[]): Promise<string[]> {
  const keys = names.flatMap(accountKeys);
  return (await hiddenAccounts()).map(({ key }) => key).filter((key) => keys.includes(key));
}
