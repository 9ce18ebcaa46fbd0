import { sameHandle, type ShownAccount } from '../lookup/account';
import { countIn } from './count';
import type { Anchor, Page, ProfileFacts, Site, Surface } from './site';
import { handleAfter, says } from './text';

const HOSTS = ['x.com', 'www.x.com', 'twitter.com', 'mobile.twitter.com'];

// What may follow a handle in the address of a profile.
const TABS = ['', 'with_replies', 'highlights', 'articles', 'media', 'likes', 'affiliates', 'superfollows'];

const SIDES = new Map<string, 'followers' | 'following'>([
  ['followers', 'followers'],
  ['verified_followers', 'followers'],
  ['following', 'following'],
]);

// First parts of addresses that are the site's own and nobody's handle.
const RESERVED = new Set(
  (
    'about account bookmarks communities compose connect_people download explore follower_requests hashtag help ' +
    'home i intent jobs lists login logout messages notifications oauth personalization privacy search settings ' +
    'share signup similar_to tos topics who_to_follow'
  ).split(' '),
);

const AVATAR = 'UserAvatar-Container-';
const AVATARS = `[data-testid^="${AVATAR}"]`;
const FOLLOW_BUTTONS = '[data-testid$="-follow"], [data-testid$="-unfollow"]';
const SCHEMA = 'script[data-testid="UserProfileSchema-test"]';
const SIGNED_IN = '[data-testid="AppTabBar_Profile_Link"]';
// The filled figure of a person: the same in every language.
const FOLLOWED_YOU = 'svg path[d^="M17.863 13.44c1.477"]';
// Never read, whatever of them a page shows.
const MESSAGES = '[data-testid^="dm" i]';

export const x: Site = {
  network: 'x',
  matches: HOSTS.map((host) => `https://${host}/*`),
  match,
  viewer,
  profileFacts,
};

function match(url: URL): Page | null {
  if (!HOSTS.includes(url.hostname)) return null;
  const [, first = '', second = ''] = url.pathname.split('/');
  if (first === 'messages' || (first === 'i' && second === 'chat')) return null;
  const owner = isHandle(first) ? account(first) : null;
  const side = owner && SIDES.get(second);
  const surfaces = [hoverCard, post];
  if (first === 'notifications') surfaces.push(followNotification);
  if (owner && side) {
    const beside = cells('person', '[data-testid="sidebarColumn"] ');
    surfaces.push(listed(first, side), beside);
    return page(surfaces, null, { owner, side });
  }
  surfaces.push(cells('person'));
  if (!owner || !TABS.includes(second)) return page(surfaces, null);
  return page([profileHeader(first), ...surfaces], 'profile');
}

function page(surfaces: Surface[], expects: Page['expects'], list?: Page['list']): Page {
  const outsideMessages = surfaces.map((surface): Surface => ({
    ...surface,
    identify: (element) => (element.closest(MESSAGES) === null ? surface.identify(element) : null),
  }));
  return { surfaces: outsideMessages, expects, ...(list && { list }) };
}

function viewer(document: Document): ShownAccount | null {
  const linked = handleOf(document.querySelector(SIGNED_IN));
  // Narrow screens have the link in a drawer, and the picture on the button that opens it.
  const pictured = picturedIn(document.querySelector('[data-testid="DashButton_ProfileIcon_Link"]'));
  const handle = linked ?? pictured;
  return handle === null || (pictured !== null && !sameHandle(handle, pictured)) ? null : account(handle);
}

/** The column is looked at, not the header: a header that is filled anew for the next person loses no element. */
function profileHeader(handle: string): Surface {
  return {
    kind: 'profile',
    selector: '[data-testid="primaryColumn"]',
    identify: (column) => whoseHeader(column, handle),
    anchor: (column) => afterName(column.querySelector('[data-testid="UserName"]')),
    followsViewer: (column) => followMark(headerOf(column), handle),
  };
}

function headerOf(column: Element): Element | null {
  return column.querySelector('[data-testid="UserName"]')?.parentElement ?? null;
}

function whoseHeader(column: Element, handle: string): ShownAccount | null {
  const names = column.querySelector('[data-testid="UserName"]');
  const name = names?.querySelector('[dir]');
  // In the middle of a navigation header and address may be of different people.
  const said = names && name && handleAfter(names, name, '[dir]');
  if (!said || !sameHandle(said, handle)) return null;
  const described = schemaOf(column.ownerDocument, handle)?.id ?? null;
  const followed = idOnButton(names.parentElement, handle);
  if (described !== null && followed !== null && described !== followed) return null;
  return account(said, described ?? followed);
}

