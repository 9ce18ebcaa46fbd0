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

/** Those that are kept. */
export function hiddenAccounts(): Promise<HiddenAccount[]> {
  return hiddenIn('local');
}

/** The keys of all that is hidden now, also of what was hidden in private windows. */
export async function keysHidden(): Promise<Set<string>> {
  const hidden = await Promise.all([hiddenIn('local'), hiddenIn('session')]);
  return new Set(hidden.flat().map(({ key }) => key));
}

/** What was hidden in private windows is kept in memory, until the browser is closed. */
export async function hide(account: Account, isPrivate = false): Promise<void> {
  const key = hidingKey(account);
  if (key === null) return;
  await add([{ key, name: account.handle ?? account.nativeId ?? key }], isPrivate ? 'session' : 'local');
}

/** Hides these besides whatever is hidden. */
export function hideAgain(hidden: HiddenAccount[]): Promise<void> {
  return add(hidden, 'local');
}

export async function unhide(key: string): Promise<void> {
  for (const area of ['local', 'session'] as const)
    await change((former) => former.filter((hidden) => hidden.key !== key), area);
}

/** Takes the place of all that was hidden. */
export function replaceHidden(hidden: HiddenAccount[]): Promise<void> {
  return change(() => hidden);
}

type Area = 'local' | 'session';

function add(hidden: HiddenAccount[], area: Area): Promise<void> {
  const keys = new Set(hidden.map(({ key }) => key));
  return change((former) => [...former.filter(({ key }) => !keys.has(key)), ...hidden], area);
}

function change(how: (former: HiddenAccount[]) => HiddenAccount[], area: Area = 'local'): Promise<void> {
  return alone(HIDDEN, async () => {
    const former = await hiddenIn(area);
    const hidden = how(former);
    if (hidden.length > 0 || former.length > 0) await browser.storage[area].set({ [HIDDEN]: hidden });
  });
}

async function hiddenIn(area: Area): Promise<HiddenAccount[]> {
  const stored = (await browser.storage[area].get(HIDDEN))[HIDDEN];
  return Array.isArray(stored) ? (stored as HiddenAccount[]) : [];
}

/** Under which keys an account is hidden, by any of the names it is known by. */
export async function hiddenKeys(names: ShownAccount[]): Promise<string[]> {
  const hidden = await keysHidden();
  return [...new Set(names.flatMap(accountKeys))].filter((key) => hidden.has(key));
}
