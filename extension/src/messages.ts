/*
 * What the parts of the extension say to each other. Content scripts run in pages, so what they send is checked
 * like anything else from outside; they may ask for a look-up, to hide an account, and for the
 * dialog that reports one, nothing more.
 */
import { isHost } from './hostName';
import type { Departure } from './ledger/departure';
import type { Sighting, Sightings } from './ledger/sightings';
import type { Network, ShownAccount } from './lookup/account';
import type { Listing } from './lookup/lookup';
import type { ListState } from './lookup/publishedList';
import type { Account, Manifest } from './lookup/wire';
import type { Count, ProfileFacts } from './sites/site';

/** What a content script may ask of the background. */
export type PageRequest =
  | { type: 'lookup'; accounts: ShownAccount[]; isPrivate?: boolean } // answers Found[], in order
  | { type: 'hide'; account: Account; isPrivate?: boolean } // answers nothing
  | { type: 'ask'; account: ShownAccount; service?: string } // answers Answer; sends the account's name, so only on an explicit click, and only to the service that was named there
  | { type: 'report'; account: ShownAccount } // answers nothing; opens the dialog, and sends nothing
  | { type: 'wants'; network: Network } // answers Wants
  | { type: 'sightings'; told: Sightings } // answers nothing
  | { type: 'facts'; facts: ProfileFacts }; // answers nothing

/** What popup and options may ask of the background, besides. */
export type OwnRequest =
  | { type: 'unhide'; key: string } // answers nothing
  | { type: 'status' } // answers ServiceStatus, after asking the service
  | { type: 'try'; address: string } // answers TriedService
  | { type: 'renew' } // answers nothing; another service was chosen
  | { type: 'expect-host'; host: string } // answers nothing; the browser is about to be asked for it
  | { type: 'add-host'; host: string } // answers whether it could be added
  | { type: 'clear'; shelf: 'list' | 'ranges' } // answers nothing
  | { type: 'record'; act: 'check' | 'stop'; own: string }; // answers nothing; by the record's key

/** What the background and the popup say to a content script. */
export type ToPage =
  | { type: 'refresh' } // look everything up again; answers nothing
  | { type: 'page' }; // answers PageReport

export interface Found {
  listing: Listing | null;
  hidden: boolean;
  /** What the user's own record says, whatever the service does. */
  departure: Departure | null;
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
  /** The page is in a private window. */
  isPrivate: boolean;
}

export const MOST_ACCOUNTS = 100;

const SIGHTED: readonly Sighting['what'][] = ['followed', 'follows', 'follows-not', 'listed'];

const NETWORKS: readonly Network[] = ['x', 'bluesky', 'mastodon'];

const PLAIN_REQUESTS = ['status', 'renew'] as const;

export function parsePageRequest(message: unknown): PageRequest | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return null;
  const isPrivate = 'isPrivate' in message && message.isPrivate === true;
  if (message.type === 'lookup' && 'accounts' in message && Array.isArray(message.accounts)) {
    const accounts: unknown[] = message.accounts;
    if (accounts.length > MOST_ACCOUNTS || !accounts.every(isShownAccount)) return null;
    return { type: 'lookup', accounts, isPrivate };
  }
  if (message.type === 'hide' && 'account' in message && isShownAccount(message.account)) {
    return { type: 'hide', account: message.account, isPrivate };
  }
  if (message.type === 'ask' && 'account' in message && isShownAccount(message.account)) {
    const service = 'service' in message ? message.service : undefined;
    if (service !== undefined && typeof service !== 'string') return null;
    return { type: 'ask', account: message.account, ...(service !== undefined && { service }) };
  }
  if (message.type === 'report' && 'account' in message && isShownAccount(message.account)) {
    return { type: 'report', account: message.account };
  }
  if (message.type === 'wants' && 'network' in message) {
    const network = NETWORKS.find((known) => known === message.network);
    return network === undefined ? null : { type: 'wants', network };
  }
  if (message.type === 'sightings' && 'told' in message && isSightings(message.told)) {
    return { type: 'sightings', told: message.told };
  }
  if (message.type === 'facts' && 'facts' in message && isProfileFacts(message.facts)) {
    return { type: 'facts', facts: message.facts };
  }
  return null;
}

export function parseOwnRequest(message: unknown): OwnRequest | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return null;
  const plain = PLAIN_REQUESTS.find((type) => type === message.type);
  if (plain !== undefined) return { type: plain };
  if ('host' in message && isHost(message.host)) {
    const { type, host } = message;
    if (type === 'expect-host' || type === 'add-host') return { type, host };
  }
  if (message.type === 'clear' && 'shelf' in message) {
    const { shelf } = message;
    return shelf === 'list' || shelf === 'ranges' ? { type: 'clear', shelf } : null;
  }
  if (message.type === 'unhide' && 'key' in message && typeof message.key === 'string') {
    return { type: 'unhide', key: message.key };
  }
  if (message.type === 'record' && 'act' in message && 'own' in message && typeof message.own === 'string') {
    if (message.act === 'check' || message.act === 'stop')
      return { type: 'record', act: message.act, own: message.own };
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

function isSightings(value: unknown): value is Sightings {
  if (typeof value !== 'object' || value === null) return false;
  const { viewer, followers, sightings } = value as Partial<Record<string, unknown>>;
  return (
    isShownAccount(viewer) &&
    isCount(followers) &&
    Array.isArray(sightings) &&
    sightings.length <= MOST_ACCOUNTS &&
    sightings.every(isSighting)
  );
}

function isSighting(value: unknown): value is Sighting {
  if (typeof value !== 'object' || value === null) return false;
  const { account, what, at } = value as Partial<Record<string, unknown>>;
  return isShownAccount(account) && SIGHTED.some((known) => known === what) && isInstant(at);
}

function isProfileFacts(value: unknown): value is ProfileFacts {
  if (typeof value !== 'object' || value === null) return false;
  const { account, followers, following, posts, joined } = value as Partial<Record<string, unknown>>;
  const counts = [followers, following, posts];
  return isShownAccount(account) && counts.every(isCount) && (joined === null || isDate(joined));
}

function isCount(value: unknown): value is Count | null {
  if (value === null) return true;
  if (typeof value !== 'object') return false;
  const { value: number, exact } = value as Partial<Record<string, unknown>>;
  return (
    typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 && typeof exact === 'boolean'
  );
}

function isInstant(value: unknown): value is string | null {
  return (
    value === null || (typeof value === 'string' && value.length <= 40 && !Number.isNaN(Date.parse(value)))
  );
}

function isDate(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}(?:-\d{2})?$/.test(value);
}

function isName(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && value.length > 0 && value.length <= 2048);
}
