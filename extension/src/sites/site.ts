import type { ShownAccount } from '../lookup/account';

/** A place on a site's pages where one account is shown. */
export interface Surface {
  kind: 'profile' | 'follower' | 'notification';
  /** Finds the elements that each show one account: header, row, notification. */
  selector: string;
  /** Whose element this is; null when that cannot be told for certain, and then nothing is painted. */
  identify(element: Element): ShownAccount | null;
  /** Where the badge goes. */
  anchor(element: Element): Anchor | null;
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
}

/** One site: pure knowledge of its pages. It observes nothing, asks nobody and paints nothing. */
export interface Site {
  /** Content script match patterns. */
  matches: string[];
  /** The page at this address; null where the site shows nobody we could judge. */
  match(url: URL): Page | null;
}