const hoverCard: Surface = {
  kind: 'hover-card',
  selector: '[data-testid="HoverCard"]',
  identify(card) {
    const named = namedIn(card);
    // While it loads, a card shows nobody for certain.
    if (named === null || card.querySelector(`a[href="/${named.handle}/following"]`) === null) return null;
    return account(named.handle, idOnButton(card, named.handle));
  },
  anchor: (card) => afterName(namedIn(card)?.link),
  followsViewer: (card) => followMark(card, namedIn(card)?.handle),
};

/** Rows of people: followers, followed, found or suggested ones. */
function cells(kind: 'follower' | 'person', within = ''): Surface {
  return {
    kind,
    selector: `${within}[data-testid="UserCell"]`,
    identify(cell) {
      const named = namedIn(cell);
      // In a post it is part of an advertisement or a card, whose author is somebody else.
      if (named === null || cell.closest('[data-testid="tweet"]') !== null) return null;
      return account(named.handle, idOnButton(cell, named.handle));
    },
    anchor: (cell) => afterName(namedIn(cell)?.link),
    followsViewer: (cell) => followMark(cell, namedIn(cell)?.handle),
  };
}

function listed(owner: string, side: 'followers' | 'following'): Surface {
  const rows = cells('follower', '[data-testid="primaryColumn"] ');
  return {
    ...rows,
    followsViewer(cell) {
      const mark = rows.followsViewer?.(cell) ?? null;
      // Among the reader's own followers a row without the mark is no sign that somebody left.
      const isOwn = side === 'followers' && sameHandle(viewer(cell.ownerDocument)?.handle ?? '', owner);
      return mark === false && isOwn ? null : mark;
    },
  };
}

const post: Surface = {
  kind: 'post',
  selector: '[data-testid="User-Name"]',
  identify(names) {
    if (names.closest('[data-testid="HoverCard"], [data-testid="UserCell"]') !== null) return null;
    const named = namedIn(names);
    const handle = named === null ? quotedIn(names) : named.handle;
    return handle === null ? null : account(handle);
  },
  anchor: (names) => afterName(namedIn(names)?.link ?? names),
};

const followNotification: Surface = {
  kind: 'notification',
  selector: '[data-testid="notification"] a[href^="/"]',
  identify(link) {
    const handle = handleOf(link);
    const row = handle === null ? null : link.closest('[data-testid="notification"]');
    if (handle === null || !row?.querySelector(FOLLOWED_YOU)) return null;
    // A row may show the follower's bio as well: who is mentioned there has no picture in the row, and the follower
    // was named before.
    if (row.querySelector(`[data-testid="${AVATAR}${handle}"]`) === null) return null;
    const [name] = Array.from(row.querySelectorAll(`a[href="/${handle}"]`)).filter(
      (other) => !isPicture(other),
    );
    return name === link ? account(handle) : null;
  },
  anchor: (link) => ({ node: link, place: 'after' }),
  followedAt(link) {
    const row = link.closest('[data-testid="notification"]');
    // Of several people the row has one time, and nobody knows whose it is.
    if (row === null || row.querySelectorAll(AVATARS).length > 1) return null;
    return instant(row.querySelector('time')?.getAttribute('datetime'));
  },
};

/**
 * Whom a card, a row or a post's head names: by the first text that is a link to somebody, where the handle and the
 * picture beside it say the same. Bios come later, and a display name is not believed.
 */
function namedIn(root: Element): { handle: string; link: Element } | null {
  let named: { handle: string; link: Element } | null = null;
  for (const text of root.querySelectorAll('[dir]')) {
    if (named !== null) {
      if (!named.link.contains(text) && says(text, named.handle)) return named;
      continue;
    }
    const link = text.closest('a');
    const handle = link === text ? null : handleOf(link);
    if (link === null || handle === null) continue;
    const pictured = picturedIn(root);
    if (pictured !== null && !sameHandle(pictured, handle)) return null;
    named = { handle, link };
  }
  return null;
}

/** The author of a quoted post. It is one big link, so that what is in it is text only. */
function quotedIn(names: Element): string | null {
  const pictured = picturedIn(names.closest('[role="link"]'));
  const name = names.querySelector('[dir]');
  const said = name && handleAfter(names, name, '[dir="ltr"]');
  return said && pictured && sameHandle(said, pictured) ? said : null;
}

/** The handle in the name of the first picture; null where it is still to come. */
function picturedIn(root: Element | null): string | null {
  const handle = root?.querySelector(AVATARS)?.getAttribute('data-testid')?.slice(AVATAR.length) ?? '';
  return isHandle(handle) && handle !== 'unknown' ? handle : null;
}

function isPicture(link: Element): boolean {
  return link.closest(AVATARS) !== null;
}

