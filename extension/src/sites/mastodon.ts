import { asciiHost } from '../hostName';
import { sameHandle, type ShownAccount } from '../lookup/account';
import type { Anchor, Count, Page, ProfileFacts, Site, Surface } from './site';

/** Mastodon's own front end and Glitch's, on any host that serves it. */
export const mastodon: Site = {
  network: 'mastodon',
  // Other servers are added by the user while the extension runs: there the document alone tells.
  matches: ['https://mastodon.social/*'],
  match: (url, document) => (isMastodon(document) ? pageAt(url, serverOf(url.host, document)) : null),
  viewer(document) {
    const server = serverOf(document.location.host, document);
    for (const link of document.querySelectorAll('.navigation-bar a[href]')) {
      const acct = acctOf(link, server);
      // Whoever is signed in here lives here.
      if (acct?.host === null) return server.account(acct);
    }
    return null;
  },
  profileFacts(document, url) {
    if (!isMastodon(document)) return null;
    const header = document.querySelector(HEADER);
    const address = accountIn(url);
    return header && address && factsOf(header, address.acct, serverOf(url.host, document));
  },
};

/** A name as servers write it: without a host it is an account of the server that says so. */
export interface Acct {
  user: string;
  host: string | null;
}

/** Reads `user`, `@user` or `user@host`, hosts as ASCII; null where that is not plainly what it says. */
export function parseAcct(text: string): Acct | null {
  const [, user, host] = /^@?(\w(?:[\w.-]{0,253}\w)?)(?:@([^@]{1,253}))?$/.exec(text) ?? [];
  if (user === undefined) return null;
  if (host === undefined) return { user, host: null };
  const ascii = asciiHost(host);
  return ascii === null ? null : { user, host: ascii };
}

