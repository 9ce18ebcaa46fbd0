import { browser, type Browser } from 'wxt/browser';
import { openAccountPage } from './account/handover';
import { parseName } from './account/name';
import { shownOn } from './hosts';
import type { PageReport, ToPage } from './messages';
import { say } from './words';

/** Links to profiles that are told by their address alone, wherever they stand. */
const PROFILE_LINKS = [
  ...['https://x.com/*', 'https://*.x.com/*', 'https://twitter.com/*', 'https://*.twitter.com/*'],
  'https://bsky.app/profile/*',
];
/** Links that may be to profiles of any server; only offered on sites that are known to link to such. */
const SERVER_LINKS = ['https://*/@*', 'https://*/*/@*', 'https://*/users/*'];

/** Firefox for Android has no context menus. */
const menus = (): typeof browser.contextMenus | undefined =>
  (browser as Partial<typeof browser>).contextMenus;

/** Makes the menu items anew: after an installation or a start, and when sites were added or taken back. */
export async function renewMenus(): Promise<void> {
  const contextMenus = menus();
  if (contextMenus === undefined) return;
  const pages = await shownOn();
  await contextMenus.removeAll();
  const title = say('menuLookUp');
  const make = (item: Browser.contextMenus.CreateProperties) => {
    contextMenus.create(item, () => {
      // Two renewals at once: the item is there already, which is all that was wanted. To read the error is to take note.
      const { lastError } = browser.runtime;
      return lastError;
    });
  };
  make({ id: 'profile-link', title, contexts: ['link'], targetUrlPatterns: PROFILE_LINKS });
  make({
    id: 'server-link',
    title,
    contexts: ['link'],
    targetUrlPatterns: SERVER_LINKS,
    documentUrlPatterns: pages,
  });
  make({ id: 'page', title, contexts: ['page'], documentUrlPatterns: pages });
}

/** Looks up what was clicked. The item says that it sends the name: the page that opens asks at once. */
export function listenToMenus(): void {
  menus()?.onClicked.addListener(({ linkUrl, pageUrl }, tab) => {
    void (async () => {
      const account =
        linkUrl === undefined ? ((await profileIn(tab)) ?? parseName(pageUrl ?? '')) : parseName(linkUrl);
      await openAccountPage(account, tab);
    })();
  });
}

/** The account whose profile the tab shows: the page may know its native id, which the address does not tell. */
async function profileIn(tab: Browser.tabs.Tab | undefined) {
  if (tab?.id === undefined) return null;
  const message: ToPage = { type: 'page' };
  try {
    const report = await browser.tabs.sendMessage<ToPage, PageReport | undefined>(tab.id, message);
    return report?.profile ?? null;
  } catch {
    return null;
  }
}
