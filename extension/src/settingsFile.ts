import { hiddenAccounts, replaceHidden, type HiddenAccount } from './hidden';
import { isHost } from './hostName';
import { addedHosts } from './hosts';
import {
  choices,
  NETWORKS,
  parseServiceAddress,
  PRACTICES,
  replaceSettings,
  SENSITIVITIES,
  serviceAddress,
  type Choices,
} from './settings';

const FORMAT = 'fairfollow-settings/1';
const MOST_HIDDEN = 10_000;
const MOST_SITES = 500;
/** Larger than any file we write. */
export const MOST_BYTES = 4 * 1024 * 1024;

/** All that a user chose, as it goes into a file and comes out of one. */
export interface SettingsFile extends Choices {
  format: typeof FORMAT;
  service: string;
  sites: string[];
  hidden: HiddenAccount[];
}

/** Why a file is refused, and where. */
export interface Refusal {
  refused: 'not-json' | 'not-settings' | 'newer' | 'unknown-field' | 'wrong-value';
  field: string;
}

export async function exportSettings(): Promise<SettingsFile> {
  const [service, chosen, sites, hidden] = await Promise.all([
    serviceAddress(),
    choices(),
    addedHosts(),
    hiddenAccounts(),
  ]);
  return { format: FORMAT, service, ...chosen, sites, hidden };
}

/** Replaces what was chosen; sites need the browser's leave besides, and are not added here. */
export async function applySettings({ service, practices, networks, hidden }: SettingsFile): Promise<void> {
  await replaceSettings(service, { practices, networks });
  await replaceHidden(hidden);
}

/**
 * Reads a file with suspicion: it may come from anywhere. One wrong or unknown part refuses the whole of it, for a file
 * that is applied by half leaves nobody knowing what holds.
 */
export function parseSettings(text: string): SettingsFile | Refusal {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { refused: 'not-json', field: '' };
  }
  if (!isRecord(body) || typeof body.format !== 'string') return { refused: 'not-settings', field: '' };
  if (/^fairfollow-settings\/\d+$/.test(body.format) && body.format !== FORMAT) {
    return { refused: 'newer', field: body.format };
  }
  if (body.format !== FORMAT) return { refused: 'not-settings', field: '' };

  const unknown =
    unknownIn(body, ['format', 'service', 'practices', 'networks', 'sites', 'hidden']) ??
    unknownIn(body.practices, PRACTICES, 'practices.') ??
    unknownIn(body.networks, NETWORKS, 'networks.');
  if (unknown !== null) return { refused: 'unknown-field', field: shown(unknown) };

  const wrong = (field: string): Refusal => ({ refused: 'wrong-value', field });
  const { practices, networks, sites, hidden } = body;
  const service = typeof body.service === 'string' ? parseServiceAddress(body.service) : null;
  if (service === null) return wrong('service');
  if (!isRecord(practices)) return wrong('practices');
  for (const practice of PRACTICES) {
    if (!SENSITIVITIES.some((known) => known === practices[practice])) return wrong(`practices.${practice}`);
  }
  if (!isRecord(networks)) return wrong('networks');
  for (const network of NETWORKS) {
    if (typeof networks[network] !== 'boolean') return wrong(`networks.${network}`);
  }
  if (!isListOf(sites, isHost, MOST_SITES)) return wrong('sites');
  if (!isListOf(hidden, isHidden, MOST_HIDDEN)) return wrong('hidden');
  return {
    format: FORMAT,
    service,
    practices: practices as SettingsFile['practices'],
    networks: networks as SettingsFile['networks'],
    sites: [...new Set(sites)],
    hidden,
  };
}

function unknownIn(body: unknown, known: readonly string[], path = ''): string | null {
  if (!isRecord(body)) return null;
  const field = Object.keys(body).find((name) => !known.includes(name));
  return field === undefined ? null : path + field;
}

/** A name from a file, short and plain enough for a sentence. */
function shown(field: string): string {
  return field.replace(/[^\x20-\x7e]/g, '?').slice(0, 60);
}

function isHidden(value: unknown): value is HiddenAccount {
  if (!isRecord(value) || unknownIn(value, ['key', 'name']) !== null) return false;
  const { key, name } = value;
  return (
    typeof key === 'string' &&
    /^(?:x:[@#]|bluesky:(?:@|did:)|mastodon:[@#])[\x21-\x7e]{1,2048}$/.test(key) &&
    typeof name === 'string' &&
    /^[\x21-\x7e]{1,2048}$/.test(name)
  );
}

function isListOf<T>(value: unknown, is: (item: unknown) => item is T, most: number): value is T[] {
  return Array.isArray(value) && value.length <= most && value.every(is);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