/** The number on the account's own follow button: its label names the account in every language. */
function idOnButton(root: Element | null, handle: string): string | null {
  const button = root?.querySelector(FOLLOW_BUTTONS);
  const label = button?.getAttribute('aria-label') ?? '';
  const named = label.length > 200 ? undefined : /@(\w+)/.exec(label)?.[1];
  if (!button || named === undefined || !sameHandle(named, handle)) return null;
  return nativeId(/^\d+(?=-)/.exec(button.getAttribute('data-testid') ?? '')?.[0]);
}

/** "Follows you". Where there is no mark, the button tells that the page knows, if anybody is signed in at all. */
function followMark(root: Element | null, handle: string | undefined): boolean | null {
  if (root === null || handle === undefined || viewer(root.ownerDocument) === null) return null;
  if (root.querySelector('[data-testid="userFollowIndicator"]') !== null) return true;
  return idOnButton(root, handle) === null ? null : false;
}

/** Behind the name and its marks, in their row: inside the name it would be cut off with it. */
function afterName(root: Element | null | undefined): Anchor | null {
  let node = root?.querySelector('[dir]') ?? null;
  for (let next = node?.nextElementSibling; next?.hasAttribute('dir'); next = next.nextElementSibling)
    node = next;
  return node && { node, place: 'after' };
}

function profileFacts(document: Document, url: URL): ProfileFacts | null {
  const [, handle = '', tab = ''] = url.pathname.split('/');
  const column = document.querySelector('[data-testid="primaryColumn"]');
  const shown = isHandle(handle) && TABS.includes(tab) && column ? whoseHeader(column, handle) : null;
  if (shown === null) return null;
  const schema = schemaOf(document, handle);
  const header = column && headerOf(column);
  const count = (action: string, links: string[]) => {
    const value = schema?.counts.get(action);
    if (value !== undefined) return { value, exact: true };
    const shownIn = links.map((link) => header?.querySelector(`a[href="/${shown.handle ?? ''}/${link}"]`));
    return countIn(shownIn.find((link) => link) ?? null, document.documentElement.lang);
  };
  return {
    account: shown,
    followers: count('FollowAction', ['verified_followers', 'followers']),
    following: count('SubscribeAction', ['following']),
    posts: count('WriteAction', []),
    joined: schema?.joined ?? null,
  };
}

interface Schema {
  handle: string;
  id: string | null;
  joined: string | null;
  counts: Map<string, number>;
}

// Asked for at every change of a profile's page, and hardly ever another.
let lastRead: { text: string; schema: Schema | null } = { text: '', schema: null };

/** What a profile's page says for machines; null while it is still about the profile looked at before. */
function schemaOf(document: Document, handle: string): Schema | null {
  const text = document.querySelector(SCHEMA)?.textContent ?? '';
  if (text !== lastRead.text) lastRead = { text, schema: readSchema(text) };
  const { schema } = lastRead;
  return schema && sameHandle(schema.handle, handle) ? schema : null;
}

function readSchema(text: string): Schema | null {
  if (text.length > 100_000) return null;
  try {
    const { dateCreated, mainEntity, author } = JSON.parse(text) as Record<string, unknown>;
    const { additionalName, identifier, interactionStatistic } = (mainEntity ?? author) as Record<
      string,
      unknown
    >;
    if (typeof additionalName !== 'string') return null;
    const counts = new Map<string, number>();
    for (const counter of Array.isArray(interactionStatistic) ? interactionStatistic : []) {
      const { interactionType: type, userInteractionCount: value } = counter as Record<string, unknown>;
      const isCount = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
      if (isCount && typeof type === 'string') counts.set(type.slice(type.lastIndexOf('/') + 1), value);
    }
    return {
      handle: additionalName,
      id: nativeId(identifier),
      joined: instant(dateCreated)?.slice(0, 10) ?? null,
      counts,
    };
  } catch {
    return null; // not what it was: the page itself is still there to read
  }
}

/** The handle a link leads to, null when it leads anywhere but to a profile. */
function handleOf(link: Element | null): string | null {
  const href = link?.getAttribute('href') ?? '';
  return href.startsWith('/') && isHandle(href.slice(1)) ? href.slice(1) : null;
}

function isHandle(text: string): boolean {
  return /^[A-Za-z0-9_]{1,15}$/.test(text) && !RESERVED.has(text.toLowerCase());
}

function nativeId(text: unknown): string | null {
  return typeof text === 'string' && /^[1-9]\d{0,19}$/.test(text) ? text : null;
}

function instant(text: unknown): string | null {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]{5,15}Z$/.test(text)) return null;
  return Number.isNaN(Date.parse(text)) ? null : text;
}

function account(handle: string, nativeId: string | null = null): ShownAccount {
  return { network: 'x', handle, nativeId };
}
