import { asciiHost } from '../hostName';
import { sameHandle, type ShownAccount } from '../lookup/account';
import { account, parseAcct, speaksFor, urlOf } from './mastodon';
import type { Anchor, Count, Page, ProfileFacts, Site, Surface } from './site';

/** Phanpy, whose pages are told apart after the `#`: `#/{server}/a/{id}` is a profile. */
export const phanpy: Site = {
  network: 'mastodon',
  matches: ['https://phanpy.social/*'],
  match: (url, document) => (isPhanpy(document) ? pageAt(url) : null),
  viewer: () => null,
  profileFacts: (document, url) => (isPhanpy(document) && isProfile(url) ? factsOf(document) : null),
};

function isPhanpy(document: Document): boolean {
  return ['#app', '#modal-container', 'meta[data-theme-setting]'].every(
    (part) => document.querySelector(part) !== null,
  );
}

const isProfile = (url: URL) => /^#\/[^/?]+\/a\/[^/?]+/.test(url.hash);

const pageAt = (url: URL): Page => ({ surfaces: SURFACES, expects: isProfile(url) ? 'profile' : null });

const PROFILE = '.timeline-start .account-container > header a.account-block';

const SURFACES: Surface[] = [
  { kind: 'profile', selector: PROFILE, identify: accountOf, anchor: afterName },
  {
    kind: 'hover-card',
    selector: '.sheet > .account-container > header a.account-block',
    identify: accountOf,
    anchor: afterName,
  },
  {
    // Followers, followed, search results and who liked something are all the same list.
    kind: 'person',
    selector: '.accounts-list a.account-block',
    identify: accountOf,
    anchor: afterName,
  },
  {
    kind: 'notification',
    // Of several, "12 people followed you" names nobody. When is said in the reader's language only.
    selector: '.notification-follow > .notification-content > p > a.name-text',
    identify: accountOf,
    anchor: (link) => ({ node: link, place: 'after' }),
    followedAt: () => null,
  },
  {
    kind: 'post',
    // Not the booster's name, which stands above, nor whom it answers.
    selector: '.status .meta-name > a.name-text:first-child',
    identify: accountOf,
    // The name fades out where it is too long.
    anchor: (link) => link.parentElement && { node: link.parentElement, place: 'after' },
  },
];

function afterName(block: Element): Anchor | null {
  const node = block.querySelector('.account-block-content > b');
  return node && { node, place: 'after' };
}

/** Links lead to the profile on its own server, and titles end with the handle: `@user`, `Name (user@host)`. */
function accountOf(link: Element): ShownAccount | null {
  const [href, title] = [link.getAttribute('href') ?? '', link.getAttribute('title') ?? ''];
  if (href.length > 600 || title.length > 2_000) return null;
  const url = urlOf(href);
  // Names come first: whatever they hold, the last word is the handle's.
  const said = parseAcct(/(?:^|[\s(])([^\s()]+)\)?$/.exec(title)?.[1] ?? '');
  if (url === null || said === null) return null;
  const host = asciiHost(url.host);
  const [, user] = /^\/@([^/]+)$/.exec(url.pathname) ?? [];
  if (host === null || (user !== undefined && !sameHandle(user, said.user))) return null;
  if (said.host !== null) return speaksFor(host, said.host) ? account(said) : null;
  // An account of the reader's own server. Other software has other addresses: there its name alone is not enough.
  return user === undefined ? null : account({ ...said, host });
}

function factsOf(document: Document): ProfileFacts | null {
  const block = document.querySelector(PROFILE);
  const shown = block && accountOf(block);
  const stats = block?.closest('.account-container')?.querySelector('.stats');
  if (!shown || !stats) return null;
  const counts = Array.from(stats.querySelectorAll('[to] > span[title]'), countIn);
  const [followers = null, following = null, posts = null] = counts.length === 3 ? counts : [];
  const joined = /^\d{4}-\d\d-\d\d/.exec(stats.querySelector('time')?.getAttribute('datetime') ?? '');
  return { account: shown, followers, following, posts, joined: joined?.[0] ?? null };
}

function countIn(element: Element): Count | null {
  const title = element.getAttribute('title') ?? '';
  return /^\d{1,15}$/.test(title) ? { value: Number(title), exact: true } : null;
}