/** Whether a server at this host may name accounts of a domain: handles often leave out its `social.`. */
export function speaksFor(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** Whether a link on a server's pages leads to the account whose full handle is shown beside it. */
export function leadsTo(linked: Acct, said: Acct, host: string): boolean {
  if (said.host === null || !sameHandle(linked.user, said.user)) return false;
  return linked.host === null ? speaksFor(host, said.host) : linked.host === said.host;
}

/** An account by its full handle. The pages never say for certain what its actor's address is. */
export function account({ user, host }: Acct): ShownAccount | null {
  return host === null ? null : { network: 'mastodon', handle: `${user}@${host}`, nativeId: null };
}

/** A path as written on a page, with what is percent-encoded in it; null when that is broken. */
export function decoded(path: string): string | null {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** The address in a link to another site; null where it is none. */
export function urlOf(href: string): URL | null {
  return href.startsWith('https://') && URL.canParse(href) ? new URL(href) : null;
}

/** The instant in a machine-readable attribute. */
export function instant(text: string | null | undefined): string | null {
  if (!text || !/^\d{4}-\d\d-\d\dT[\d:.]{5,16}(?:Z|[+-]\d\d:?\d\d)$/.test(text)) return null;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** The server whose pages these are. */
interface Server {
  host: string;
  /** An account as these pages name it; null where the host of its handle cannot be told. */
  account(acct: Acct): ShownAccount | null;
}

function serverOf(host: string, document: Document): Server {
  let own: string | null | undefined;
  return {
    host,
    account(acct) {
      if (acct.host !== null) return account(acct);
      if (own === undefined) own = ownDomain(host, document);
      return account({ ...acct, host: own });
    },
  };
}

/** The domain in the handles of a server's own accounts: said by the page's footer, where it has one. */
function ownDomain(host: string, document: Document): string | null {
  const footer = document.querySelector('.link-footer strong, footer a[href="/about"] .sr-only');
  const said = asciiHost(footer?.textContent.trim().replace(/:$/, '') ?? host);
  return said !== null && speaksFor(host, said) ? said : null;
}

const HEADER = '.account__header, [class*="account_header__barWrapper"]';

function isMastodon(document: Document): boolean {
  // What the script holds is the user's: that it is there is all that is ever asked of it.
  return ['#mastodon.app-holder', 'script#initial-state'].every(
    (part) => document.querySelector(part) !== null,
  );
}

function accountIn(url: URL): { acct: Acct; below: string } | null {
  const path = decoded(url.pathname) ?? '';
  const [, name, below = ''] = /^(?:\/(?:deck|web))?\/@([^/]+)(?:\/(.*?))?\/?$/.exec(path) ?? [];
  const acct = name === undefined ? null : parseAcct(name);
  return acct && { acct, below };
}

function pageAt(url: URL, server: Server): Page {
  const address = accountIn(url);
  // Columns of any page may stand beside any other: these are looked for everywhere.
  const surfaces = [
    hoverCard(server),
    followNotification(server),
    oldFollowNotification(server),
    ...posts(server),
  ];
  if (address === null || /^\d/.test(address.below)) {
    return { surfaces: [...surfaces, ...rows('person', server)], expects: null };
  }
  const { acct, below } = address;
  const profile = profileHeader(acct, server);
  if (below !== 'followers' && below !== 'following') {
    const expects = /^(?:with_replies|media|featured|tagged\/.*)?$/.test(below) ? 'profile' : null;
    return { surfaces: [profile, ...surfaces, ...rows('person', server)], expects };
  }
  const owner = server.account(acct);
  return {
    surfaces: [profile, ...surfaces, ...rows('follower', server)],
    expects: null,
    ...(owner && { list: { owner, side: below } }),
  };
}

/* Profiles */

function profileHeader(address: Acct, server: Server): Surface {
  return {
    kind: 'profile',
    selector: HEADER,
    identify: (header) => profileOf(header, address, server),
    anchor(header) {
      const name = header.querySelector('h1');
      // Before 4.6 the name is cut off where it is too long, and its line with it; the handle's line is not.
      const handle = name?.querySelector('small');
      if (handle) return { node: handle, place: 'end' };
      return name && { node: name, place: 'after' };
    },
  };
}

/** In the middle of a navigation the header may still be the former profile's: the address tells. */
function profileOf(header: Element, address: Acct, server: Server): ShownAccount | null {
  const handle =
    header.querySelector('h1 small > span') ??
    header.querySelector('h1 small') ??
    header.querySelector('button[aria-controls]');
  const said = handle && parseAcct(handle.textContent.trim());
  const linked = acctOf(header.querySelector('a[href$="/followers"]'), server, '/followers');
  if (!said || !linked || !leadsTo(address, said, server.host) || !leadsTo(linked, said, server.host))
    return null;
  return canonicalDiffers(header.ownerDocument, said, linked, server) ? null : account(said);
}

/** Whether the head says that this very user lives elsewhere. About others it tells nothing: it lags behind. */
function canonicalDiffers(document: Document, said: Acct, linked: Acct, { host }: Server): boolean {
  const url = urlOf(document.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? '');
  const path = url === null ? null : decoded(url.pathname);
  if (url === null || path === null || said.host === null || !sameHandle(path, `/@${said.user}`))
    return false;
  return linked.host === null ? url.host !== host : !speaksFor(url.host, said.host);
}

function factsOf(header: Element, address: Acct, server: Server): ProfileFacts | null {
  const shown = profileOf(header, address, server);
  if (shown === null) return null;
  const following = fieldOf(header, '/following');
  return {
    account: shown,
    followers: countIn(fieldOf(header, '/followers')),
    following: countIn(following),
    // Posts have a link of their own only in the older layouts.
    posts: countIn(
      following?.tagName === 'LI'
        ? following.nextElementSibling
        : header.querySelector(
            '.account__header__extra__links a:not([href$="/followers"], [href$="/following"])',
          ),
    ),
    joined:
      /^\d{4}-\d\d-\d\d/.exec(header.querySelector('li time')?.getAttribute('datetime') ?? '')?.[0] ?? null,
  };
}

const fieldOf = (header: Element, below: string) =>
  header.querySelector(`a[href$="${below}"]`)?.closest('[title]') ?? null;

/** The whole number, written with the separators of the reader's language. */
function countIn(field: Element | null): Count | null {
  const title = field?.getAttribute('title') ?? '';
  if (!/^\d{1,3}(?:(?:[.,'’\s]?\d{2,3}){0,3}[.,'’\s]?\d{3})?$/.test(title)) return null;
  return { value: Number(title.replace(/\D/g, '')), exact: true };
}

/* Rows, cards and posts */

function rows(kind: 'follower' | 'person', server: Server): Surface[] {
  return [
    {
      kind,
      selector: '#mastodon h3 > a[data-hover-card-account]',
      identify(link) {
        const linked = acctOf(link, server);
        const said = parseAcct(link.parentElement?.nextElementSibling?.textContent.trim() ?? '');
        return linked && said && leadsTo(linked, said, server.host) ? account(said) : null;
      },
      anchor: after,
    },
    {
      kind,
      selector: '.account:not(.account--minimal), .account-authorize',
      identify(row) {
        // That row repeats who the notification around it is about.
        return row.closest('.notification-follow') ? null : accountOf(rowLink(row), server);
      },
      anchor: (row) => endOf(rowLink(row)),
    },
    {
      kind: 'person',
      selector: '.inline-follow-suggestions__body__scrollable__card',
      identify: (card) => accountOf(card.querySelector('[class$="__text-stack"] a'), server),
      // In its line of text a badge would make the whole row of cards higher.
      anchor: (card) => endOf(card.querySelector('[class$="__card__avatar"]')),
    },
  ];
}

const rowLink = (row: Element) =>
  row.querySelector('a.account__display-name, a.detailed-status__display-name');

function hoverCard(server: Server): Surface {
  const linkIn = (card: Element) => card.querySelector('a.hover-card__name');
  return {
    kind: 'hover-card',
    selector: '#hover-card',
    identify: (card) => accountOf(linkIn(card), server),
    anchor: (card) => after(linkIn(card)),
  };
}

function posts(server: Server): Surface[] {
  const nameIn = (header: Element) =>
    header.querySelector('a[data-hover-card-account] .display-name')?.closest('a') ?? null;
  return [
    {
      kind: 'post',
      // Not in the line above a boost: that is who passed it on.
      selector: '.status__info a.status__display-name, .detailed-status > a.detailed-status__display-name',
      identify: (link) => accountOf(link, server),
      anchor: endOf,
    },
    {
      kind: 'post',
      selector: '#mastodon article > header',
      identify: (header) => accountOf(nameIn(header), server),
      anchor: (header) => after(nameIn(header)),
    },
  ];
}

/* "Followed you" */

/** Each of a group's accounts is an avatar; the first has its name in the sentence as well. */
function followNotification(server: Server): Surface {
  const groupOf = (link: Element) => link.closest('.notification-group');
  return {
    kind: 'notification',
    selector:
      '.notification-group--follow .avatar-group > a, .notification-group--follow .notification-group__avatar-group > a',
    identify: (link) => accountOf(link, server),
    anchor(link) {
      const href = link.getAttribute('href');
      const names = groupOf(link)?.querySelectorAll(
        '.notification-group__main__header__label a[data-hover-card-account]',
      );
      return after(Array.from(names ?? []).find((name) => name.getAttribute('href') === href) ?? link);
    },
    followedAt(link) {
      // A group tells when the last of it followed, not when each did.
      if (link.parentElement?.querySelectorAll('a').length !== 1) return null;
      return instant(groupOf(link)?.querySelector('time')?.getAttribute('datetime'));
    },
  };
}

/** One account each, as until 4.2 and wherever notifications are not grouped. */
function oldFollowNotification(server: Server): Surface {
  const nameIn = (row: Element) => row.querySelector('.notification__message a.notification__display-name');
  return {
    kind: 'notification',
    selector: '.notification-follow',
    identify: (row) => accountOf(nameIn(row), server),
    anchor: (row) => after(nameIn(row)),
    followedAt: (row) =>
      instant(row.querySelector('.notification__message > [title]')?.getAttribute('title')),
  };
}

/** The account behind a link, where the handle in its text, if it has one, says the same. */
function accountOf(link: Element | null, server: Server): ShownAccount | null {
  const linked = acctOf(link, server);
  if (!link || !linked) return null;
  const handle = link.querySelector('.display-name__account');
  if (handle === null) return server.account(linked);
  const said = parseAcct(handle.textContent.trim());
  if (!said) return null;
  if (said.host !== null) return leadsTo(linked, said, server.host) ? account(said) : null;
  return linked.host === null && sameHandle(linked.user, said.user) ? server.account(linked) : null;
}

/** Whom a link leads to; null where it leads elsewhere, or its title contradicts it. */
function acctOf(link: Element | null, server: Server, below = ''): Acct | null {
  const href = link?.getAttribute('href') ?? '';
  if (!link || href.length > 600 || !href.endsWith(below)) return null;
  const path = href.slice(0, href.length - below.length);
  if (path.startsWith('/@')) return parseAcct(decoded(path)?.slice(2) ?? '');
  return foreignAcct(path, link.getAttribute('title') ?? '', server);
}

/** Glitch links to the profile on its own server, and gives the handle in the title. */
function foreignAcct(href: string, title: string, server: Server): Acct | null {
  const url = urlOf(href);
  const acct = parseAcct(title);
  if (url === null || acct === null) return null;
  const [, user] = /^\/@([^/]+)$/.exec(url.pathname) ?? [];
  if (user !== undefined && !sameHandle(user, acct.user)) return null;
  const isThere = acct.host === null ? url.host === server.host : speaksFor(url.host, acct.host);
  return isThere ? acct : null;
}

const after = (node: Element | null): Anchor | null => node && { node, place: 'after' };

// These boxes are rows of avatar and names: a badge at their end takes its place from the names and no line of its own.
const endOf = (node: Element | null): Anchor | null => node && { node, place: 'end' };
