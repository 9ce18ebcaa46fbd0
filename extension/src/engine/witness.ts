import { sameHandle, type ShownAccount } from '../lookup/account';
import type { Sighting, Sightings } from '../ledger/sightings';
import type { Page, ProfileFacts, Site, Surface } from '../sites/site';
import { isShowing } from './showing';

/** What the user chose to have noted of the pages they look at. */
export interface Wants {
  /** Who follows the user, for their own record. */
  sightings: boolean;
  /** Public numbers of profiles, to give them to the service. */
  facts: boolean;
}

export interface WitnessSurroundings {
  document: Document;
  /** The page as it is now. */
  here: () => { site: Site; page: Page } | null;
  wants: () => Promise<Wants>;
  tellSightings: (told: Sightings) => void;
  tellFacts: (facts: ProfileFacts) => void;
  later: (callback: () => void) => void;
}

const MOST_TOLD = 100;

/**
 * Notes what pages say of who follows the user, once they have settled: a marker such as "Follows you" comes after the
 * name it belongs to. Nothing is noted unless the user chose it.
 */
export class Witness {
  private readonly noticed = new Map<Element, Surface>();
  private pending = false;
  private told = new Map<string, string>();
  private address = '';
  /** What is told of one page belongs together. */
  private visit = '';

  constructor(private readonly around: WitnessSurroundings) {}

  notice(element: Element, surface: Surface): void {
    this.noticed.set(element, surface);
    if (this.pending) return;
    this.pending = true;
    this.around.later(() => {
      this.pending = false;
      void this.tell();
    });
  }

  private async tell(): Promise<void> {
    const noticed = [...this.noticed];
    this.noticed.clear();
    const wants = await this.around.wants();
    if (!wants.sightings && !wants.facts) return;
    // Not before the answer, for meanwhile the page may have become another: whose list it is must be true of these rows.
    const here = this.around.here();
    if (here === null) return;
    this.forgetOnNavigation();
    const { document } = this.around;
    const viewer = here.site.viewer(document);
    const facts = this.factsOf(here.site, noticed);
    const isOwn = facts !== null && viewer !== null && isSame(facts.account, viewer);
    // Where nobody can be told apart from the user, the profile may be the user's own.
    const isOthers = facts !== null && viewer !== null && !isOwn;
    if (wants.facts && isOthers && this.isNews('facts', JSON.stringify(facts))) {
      this.around.tellFacts(facts);
    }
    if (!wants.sightings || viewer === null) return;
    const owner = here.page.list?.side === 'followers' ? here.page.list.owner : null;
    const isOwnList = owner !== null && isSame(owner, viewer);
    const sightings = noticed.flatMap(([element, surface]) => this.sightingsOf(element, surface, isOwnList));
    const followers = isOwn && this.isNews('own', JSON.stringify(facts.followers)) ? facts.followers : null;
    if (sightings.length === 0 && followers === null) return;
    for (let start = 0; start === 0 || start < sightings.length; start += MOST_TOLD) {
      const some = sightings.slice(start, start + MOST_TOLD);
      this.around.tellSightings({ viewer, followers, sightings: some, visit: this.visit });
    }
  }

  private factsOf(site: Site, noticed: [Element, Surface][]): ProfileFacts | null {
    const { document } = this.around;
    return noticed.some(([, { kind }]) => kind === 'profile')
      ? site.profileFacts(document, new URL(document.location.href))
      : null;
  }

  private sightingsOf(element: Element, surface: Surface, isOwnList: boolean): Sighting[] {
    const isListed = isOwnList && surface.kind === 'follower';
    // Most tell nothing of that; to ask whether one shows may cost the page a layout.
    if (!isListed && !surface.followedAt && !surface.followsViewer) return [];
    // Screens left behind stay in the page without a box: their rows are not those of the list that shows now.
    const account = isShowing(element) ? surface.identify(element) : null;
    if (account === null) return [];
    const sightings: Sighting[] = [];
    const at = surface.followedAt?.(element);
    if (at !== undefined) sightings.push({ account, what: 'followed', at });
    else if (isListed) sightings.push({ account, what: 'listed', at: null });
    else {
      const follows = surface.followsViewer?.(element) ?? null;
      if (follows !== null) sightings.push({ account, what: follows ? 'follows' : 'follows-not', at: null });
    }
    const key = `${account.handle ?? ''} ${account.nativeId ?? ''}`;
    return sightings.filter(({ what, at: when }) => this.isNews(key, `${what} ${when ?? ''}`));
  }

  /** Once a page visit: a feed that re-renders says nothing new. */
  private isNews(key: string, said: string): boolean {
    if (this.told.get(key) === said) return false;
    this.told.set(key, said);
    return true;
  }

  private forgetOnNavigation(): void {
    const address = this.around.document.location.href;
    if (address === this.address) return;
    this.told = new Map();
    this.visit = crypto.randomUUID();
    this.address = address;
  }
}

function isSame(one: ShownAccount, other: ShownAccount): boolean {
  if (one.nativeId !== null && other.nativeId !== null) return one.nativeId === other.nativeId;
  return one.handle !== null && other.handle !== null && sameHandle(one.handle, other.handle);
}
