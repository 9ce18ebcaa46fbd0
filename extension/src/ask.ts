import { browser } from 'wxt/browser';
import type { ShownAccount } from './lookup/account';
import type { Answer } from './lookup/answer';
import type {
  Found,
  OwnRequest,
  PageReport,
  PageRequest,
  ServiceStatus,
  ToPage,
  TriedService,
} from './messages';

/* What popup and options ask of the background and of the page; null where nobody answers. */

export async function findOne(account: ShownAccount, isPrivate: boolean): Promise<Found | null> {
  const found = (await ask({ type: 'lookup', accounts: [account], isPrivate })) as Found[] | null;
  return found?.[0] ?? null;
}

export async function serviceStatus(): Promise<ServiceStatus | null> {
  return (await ask({ type: 'status' })) as ServiceStatus | null;
}

export async function tryService(address: string): Promise<TriedService | null> {
  return (await ask({ type: 'try', address })) as TriedService | null;
}

/** Sends the account's name to the service: only for a click on something that says so, and names the service if it can. */
export async function askService(account: ShownAccount, service: string | null): Promise<Answer> {
  return (
    ((await ask({ type: 'ask', account, ...(service !== null && { service }) })) as Answer | null) ?? {
      failure: 'off',
    }
  );
}

export async function hideBadges(account: ShownAccount, isPrivate: boolean): Promise<void> {
  await ask({ type: 'hide', account, isPrivate });
}

export async function showAgain(key: string): Promise<void> {
  await ask({ type: 'unhide', key });
}

export async function renewLookup(): Promise<void> {
  await ask({ type: 'renew' });
}

/** Before the browser is asked for the host, whose question may close the popup. */
export async function expectHost(host: string): Promise<void> {
  await ask({ type: 'expect-host', host });
}

export async function addHost(host: string): Promise<boolean> {
  return (await ask({ type: 'add-host', host })) === true;
}

export async function clearShelf(shelf: 'list' | 'ranges'): Promise<void> {
  await ask({ type: 'clear', shelf });
}

/** What the content script makes of the page in the active tab; null where there is none. */
export async function pageReport(): Promise<PageReport | null> {
  const message: ToPage = { type: 'page' };
  try {
    const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
    if (tab?.id === undefined) return null;
    return (await browser.tabs.sendMessage<ToPage, PageReport | undefined>(tab.id, message)) ?? null;
  } catch {
    return null;
  }
}

async function ask(request: PageRequest | OwnRequest): Promise<unknown> {
  try {
    return (await browser.runtime.sendMessage<unknown, unknown>(request)) ?? null;
  } catch {
    return null;
  }
}
