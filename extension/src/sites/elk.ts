import { asciiHost } from '../hostName';
import type { ShownAccount } from '../lookup/account';
import { account, decoded, instant, leadsTo, parseAcct, type Acct } from './mastodon';
import type { Anchor, Page, Site, Surface } from './site';

/** Elk, which shows any Mastodon server's accounts under its own address: `/{server}/@user`, `/{server}/@user@host`. */
export const elk: Site = {
  network: 'mastodon',
  matches: ['https://elk.zone/*'],
  match: (url, document) => (url.hostname === 'elk.zone' || isElk(document) ? pageAt(url) : null),
  viewer(document) {
    // Those in the middle and on the right are others: who was searched for, and whom the footer links to.
    for (const link of document.querySelectorAll(`main > aside:first-child ${LINK}`)) {
      const shown = accountOf(link);
      if (shown !== null) return shown;
    }
    return null;
  },
  // Its numbers are abbreviated in the reader's language.
  profileFacts: () => null,
};

const LINK = 'a[href*="/@"]';

function isElk(document: Document): boolean {
  // The outline of its avatars.
  return document.querySelector('#__nuxt #avatar-mask') !== null;
}

function pageAt(url: URL): Page {
  const [, link = '', below = ''] = /^(\/[^/]+\/@[^/]+)(?:\/(.*?))?\/?$/.exec(url.pathname) ?? [];
  const address = linkedAt(link);
  const surfaces = [hoverCard, post, followNotification, groupedFollow];
  if (address === null || /^\d/.test(below)) {
    return { surfaces: [...surfaces, row('person'), searchResult], expects: null };
  }
  const profile = profileHeader(address);
  if (below !== 'followers' && below !== 'following') {
    return { surfaces: [profile, ...surfaces, row('person'), searchResult], expects: 'profile' };
  }
  const owner = account({ ...address.acct, host: address.acct.host ?? address.server });
  return {
    surfaces: [profile, ...surfaces, row('follower'), searchResult],
    expects: null,
    ...(owner && { list: { owner, side: below } }),
  };
}

function profileHeader(address: Linked): Surface {
  return {
    kind: 'profile',
    // What hangs over the banner: avatar, names, bio, counts.
    selector: 'main [mt--18]',
    identify(header) {
      const said = handleIn(header);
      const linked = linkedAt(
        header.querySelector('a[href$="/followers"]')?.getAttribute('href') ?? '',
        '/followers',
      );
      // Screens left behind stay in the page, hidden.
      return said && linked && leadsHere(address, said) && leadsHere(linked, said) ? account(said) : null;
    },
    anchor(header) {
      const name = header.querySelector('.content-rich');
      return name && { node: name, place: 'after' };
    },
  };
}

/** Rows are recycled: the link's address tells whose it is now. */
const row = (kind: 'follower' | 'person'): Surface => ({
  kind,
  selector: `main > div [justify-between] > ${LINK}`,
  identify: accountOf,
  anchor: afterName,
});

const searchResult: Surface = {
  kind: 'person',
  selector: `main ${LINK}[aria-selected]`,
  identify: accountOf,
  anchor: afterName,
};

const hoverCard: Surface = {
  kind: 'hover-card',
  selector: `.v-popper__popper ${LINK}`,
  identify: accountOf,
  anchor: afterName,
};

const post: Surface = {
  kind: 'post',
  // Of the links in a post only the author's says a handle; the booster's and mentions do not.
  selector: `[id^="status-"] ${LINK}`,
  identify: accountOf,
  anchor: afterName,
};

const followNotification: Surface = {
  kind: 'notification',
  selector: `article > ${LINK}`,
  identify: (link) => (link.querySelector('[i-ri-user-3-line]') ? accountOf(link) : null),
  anchor: afterName,
  followedAt: (link) => instant(link.querySelector('time')?.getAttribute('datetime')),
};

/** Several that followed: avatars side by side, or rows once they are unfolded. */
const groupedFollow: Surface = {
  kind: 'notification',
  selector: `article > [pb-2] ${LINK}`,
  identify(link) {
    const isFollow = link.closest('article')?.querySelector('.i-ri-group-line, .i-ri-user-3-line');
    // A row's link holds another one to the same account.
    if (!isFollow || link.parentElement?.closest('a')) return null;
    if (link.querySelector('p[dir="ltr"]')) return accountOf(link);
    const linked = linkedAt(link.getAttribute('href') ?? '');
    return linked && account({ ...linked.acct, host: linked.acct.host ?? linked.server });
  },
  anchor: (link) => (link.querySelector('p[dir="ltr"]') ? afterName(link) : { node: link, place: 'after' }),
  followedAt(link) {
    const article = link.closest('article');
    // A group tells when one of it followed, not when each did.
    if (article?.querySelector('.i-ri-user-3-line') === null) return null;
    return instant(article?.querySelector('time')?.getAttribute('datetime'));
  },
};

/** Whom a link leads to: an account as its server names it, and that server. */
interface Linked {
  server: string;
  acct: Acct;
}

function linkedAt(href: string, below = ''): Linked | null {
  if (href.length > 600 || !href.endsWith(below)) return null;
  const path = decoded(href.slice(0, href.length - below.length)) ?? '';
  const [, host = '', name = ''] = /^\/([^/@]+)\/@([^/]+)$/.exec(path) ?? [];
  const [server, acct] = [asciiHost(host), parseAcct(name)];
  return server !== null && acct !== null ? { server, acct } : null;
}

/** The account behind a link that also says its full handle, as mentions and the footer's link do not. */
function accountOf(link: Element): ShownAccount | null {
  const linked = linkedAt(link.getAttribute('href') ?? '');
  const said = linked && handleIn(link);
  return said && leadsHere(linked, said) && !link.closest('footer') ? account(said) : null;
}

const leadsHere = ({ acct, server }: Linked, said: Acct) => leadsTo(acct, said, server);

function handleIn(element: Element): Acct | null {
  const text = element.querySelector('p[dir="ltr"]')?.textContent ?? '';
  // User and server are elements of their own, with nothing but space between them.
  return parseAcct(text.replace(/\s+/g, ''));
}

function afterName(element: Element): Anchor | null {
  const handle = element.querySelector('p[dir="ltr"]');
  const name = element.querySelector('.content-rich');
  // In posts name and handle are one line or two, as there is room: the handle's has room for more.
  const node = handle?.previousElementSibling === null ? handle : name;
  return node && { node, place: 'after' };
}
