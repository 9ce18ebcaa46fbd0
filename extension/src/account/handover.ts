import { browser, type Browser } from 'wxt/browser';
import type { ShownAccount } from '../lookup/account';

/*
 * Whom a page of our own is to look up goes through the session's storage, which lives in memory only. In an address it
 * would stay in the browser's history, and in that of whoever is synchronised with it.
 */

/** `null`: what was clicked names no account. */
type HandedOver = ShownAccount | null;

const slot = (tab: number) => `lookUp:${tab}`;

/** Opens the page that looks an account up, in the window it was asked for in. */
export async function openAccountPage(account: HandedOver, from?: Browser.tabs.Tab): Promise<void> {
  const { id } = await browser.tabs.create({
    url: browser.runtime.getURL('/account.html'),
    ...(from && { windowId: from.windowId, index: from.index + 1 }),
  });
  if (id !== undefined) await browser.storage.session.set({ [slot(id)]: account });
}

/** Calls back once with what this page was opened for, whether that is there already or comes; returns how to stop that. */
export function onHandedOver(take: (account: HandedOver) => void): () => void {
  let done = false;
  const look = async () => {
    const tab = await browser.tabs.getCurrent();
    const key = slot(tab?.id ?? -1);
    const stored = await browser.storage.session.get(key);
    if (done || !(key in stored)) return;
    done = true;
    await browser.storage.session.remove(key);
    take((stored[key] ?? null) as HandedOver);
  };
  const onChange = (_: unknown, area: string) => {
    if (area === 'session') void look();
  };
  browser.storage.onChanged.addListener(onChange);
  void look();
  return () => {
    done = true;
    browser.storage.onChanged.removeListener(onChange);
  };
}
