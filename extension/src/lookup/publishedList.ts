import { toHex } from './account';
import { applyDelta, decodeDelta, decodeList, encodeList, type AccountList } from './listCodec';
import { Patience } from './patience';
import { LIST_BYTES, ServiceError, type ServiceClient } from './service';
import type { Shelf } from './shelf';
import type { Manifest } from './wire';

const SHORTEST_POLL = 30_000;
const LONGEST_POLL = 24 * 60 * 60_000;
// A prefix that few listed accounts share would tell the service whose page is open. The service promises about
// 32 to a prefix; a list that shrank may have fewer for a while, one digit is always shared by a sixteenth of all.
const LEAST_ACCOUNTS_PER_PREFIX = 4;
// A delta that is longer than the list is not worth reading, but for a list of a few entries any is.
const LEAST_DELTA_BYTES = 1024;

export interface HeldList extends AccountList {
  manifest: Manifest;
}

/** What is kept over a restart. */
export interface ShelvedList {
  address: string;
  manifest: Manifest;
  /** The whole list as the service publishes it, whether it came whole or by deltas: checksum and SHA-256 stay checkable. */
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
      await this.renew(await this.service.manifest());
      this.checkedAt = this.now();
      this.outcome = 'good';
      this.patience.succeeded();
      await this.save();
    } catch (failure) {
      const away = failure instanceof ServiceError && failure.code !== 'invalid';
      this.outcome = away ? 'away' : 'invalid';
      this.patience.failed();
    }
  }

  private async renew(manifest: Manifest): Promise<void> {
    this.accept(manifest);
    const held = this.held;
    if (held?.manifest.epoch !== manifest.epoch) return this.fetchList(manifest);
    const same = held.version === manifest.version && held.manifest.sha256 === manifest.sha256;
    if (same) this.held = hold(manifest, held);
    else if (!(await this.applyDelta(held, manifest))) await this.fetchList(manifest);
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

  /** Whether a delta made the manifest's list of the held one. If not, for whatever reason, there is still the whole list. */
  private async applyDelta(held: HeldList, manifest: Manifest): Promise<boolean> {
    if (manifest.version <= held.version) return false;
    try {
      const limit = Math.max(manifest.bytes, LEAST_DELTA_BYTES);
      const delta = decodeDelta(await this.service.delta(manifest.version, held.version, limit));
      if (delta.from !== held.version || delta.to !== manifest.version) return false;
      const list = { version: delta.to, prefixes: await applyDelta(delta, held.prefixes) };
      // The delta vouches for itself only; that it leads to what is published, the manifest's digest tells.
      await this.take(manifest, encodeList(list), list);
      return true;
    } catch {
      return false;
    }
  }

  private async fetchList(manifest: Manifest): Promise<void> {
    try {
      await this.take(manifest, await this.service.list(manifest.version));
    } catch (failure) {
      if (!(failure instanceof ServiceError && failure.code === 'version-expired')) throw failure;
      // There are newer ones than this manifest knew; only the newest few are served.
      const newer = await this.service.manifest();
      this.accept(newer);
      await this.take(newer, await this.service.list(newer.version));
    }
  }

  private async take(
    manifest: Manifest,
    bytes: Uint8Array<ArrayBuffer>,
    decoded?: AccountList,
  ): Promise<void> {
    const digest = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
    if (bytes.length !== manifest.bytes || digest !== manifest.sha256) throw new ServiceError('invalid');
    this.held = hold(manifest, decoded ?? decodeList(bytes));
    this.bytes = bytes;
  }

  private async load(): Promise<void> {
    try {
      // Written by this code alone; the codec's checksum and the comparison in hold() find a torn record.
      const shelved = (await this.shelf.get('current')) as ShelvedList | undefined;
      if (shelved?.address !== this.service.address) return;
      this.held = hold(shelved.manifest, decodeList(shelved.bytes));
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

function hold(manifest: Manifest, list: AccountList): HeldList {
  if (list.version !== manifest.version || list.prefixes.length !== manifest.entries) {
    throw new ServiceError('invalid');
  }
  return { ...list, manifest };
}
