import { accountHash, accountKeys, handleKey, sameHandle, type ShownAccount } from './account';
import { listHas } from './listCodec';
import type { PublishedList } from './publishedList';
import { FRESH, type Ranges } from './ranges';
import { ServiceError } from './service';
import type { Account, Verdict } from './wire';

/** An account the service lists, with all that a badge and its card say. */
export interface Listing {
  account: Account;
  verdicts: Verdict[];
  /** The page with the evidence. */
  page: string;
  /** When the service last stood by this, in milliseconds. */
  checkedAt: number;
  /** Whether that was just now; if not, the service is away. */
  confirmed: boolean;
  demo: boolean;
}

/** Tells whether the service lists an account, and says nothing to anyone about accounts it does not list. */
export class Lookup {
  constructor(
    readonly address: string,
    readonly list: PublishedList,
    readonly ranges: Ranges,
    private readonly now: () => number = Date.now,
  ) {}

  async find(shown: ShownAccount): Promise<Listing | null> {
    try {
      return await this.search(shown);
    } catch (failure) {
      if (!(failure instanceof ServiceError && failure.code === 'wrong-prefix-length')) return null;
    }
    // The list has outgrown its prefixes, or shrunk: the manifest says how long they are now.
    await this.list.refresh();
    return this.search(shown).catch(() => null);
  }

  private async search(shown: ShownAccount): Promise<Listing | null> {
    const list = await this.list.current();
    if (list === null) return null;
    for (const key of accountKeys(shown)) {
      const hash = await accountHash(key);
      if (!listHas(list, hash)) continue;
      const range = await this.ranges.get(hash.slice(0, list.manifest.prefixLength));
      const entry = range?.entries.find((candidate) => candidate.hash === hash);
      if (!range || !entry || !isMeant(shown, key, entry.account)) continue;
      const { account } = entry;
      const verdicts = entry.verdicts.filter((verdict) => this.stands(verdict));
      if (verdicts.length === 0) continue;
      const page = this.pageOf(account);
      const { checkedAt } = range;
      const confirmed = this.now() - checkedAt <= FRESH;
      return { account, verdicts, page, checkedAt, confirmed, demo: list.manifest.demo };
    }
    return null;
  }

  /** A cache on the way, or a service that is stuck, may still hand out what has lapsed. */
  private stands({ reviewAt }: Verdict): boolean {
    return reviewAt === null || Date.parse(reviewAt) > this.now();
  }

  private pageOf({ network, handle, nativeId }: Account): string {
    return `${this.address}/accounts/${network}/${encodeURIComponent(handle ?? nativeId ?? '')}`;
  }
}

/** A native id the page shows must match; what was found by its handle must bear that handle today. */
function isMeant(shown: ShownAccount, key: string, listed: Account): boolean {
  if (shown.network !== listed.network) return false;
  if (shown.nativeId !== null && shown.nativeId !== listed.nativeId) return false;
  if (shown.handle === null || key !== handleKey(shown.network, shown.handle)) return true;
  return listed.handle !== null && sameHandle(shown.handle, listed.handle);
}
