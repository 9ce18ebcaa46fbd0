import { browser, type Browser } from 'wxt/browser';
import type { ShownAccount } from './lookup/account';
import type { Subject } from './report/subject';

/*
 * Whom a page of our own is about goes through the session's storage, which lives in memory only. In an address it
 * would stay in the browser's history, and in that of whoever is synchronised with it.
 */

/** What each page is opened for. */
interface HandedOver {
  /** `null`: what was clicked names no account. */
  account: ShownAccount | null;
  report: Subject;
}

const slot = (page: keyof HandedOver, tab: number) => `handedOver:${page}:${tab}`;

/** Opens a page for something, in the window it was asked for in. */
export async function openFor<Page extends keyof HandedOver>(
  page: Page,
  subject: HandedOver[Page],
  from?: Browser.tabs.Tab,
): Promise<void> {
  const { id } = await browser.tabs.create({
    url: browser.runtime.getURL(`/${page}.html`),
    ...(from && { windowId: from.windowId, index: from.index + 1 }),
  });
  if (id !== undefined) await browser.storage.session.set({ [slot(page, id)]: subject });
}

/** Calls back once with what this page was opened for, whether that is there already or comes; returns how to stop that. */
export function onHandedOver<Page extends keyof HandedOver>(
  page: Page,
  take: (subject: HandedOver[Page]) => void,
): () => void {
  let done = false;
  const look = async () => {
    const tab = await browser.tabs.getCurrent();
    const key = slot(page, tab?.id ?? -1);
    const stored = await browser.storage.session.get(key);
    if (done || !(key in stored)) return;
    done = true;
    await browser.storage.session.remove(key);
    take((stored[key] ?? null) as HandedOver[Page]);
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
