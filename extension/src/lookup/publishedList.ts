import { toHex } from './account';
import { decodeList, type AccountList } from './listCodec';
import { Patience } from './patience';
import { LIST_BYTES, ServiceError, type ServiceClient } from './service';
import type { Shelf } from './shelf';
import type { Manifest } from './wire';

const SHORTEST_POLL = 30_000;
const LONGEST_POLL = 24 * 60 * 60_000;
// A prefix that few listed accounts share would tell the service whose page is open. The service promises about
// 32 to a prefix; a list that shrank may have fewer for a while, one digit is always shared by a sixteenth of all.
const LEAST_ACCOUNTS_PER_PREFIX = 4;

export interface HeldList extends AccountList {
  manifest: Manifest;
}

/** What is kept over a restart. */
interface ShelvedList {
  address: string;
  manifest: Manifest;
  bytes: Uint8Array<ArrayBuffer>;
  checkedAt: number;
}

/** What the service's list call last came to. */
export interface ListState {
  held: Manifest | null;
  /** `invalid`: it answered, but with nothing that could be trusted. */
  outcome: 'good' | 'away' | 'invalid';
  checkedAt: number | null;
}

/** The published list as this browser holds it: polled politely and only when used, verified, kept over restarts. */
export class PublishedList {
  private held: HeldList | null = null;
  private bytes: Uint8Array<ArrayBuffer> | null = null;
  private checkedAt: number | null = null;
  private loading: Promise<void> | null = null;
  private refreshing: Promise<void> | null = null;
  private outcome: ListState['outcome'] = 'good';
  private readonly patience: Patience;
  // Spread over a fifth of the interval, so that not everybody polls in the same second.
  private readonly spread: number;

  constructor(
    private readonly service: ServiceClient,
    private readonly shelf: Shelf,
    private readonly now: () => number = Date.now,
    random: () => number = Math.random,
  ) {
    this.patience = new Patience(now, random);
    this.spread = 1 + random() / 5;
  }

  /** The list to look up in, null when none could be had. A held list answers at once, and is renewed behind it. */
  async current(): Promise<HeldList | null> {
    this.loading ??= this.load();
    await this.loading;
    if (this.due()) {
      const refreshing = this.refresh();
      if (this.held === null) await refreshing;
    }
    return this.held;
  }

  /** Asks the service now, whatever the poll interval says; never throws. */
  async refresh(): Promise<void> {
    this.loading ??= this.load();
    await this.loading;
    this.refreshing ??= this.fetchNewer().finally(() => {
      this.refreshing = null;
    });
    await this.refreshing;
  }

  state(): ListState {
    return { held: this.held?.manifest ?? null, outcome: this.outcome, checkedAt: this.checkedAt };
  }

  private due(): boolean {
    if (this.patience.exhausted) return false;
    if (this.held === null || this.checkedAt === null) return true;
    const interval = this.held.manifest.pollAfterSeconds * 1000;
    const age = this.now() - this.checkedAt;
    return age < 0 || age > Math.min(Math.max(interval, SHORTEST_POLL), LONGEST_POLL) * this.spread;
  }

  private async fetchNewer(): Promise<void> {
    try {
      const manifest = await this.service.manifest();
      this.accept(manifest);
      const held = this.held;
      if (held?.manifest.epoch !== manifest.epoch || held.version !== manifest.version) {
        await this.fetchList(manifest);
      } else {
        held.manifest = manifest;
      }
      this.checkedAt = this.now();
      this.outcome = 'good';
      this.patience.succeeded();
      await this.save();
    } catch (failure) {
      this.outcome = failure instanceof ServiceError && failure.code === 'unreachable' ? 'away' : 'invalid';
      this.patience.failed();
    }
  }

  private accept(manifest: Manifest): void {
    const former = this.held?.manifest;
    // An older version of the same list would bring back what was withdrawn.
    if (former?.epoch === manifest.epoch && manifest.version < former.version)
      throw new ServiceError('invalid');
    const shared = manifest.entries / 16 ** manifest.prefixLength;
    if (manifest.prefixLength > 1 && shared < LEAST_ACCOUNTS_PER_PREFIX) throw new ServiceError('invalid');
    if (manifest.bytes > LIST_BYTES) throw new ServiceError('invalid');
  }

  private async fetchList(manifest: Manifest): Promise<void> {
    const bytes = await this.service.list(manifest.version);
    const digest = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
    if (bytes.length !== manifest.bytes || digest !== manifest.sha256) throw new ServiceError('invalid');
    this.held = hold(manifest, bytes);
    this.bytes = bytes;
  }

  private async load(): Promise<void> {
    try {
      // Written by this code alone; the codec's checksum and the comparison in hold() find a torn record.
      const shelved = (await this.shelf.get('current')) as ShelvedList | undefined;
      if (shelved?.address !== this.service.address) return;
      this.held = hold(shelved.manifest, shelved.bytes);
      this.bytes = shelved.bytes;
      this.checkedAt = shelved.checkedAt;
    } catch {
      this.held = null; // as if there had been none
    }
  }

  private async save(): Promise<void> {
    if (this.held === null || this.bytes === null || this.checkedAt === null) return;
    const shelved: ShelvedList = {
      address: this.service.address,
      manifest: this.held.manifest,
      bytes: this.bytes,
      checkedAt: this.checkedAt,
    };
    // A full disk costs a download after the next restart, nothing else.
    await this.shelf.put('current', shelved).catch(() => undefined);
  }
}

function hold(manifest: Manifest, bytes: Uint8Array): HeldList {
  const list = decodeList(bytes);
  if (list.version !== manifest.version || list.prefixes.length !== manifest.entries) {
    throw new ServiceError('invalid');
  }
  return { ...list, manifest };
}
