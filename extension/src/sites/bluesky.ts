import type { ShownAccount } from '../lookup/account';
import type { Anchor, Page, Site, Surface } from './site';

export const bluesky: Site = {
  network: 'bluesky',
  matches: ['https://bsky.app/*'],
  match: (url) => (url.hostname === 'bsky.app' ? matchUnder('', url.pathname) : null),
  viewer: () => null,
  profileFacts: () => null,
};

/** The pages of a Bluesky front end that lives under a base path. */
export function matchUnder(base: string, pathname: string): Page | null {
  if (!pathname.startsWith(`${base}/`)) return null;
  const profile = profileHeader(base);
  const follower = followerRow(base);
  const path = pathname.slice(base.length);
  if (path === '/notifications') {
    return { surfaces: [profile, follower, followNotification(base)], expects: null };
  }
  // Screens left behind stay in the page, hidden, and come back unchanged: the others are looked for everywhere.
  const isProfile = /^\/profile\/[^/]+\/?$/.test(path);
  return { surfaces: [profile, follower], expects: isProfile ? 'profile' : null };
}

function profileHeader(base: string): Surface {
  const displayName = (view: Element) => view.querySelector('[data-testid="profileHeaderDisplayName"]');
  return {
    kind: 'profile',
    selector: '[data-testid="profileView"]',
    identify(view) {
      const name = displayName(view);
      const followers = view.querySelector('[data-testid="profileHeaderFollowersButton"]');
      const linked = actorOf(base, followers, '/followers');
      if (name === null || linked === null) return null;
      // The handle's element has no name of its own: it is the first text after the display name that says it.
      // In the middle of a navigation the two may be of different people.
      if (isHandle(linked) && !saysAfter(view, name, `@${linked}`)) return null;
      return account(linked, view.querySelectorAll('[data-testid="profileHeaderAviButton"] img'));
    },
    anchor(view) {
      const node = displayName(view);
      // In some layouts the name's parent is a column: as its sibling the badge would push the page down.
      return node && { node, place: 'end' };
    },
  };
}

function followerRow(base: string): Surface {
  return {
    kind: 'follower',
    selector: `[data-testid="profileFollowersScreen"] a[href^="${base}/profile/"]`,
    identify(row) {
      const linked = actorOf(base, row);
      // A mention in somebody's bio is such a link, too, but holds no name beside its handle.
      if (linked === null || nameIn(row, linked) === null) return null;
      return account(linked, row.querySelectorAll('img'));
    },
    anchor(row) {
      const linked = actorOf(base, row);
      const node = linked === null ? null : nameIn(row, linked);
      // The name is cut off where it is too long, and would cut off a badge inside it.
      return node && { node, place: 'after' };
    },
  };
}

function followNotification(base: string): Surface {
  const prefix = 'feedItem-by-';
  const links = (row: Element) => Array.from(row.querySelectorAll(`a[href^="${base}/"]`));
  const linksOf = (row: Element) => {
    const author = row.getAttribute('data-testid')?.slice(prefix.length) ?? '';
    return links(row).filter((link) => actorOf(base, link) === author);
  };
  return {
    kind: 'notification',
    selector: `[data-testid^="${prefix}"]`,
    identify(row) {
      // "Followed you" in any language: whatever else happened to us leads to a post, a feed or a list.
      if (links(row).some((link) => actorOf(base, link) === null)) return null;
      const [link] = linksOf(row);
      const linked = link ? actorOf(base, link) : null;
      return linked === null ? null : account(linked, avatars(linksOf(row)));
    },
    anchor(row): Anchor | null {
      const node = linksOf(row).find((link) => link.textContent.trim() !== '');
      return node ? { node, place: 'after' } : null;
    },
  };
}

const avatars = (links: Element[]) => links.flatMap((link) => Array.from(link.querySelectorAll('img')));

/** The handle or DID in a link to a profile (or to a page below it), null when it leads elsewhere. */
function actorOf(base: string, link: Element | null, below = ''): string | null {
  const href = link?.getAttribute('href') ?? '';
  const start = `${base}/profile/`;
  if (!href.startsWith(start) || !href.endsWith(below)) return null;
  const actor = href.slice(start.length, href.length - below.length);
  return isHandle(actor) || isDid(actor) ? actor : null;
}

/** The account a link names, with the DID its avatars show; null when they contradict each other. */
function account(linked: string, avatars: Iterable<Element>): ShownAccount | null {
  const dids = new Set(isDid(linked) ? [linked] : []);
  for (const avatar of avatars) {
    const did = /\/img\/avatar(?:_thumbnail)?\/plain\/(did:[a-z]+:[\w.%:-]+)\//.exec(
      avatar.getAttribute('src') ?? '',
    )?.[1];
    if (did !== undefined) dids.add(did);
  }
  if (dids.size > 1) return null;
  const [nativeId = null] = dids;
  return { network: 'bluesky', handle: isHandle(linked) ? linked : null, nativeId };
}

/** The element with the display name in a row: the first text, where another one says the handle. */
function nameIn(row: Element, linked: string): Element | null {
  const [name, ...others] = row.querySelectorAll('[dir="auto"]');
  if (!name || name.textContent.trim() === '') return null;
  if (isDid(linked)) return others.length > 0 ? name : null; // "Invalid Handle", in the reader's language
  return others.some((text) => says(text, `@${linked}`)) ? name : null;
}

/** Whether the first text after an element that begins with @ is the wanted one. */
function saysAfter(root: Element, start: Element, wanted: string): boolean {
  for (const text of root.querySelectorAll('[dir="auto"]')) {
    const follows = start.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (follows && !start.contains(text) && bareText(text).startsWith('@')) return says(text, wanted);
  }
  return false;
}

function says(element: Element, wanted: string): boolean {
  return bareText(element).toLowerCase() === wanted.toLowerCase();
}

/** Some front ends set a handle between invisible direction marks. */
function bareText(element: Element): string {
  return element.textContent.replace(/[\p{Cf}\s]/gu, '');
}

function isHandle(actor: string): boolean {
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(actor);
}

function isDid(actor: string): boolean {
  return /^did:(plc|web):[\w.%:-]+$/.test(actor);
}
