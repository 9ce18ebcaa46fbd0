import { browser } from 'wxt/browser';
import type { ShownAccount } from './lookup/account';
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

export async function findOne(account: ShownAccount): Promise<Found | null> {
  const found = (await ask({ type: 'lookup', accounts: [account] })) as Found[] | null;
  return found?.[0] ?? null;
}

export async function serviceStatus(): Promise<ServiceStatus | null> {
  return (await ask({ type: 'status' })) as ServiceStatus | null;
}

export async function tryService(address: string): Promise<TriedService | null> {
  return (await ask({ type: 'try', address })) as TriedService | null;
}

export async function showAgain(key: string): Promise<void> {
  await ask({ type: 'unhide', key });
}

export async function renewLookup(): Promise<void> {
  await ask({ type: 'renew' });
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
