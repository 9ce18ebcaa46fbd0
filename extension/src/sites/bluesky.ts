import { sameHandle, type ShownAccount } from '../lookup/account';
import { countIn, parseCount } from './count';
import type { Anchor, Count, Page, ProfileFacts, Site, Surface } from './site';
import { bareText, handleAfter, says } from './text';

const TEXTS = '[dir="auto"]';
const FEED_ITEM = 'feedItem-by-';
const THREAD_ITEM = 'postThreadItem-by-';
const ROWS = `[data-testid^="${FEED_ITEM}"], [data-testid^="${THREAD_ITEM}"]`;
// What people wrote: its links are mentions, whatever they say.
const WRITTEN = '[data-word-wrap], [data-testid="postText"], [data-testid="profileHeaderDescription"]';

export const bluesky: Site = frontEnd(['https://bsky.app/*'], ['bsky.app'], '');

/** A Bluesky front end on some hosts that lives under a base path. */
export function frontEnd(matches: string[], hosts: string[], base: string): Site {
  return {
    network: 'bluesky',
    matches,
    match: (url) => (hosts.includes(url.hostname) ? matchUnder(base, url.pathname) : null),
    viewer: (document) => viewer(base, document),
    profileFacts: (document, url) => profileFacts(base, document, url),
  };
}

function matchUnder(base: string, pathname: string): Page | null {
  if (!pathname.startsWith(`${base}/`)) return null;
  const [first = '', name = '', below = ''] = pathname.slice(base.length + 1).split('/');
  if (first === 'messages') return null;
  const surfaces = [profileHeader(base), hoverCard(base), post(base)];
  const owner = first === 'profile' ? shownBy(name) : null;
  if (owner && (below === 'followers' || below === 'follows')) {
    surfaces.push(cards(base, 'follower'));
    return {
      surfaces,
      expects: null,
      list: { owner, side: below === 'follows' ? 'following' : 'followers' },
    };
  }
  // The head of a thread is such a card, too.
  if (below !== 'post') surfaces.push(cards(base, 'person'));
  if (first === 'notifications') surfaces.push(followNotification(base));
  return { surfaces, expects: owner && below === '' ? 'profile' : null };
}

/** The navigation links to one profile, the reader's own, in every language. */
function viewer(base: string, document: Document): ShownAccount | null {
  const links = document.querySelectorAll(`nav a[href^="${base}/profile/"]`);
  const actors = Array.from(links, (link) => actorOf(base, link)).filter((actor) => actor !== null);
  const [own] = actors;
  return own !== undefined && actors.every((actor) => actor === own) ? shownBy(own) : null;
}

function profileHeader(base: string): Surface {
  return {
    kind: 'profile',
    selector: '[data-testid="profileView"]',
    identify(view) {
      const name = displayName(view);
      const linked = actorOf(base, followersButton(view), '/followers');
      if (name === null || linked === null) return null;
      // The handle's element has no name of its own: it is the first text after the display name that says one.
      // In the middle of a navigation the two may be of different people.
      const said = handleAfter(view, name, TEXTS);
      if (isHandle(linked) && (said === null || !sameHandle(said, linked))) return null;
      return account(linked, view.querySelectorAll('[data-testid="profileHeaderAviButton"] img'));
    },
    anchor(view) {
      const node = displayName(view);
      // In some layouts the name's parent is a column: as its sibling the badge would push the page down.
      return node && { node, place: 'end' };
    },
  };
}

/** It floats without a name of its own; what it has and no other card has is a link to the account's followers. */
function hoverCard(base: string): Surface {
  const named = (link: Element) => {
    const card = link.parentElement?.previousElementSibling;
    const linked = actorOf(base, link, '/followers');
    return card && linked !== null && actorOf(base, card) === linked ? { card, linked } : null;
  };
  return {
    kind: 'hover-card',
    selector: `a[href^="${base}/profile/"][href$="/followers"]:not([data-testid])`,
    identify(link) {
      const { card, linked } = named(link) ?? {};
      if (!card || linked === undefined || nameIn(card, linked) === null) return null;
      return account(linked, card.parentElement?.querySelectorAll('img') ?? []);
    },
    anchor(link) {
      const { card, linked } = named(link) ?? {};
      return card && linked !== undefined ? besideName(card, linked) : null;
    },
  };
}

