import { browser, type Browser } from 'wxt/browser';
import { parseName } from './account/name';
import { openFor } from './handover';
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

/** No message that is told of is read further; in UTF-16 units. */
const LONGEST_SELECTION = 20_000;

type Clicked = Browser.contextMenus.OnClickData;
type Tab = Browser.tabs.Tab | undefined;

/** Firefox for Android has no context menus. */
const menus = (): typeof browser.contextMenus | undefined =>
  (browser as Partial<typeof browser>).contextMenus;

/** Makes the menu items anew: after an installation or a start, and when sites were added or taken back. */
export async function renewMenus(): Promise<void> {
  const contextMenus = menus();
  if (contextMenus === undefined) return;
  const pages = await shownOn();
  await contextMenus.removeAll();
  const [title, report] = [say('menuLookUp'), say('reportMenu')];
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
  make({ id: 'report-profile-link', title: report, contexts: ['link'], targetUrlPatterns: PROFILE_LINKS });
  make({
    id: 'report-server-link',
    title: report,
    contexts: ['link'],
    targetUrlPatterns: SERVER_LINKS,
    documentUrlPatterns: pages,
  });
  make({
    id: 'report-message',
    title: say('reportMenuMessage'),
    contexts: ['selection'],
    documentUrlPatterns: pages,
  });
}

/** Looks up what was clicked, or opens the dialog to report it. Looking up says that it sends the name: the page that opens asks at once. */
export function listenToMenus(): void {
  menus()?.onClicked.addListener((clicked, tab) => {
    void (String(clicked.menuItemId).startsWith('report-') ? report(clicked, tab) : lookUp(clicked, tab));
  });
}

async function lookUp({ linkUrl, pageUrl }: Clicked, tab: Tab): Promise<void> {
  const account =
    linkUrl === undefined ? ((await profileIn(tab)) ?? parseName(pageUrl ?? '')) : parseName(linkUrl);
  await openFor('account', account, tab);
}

async function report({ menuItemId, linkUrl, selectionText }: Clicked, tab: Tab): Promise<void> {
  // Of a private window nothing goes further, not even to the page that says so.
  if (tab?.incognito === true) await openFor('report', { isPrivate: true });
  else if (menuItemId === 'report-message') {
    const text = selectionText?.slice(0, LONGEST_SELECTION) ?? '';
    await openFor('report', { account: await profileIn(tab), practice: 'auto-dm', text }, tab);
  } else await openFor('report', { account: parseName(linkUrl ?? '') }, tab);
}

/** The account whose profile the tab shows: the page may know its native id, which the address does not tell. */
async function profileIn(tab: Tab) {
  if (tab?.id === undefined) return null;
  const message: ToPage = { type: 'page' };
  try {
    const report = await browser.tabs.sendMessage<ToPage, PageReport | undefined>(tab.id, message);
    return report?.profile ?? null;
  } catch {
    return null;
  }
}
