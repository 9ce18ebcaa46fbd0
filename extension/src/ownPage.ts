import { browser, type Browser } from 'wxt/browser';

/** Whether a message comes from a page of the extension itself, and not from one in a private window. */
export function isOwnPage(sender: Browser.runtime.MessageSender): boolean {
  const own = sender.url?.startsWith(browser.runtime.getURL('/')) === true;
  return own && sender.id === browser.runtime.id && sender.tab?.incognito !== true;
}
