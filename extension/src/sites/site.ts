import type { Network, ShownAccount } from '../lookup/account';

/** A place on a site's pages where one account is shown. */
export interface Surface {
  /** `follower`: a row in a list of followers or followed; `person`: a row in a search or among suggestions. */
  kind: 'profile' | 'hover-card' | 'follower' | 'notification' | 'post' | 'person';
  /** Finds the elements that each show one account: header, card, row, notification, post. */
  selector: string;
  /** Whose element this is; null when that cannot be told for certain, and then nothing is painted. */
  identify(element: Element): ShownAccount | null;
  /** Where the badge goes. */
  anchor(element: Element): Anchor | null;
  /** "Followed you": when, where the row says so, as an ISO instant; undefined where this surface tells of no follow. */
  followedAt?(element: Element): string | null;
  /** Whether the page says that this account follows the signed-in user; null where it cannot be told. */
  followsViewer?(element: Element): boolean | null;
}

/** `end`: the last thing inside the node, flowing with its text; `after`: the node's next sibling. */
export interface Anchor {
  node: Element;
  place: 'end' | 'after';
}

/** A known page of a site. */
export interface Page {
  surfaces: Surface[];
  /** The surface without which the page is not as we know it; null where there may rightly be none. */
  expects: Surface['kind'] | null;
  /** Whose list of followers or followed this is, as its address says. */
  list?: { owner: ShownAccount; side: 'followers' | 'following' };
}

/** What a profile says about itself in numbers. */
export interface ProfileFacts {
  account: ShownAccount;
  followers: Count | null;
  following: Count | null;
  posts: Count | null;
  /** ISO date or month (`2019-03`), as exact as the page says. */
  joined: string | null;
}

/** A number on a page; abbreviated ones (`1.2M`) are not exact. */
export interface Count {
  value: number;
  exact: boolean;
}

/** One site: pure knowledge of its pages. It observes nothing, asks nobody and paints nothing. */
export interface Site {
  network: Network;
  /** Content script match patterns; hosts that the user adds come besides. */
  matches: string[];
  /** The page at this address; null where the site shows nobody we could judge. The document tells front ends apart. */
  match(url: URL, document: Document): Page | null;
  /** Who is signed in, as the page shows it to them; null when it does not. */
  viewer(document: Document): ShownAccount | null;
  /** The numbers of the profile this page shows; null when it shows none, or one that is not the address's. */
  profileFacts(document: Document, url: URL): ProfileFacts | null;
}