/** Links that hold a picture, a name and a handle: rows of lists, of search results, of suggestions. */
function cards(base: string, kind: 'follower' | 'person'): Surface {
  const links = `a[href^="${base}/profile/"]:not([dir]):not([data-testid])`;
  const lists = ['profileFollowersScreen', 'profileFollowsScreen'];
  return {
    kind,
    selector: kind === 'person' ? links : lists.map((list) => `[data-testid="${list}"] ${links}`).join(),
    identify(row) {
      const linked = actorOf(base, row);
      // A mention in somebody's bio is such a link, too, but holds no name beside its handle.
      if (linked === null || nameIn(row, linked) === null || isHoverCard(base, row, linked)) return null;
      return account(linked, row.querySelectorAll('img'));
    },
    anchor(row) {
      const linked = actorOf(base, row);
      return linked === null ? null : besideName(row, linked);
    },
  };
}

const isHoverCard = (base: string, card: Element, linked: string) =>
  actorOf(base, card.nextElementSibling?.querySelector('a') ?? null, '/followers') === linked;

/** Authors, of quoted posts as well: a name and a handle beside each other that lead to the same profile. */
function post(base: string): Surface {
  const inHead = `[data-testid^="${THREAD_ITEM}"] a[href^="${base}/profile/"]:not([dir])`;
  return {
    kind: 'post',
    selector: `a[dir][href^="${base}/profile/"]:not([href$="/followers"]):not([data-testid]), ${inHead}`,
    identify(link) {
      const inLine = link.hasAttribute('dir');
      const beside = inLine ? nextLink(link) : null;
      // Most links end here: they are dates, mentions, and the handles themselves.
      if (inLine && beside?.getAttribute('href') !== link.getAttribute('href')) return null;
      const linked = actorOf(base, link);
      if (linked === null || (beside && !saysWhose(link, beside, linked))) return null;
      const within = link.closest(`${ROWS}, ${WRITTEN}`);
      if (inLine && within?.matches(WRITTEN)) return null;
      const row = within?.closest(ROWS);
      const author = row?.getAttribute('data-testid')?.slice(THREAD_ITEM.length) ?? '';
      if (!inLine && (!sameHandle(author, linked) || nameIn(link, linked) === null)) return null;
      const pictures = Array.from(row?.querySelectorAll('img') ?? []);
      return account(
        linked,
        pictures.filter((image) => actorOf(base, image.closest('a')) === linked),
      );
    },
    anchor(link) {
      if (link.hasAttribute('dir')) return { node: behindMarks(link), place: 'after' };
      const linked = actorOf(base, link);
      return linked === null ? null : besideName(link, linked);
    },
  };
}

function nextLink(link: Element): Element | null {
  let next = link.nextElementSibling;
  while (next && next.tagName !== 'A') next = next.nextElementSibling;
  return next;
}

/** Whether of two links to the same profile the first may be a name and the second says the handle. */
function saysWhose(name: Element, handle: Element, linked: string): boolean {
  // Beside a DID stands "Invalid Handle", in the reader's language.
  return isDid(linked) ? !bareText(name).startsWith('@') : says(handle, linked);
}

function followNotification(base: string): Surface {
  const linksOf = (row: Element) => {
    const author = row.getAttribute('data-testid')?.slice(FEED_ITEM.length) ?? '';
    return profileLinks(base, row).filter((link) => actorOf(base, link) === author);
  };
  return {
    kind: 'notification',
    selector: `[data-testid^="${FEED_ITEM}"]`,
    identify(row) {
      if (!tellsOfFollow(base, row)) return null;
      const [link] = linksOf(row);
      const linked = link ? actorOf(base, link) : null;
      return linked === null ? null : account(linked, avatars(linksOf(row)));
    },
    anchor(row): Anchor | null {
      const node = linksOf(row).find((link) => link.textContent.trim() !== '');
      return node ? { node, place: 'after' } : null;
    },
    followedAt: () => null, // the row says "2h", and the moment only in words
  };
}

