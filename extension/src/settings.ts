import { browser } from 'wxt/browser';
import { alone } from './alone';
import type { components } from './api';
import type { Network } from './lookup/account';
import type { Listing } from './lookup/lookup';

export const DEFAULT_SERVICE = 'http://localhost:8080';
const SERVICE = 'service';
const CHOICES = 'choices';

const LOCAL_HOSTS = ['localhost', '127.0.0.1'];

export type PracticeId = components['schemas']['PracticeId'];

/** From which standing on a practice is shown on pages; `confirmed`: only what people reviewed. */
export type Sensitivity = (typeof SENSITIVITIES)[number];

export const SENSITIVITIES = ['likely', 'confirmed', 'off'] as const;
export const NETWORKS = ['x', 'bluesky', 'mastodon'] as const satisfies readonly Network[];
export const PRACTICES = [
  'follow-churn',
  'buys-followers',
  'auto-dm',
  'auto-follow-back',
  'unfollow-shaming',
  'automated-promotion',
  'never-replies',
] as const satisfies readonly PracticeId[];

/** What the user wants to see on pages, and on which. */
export interface Choices {
  practices: Record<PracticeId, Sensitivity>;
  /** Where it is off, nothing of that network is looked up, shown or noted. */
  networks: Record<Network, boolean>;
}

/** The canonical form of a service's address, null when it cannot be one: https, or http on this machine. */
export function parseServiceAddress(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return null;
  }
  const local = LOCAL_HOSTS.includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) return null;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null;
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/** The host permission the background needs for a service, null for those the manifest has from the start. */
export function permissionFor(address: string): string | null {
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' ? null : `https://${hostname}/*`;
}

export async function serviceAddress(): Promise<string> {
  const stored = (await browser.storage.local.get(SERVICE))[SERVICE];
  return (typeof stored === 'string' ? parseServiceAddress(stored) : null) ?? DEFAULT_SERVICE;
}

export async function saveServiceAddress(address: string): Promise<void> {
  await browser.storage.local.set({ [SERVICE]: address });
}

export async function choices(): Promise<Choices> {
  return readChoices((await browser.storage.local.get(CHOICES))[CHOICES]);
}

export async function saveChoices(chosen: Choices): Promise<void> {
  await browser.storage.local.set({ [CHOICES]: chosen });
}

/** Changes one thing and leaves the rest as it is by then: another window may have changed something else. */
export function changeChoices(how: (former: Choices) => Choices): Promise<void> {
  return alone(CHOICES, async () => saveChoices(how(await choices())));
}

/** Service and choices at once, so that nobody sees another service in between. */
export async function replaceSettings(service: string, chosen: Choices): Promise<void> {
  const isDefault = service === DEFAULT_SERVICE;
  await browser.storage.local.set({ [CHOICES]: chosen, ...(!isDefault && { [SERVICE]: service }) });
  if (isDefault) await browser.storage.local.remove(SERVICE);
}

/** Whether a change of the storage is one of what pages are to show. */
export function concernsChoices(changes: Record<string, unknown>): boolean {
  return CHOICES in changes;
}

/** Whether a change of the storage is one of who is asked. */
export function concernsService(changes: Record<string, unknown>): boolean {
  return SERVICE in changes;
}

/** What is wrong or missing becomes what it was at first: all shown from `likely` on, on all networks. */
export function readChoices(stored: unknown): Choices {
  const { practices, networks } = fields(stored);
  const sensitivities = fields(practices);
  const switches = fields(networks);
  const sensitivity = (id: PracticeId) =>
    SENSITIVITIES.find((known) => known === sensitivities[id]) ?? 'likely';
  return {
    practices: record(PRACTICES, sensitivity),
    networks: record(NETWORKS, (network) => switches[network] !== false),
  };
}

/** A listing without the verdicts the user does not want to see; null when none is left. */
export function wanted(listing: Listing, { practices }: Choices): Listing | null {
  const verdicts = listing.verdicts.filter(({ practice, standing }) => {
    const sensitivity = PRACTICES.some((known) => known === practice)
      ? practices[practice as PracticeId]
      : 'likely';
    return sensitivity === 'likely' || sensitivity === standing;
  });
  return verdicts.length === 0 ? null : { ...listing, verdicts };
}

export function record<Key extends string, Value>(
  keys: readonly Key[],
  value: (key: Key) => Value,
): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<Key, Value>;
}

function fields(value: unknown): Partial<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? value : {};
}
