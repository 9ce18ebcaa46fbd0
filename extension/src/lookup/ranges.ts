import { Patience } from './patience';
import { ServiceError, type ServiceClient } from './service';
import type { Shelf } from './shelf';
import type { RangeEntry } from './wire';

/**
 * What is older is asked for again before it paints. What changes must show within a minute: it is released within 10 s, may lie
 * in a cache on the way for 20 s, here for these 20 s, and a page that stays open looks again every 10 s.
 */
export const FRESH = 20_000;
export const LOOK_AGAIN = 10_000;
/** While the service is away. */
const USABLE = 24 * 60 * 60_000;

/** A range's entries and when the service last stood by them. */
export interface CachedRange {
  entries: RangeEntry[];
  etag: string | null;
  checkedAt: number;
}

/** Ranges, each revalidated three times a minute at most, asked for once at a time, kept for a day without the service. */
export class Ranges {
  private readonly asking = new Map<string, Promise<CachedRange | null>>();
  private readonly patience: Patience;

  constructor(
    private readonly service: ServiceClient,
    private readonly shelf: Shelf,
    private readonly now: () => number = Date.now,
    random: () => number = Math.random,
  ) {
    this.patience = new Patience(now, random);
  }

  /** The range as of now, or the last known one within a day; null when neither is to be had. Throws `wrong-prefix-length` only. */
  get(prefix: string): Promise<CachedRange | null> {
    const asking =
      this.asking.get(prefix) ??
      this.find(prefix).finally(() => {
        this.asking.delete(prefix);
      });
    this.asking.set(prefix, asking);
    return asking;
  }

  /** Drops what is too old to paint from: what was looked at does not pile up on the device. */
  async prune(): Promise<void> {
    await this.shelf.prune((range) => this.age(range as CachedRange) <= USABLE).catch(() => undefined);
  }

  private async find(prefix: string): Promise<CachedRange | null> {
    const key = `${this.service.address} ${prefix}`;
    const cached = (await this.shelf.get(key).catch(() => undefined)) as CachedRange | undefined;
    if (cached && this.age(cached) <= FRESH) return cached;
    if (!this.patience.exhausted) {
      try {
        const range = await this.ask(prefix, cached);
        this.patience.succeeded();
        await this.shelf.put(key, range).catch(() => undefined);
        return range;
      } catch (failure) {
        if (failure instanceof ServiceError && failure.code === 'wrong-prefix-length') throw failure;
        this.patience.failed();
      }
    }
    return cached && this.age(cached) <= USABLE ? cached : null;
  }

  private async ask(prefix: string, cached: CachedRange | undefined): Promise<CachedRange> {
    const answer = await this.service.range(prefix, cached?.etag ?? null);
    const entries = answer.entries ?? cached?.entries ?? [];
    return { entries, etag: answer.etag, checkedAt: this.now() };
  }

  private age(range: CachedRange): number {
    const age = this.now() - range.checkedAt;
    return age >= 0 ? age : Infinity;
  }
}