/** "Followed you" in any language: whatever else happened to us leads to a post, a feed or a list. */
function tellsOfFollow(base: string, row: Element): boolean {
  if (profileLinks(base, row).some((link) => actorOf(base, link) === null)) return false;
  const icon = row.querySelector('svg');
  // The row itself leads to what happened. "Verified you" leads to a profile, too, but its icon is a seal.
  if (row.hasAttribute('href')) return actorOf(base, row) !== null && !icon?.querySelector('circle');
  // Where the row is no link, icons alone could tell, and they change.
  return icon === null;
}

const profileLinks = (base: string, row: Element) => Array.from(row.querySelectorAll(`a[href^="${base}/"]`));

const avatars = (links: Element[]) => links.flatMap((link) => Array.from(link.querySelectorAll('img')));

function profileFacts(base: string, document: Document, url: URL): ProfileFacts | null {
  const [first, name = '', below = ''] = url.pathname.slice(base.length + 1).split('/');
  if (first !== 'profile' || below !== '') return null;
  const header = profileHeader(base);
  // Screens left behind stay in the page.
  for (const view of document.querySelectorAll('[data-testid="profileView"]')) {
    const shown = header.identify(view);
    const isAddressed = shown?.nativeId === name || (shown?.handle && sameHandle(shown.handle, name));
    if (shown && isAddressed) return { account: shown, ...countsIn(view), joined: null };
  }
  return null;
}

function countsIn(view: Element): Record<'followers' | 'following' | 'posts', Count | null> {
  const language = view.ownerDocument.documentElement.lang;
  const following = view.querySelector('[data-testid="profileHeaderFollowsButton"]');
  const posts = following?.nextElementSibling?.firstChild;
  return {
    followers: countIn(followersButton(view), language),
    following: countIn(following, language),
    posts: posts?.nodeType === Node.TEXT_NODE ? parseCount(posts.nodeValue ?? '', language) : null,
  };
}

function displayName(view: Element): Element | null {
  return view.querySelector('[data-testid="profileHeaderDisplayName"]');
}

function followersButton(view: Element): Element | null {
  return view.querySelector('[data-testid="profileHeaderFollowersButton"]');
}

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

function shownBy(actor: string): ShownAccount | null {
  if (!isHandle(actor) && !isDid(actor)) return null;
  return account(actor, []);
}

/** The element with the display name in a card: the first text, where another one says the handle. */
function nameIn(card: Element, linked: string): Element | null {
  const [name, ...others] = card.querySelectorAll(TEXTS);
  if (!name || name.textContent.trim() === '') return null;
  if (isDid(linked)) return others.length > 0 ? name : null; // "Invalid Handle", in the reader's language
  return others.some((text) => says(text, linked)) ? name : null;
}

/** The name is cut off where it is too long, and would cut off a badge inside it. */
function besideName(card: Element, linked: string): Anchor | null {
  const name = nameIn(card, linked);
  if (name === null) return null;
  const node = behindMarks(name);
  // Where name and handle are one below the other there is no line beside the name.
  return node.nextElementSibling?.matches(TEXTS) ? { node: name, place: 'end' } : { node, place: 'after' };
}

/** The last of the marks that belong to a name, like the seal of a verification. */
function behindMarks(name: Element): Element {
  let node = name;
  for (let next = name.nextElementSibling; next?.matches('div:not([dir])'); next = next.nextElementSibling)
    node = next;
  return node;
}

function isHandle(actor: string): boolean {
  return actor.length <= 253 && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(actor);
}

function isDid(actor: string): boolean {
  return actor.length <= 2_048 && /^did:(plc|web):[\w.%:-]+$/.test(actor);
}
