/*
 * What the parts of the extension say to each other. Content scripts run in pages, so what they send is checked
 * like anything else from outside; they may ask for a look-up and to hide an account, nothing more.
 */
import type { Network, ShownAccount } from './lookup/account';
import type { Listing } from './lookup/lookup';
import type { ListState } from './lookup/publishedList';
import type { Account, Manifest } from './lookup/wire';

/** What a content script may ask of the background. */
export type PageRequest =
  | { type: 'lookup'; accounts: ShownAccount[] } // answers Found[], in order
  | { type: 'hide'; account: Account }; // answers nothing

/** What popup and options may ask of the background, besides. */
export type OwnRequest =
  | { type: 'unhide'; key: string } // answers nothing
  | { type: 'status' } // answers ServiceStatus, after asking the service
  | { type: 'try'; address: string } // answers TriedService
  | { type: 'renew' }; // answers nothing; another service was chosen

/** What the background and the popup say to a content script. */
export type ToPage =
  | { type: 'refresh' } // look everything up again; answers nothing
  | { type: 'page' }; // answers PageReport

export interface Found {
  listing: Listing | null;
  hidden: boolean;
}

export type TriedService = { manifest: Manifest } | { failure: 'away' | 'invalid' };

export interface ServiceStatus extends ListState {
  address: string;
}

/** What a content script makes of the page it is on. */
export interface PageReport {
  /** The account whose profile this is, null elsewhere. */
  profile: ShownAccount | null;
  /** The page is one we know, had its time, and nothing on it could be read. */
  changed: boolean;
}

export const MOST_ACCOUNTS = 100;

const NETWORKS: readonly Network[] = ['x', 'bluesky', 'mastodon'];

export function parsePageRequest(message: unknown): PageRequest | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return null;
  if (message.type === 'lookup' && 'accounts' in message && Array.isArray(message.accounts)) {
    const accounts: unknown[] = message.accounts;
    if (accounts.length > MOST_ACCOUNTS || !accounts.every(isShownAccount)) return null;
    return { type: 'lookup', accounts };
  }
  if (message.type === 'hide' && 'account' in message && isShownAccount(message.account)) {
    return { type: 'hide', account: message.account };
  }
  return null;
}

export function parseOwnRequest(message: unknown): OwnRequest | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return null;
  if (message.type === 'status' || message.type === 'renew') return { type: message.type };
  if (message.type === 'unhide' && 'key' in message && typeof message.key === 'string') {
    return { type: 'unhide', key: message.key };
  }
  if (message.type === 'try' && 'address' in message && typeof message.address === 'string') {
    return { type: 'try', address: message.address };
  }
  return null;
}

function isShownAccount(value: unknown): value is ShownAccount {
  if (typeof value !== 'object' || value === null) return false;
  const { network, handle, nativeId } = value as Partial<Record<string, unknown>>;
  return NETWORKS.some((known) => known === network) && isName(handle) && isName(nativeId);
}

function isName(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && value.length > 0 && value.length <= 2048);
}
