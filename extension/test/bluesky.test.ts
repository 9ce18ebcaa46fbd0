import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pageAt as siteAndPageAt } from '../src/sites';
import { bluesky } from '../src/sites/bluesky';
import { demo } from '../src/sites/demo';
import type { Surface } from '../src/sites/site';
import { CAST, fixturePage, parsePage } from './page';

const pageAt = (address: string) => siteAndPageAt(address, document)?.page ?? null;

const CHURNER = { network: 'bluesky', handle: CAST.handle, nativeId: CAST.did };
const ORGANIC = { network: 'bluesky', handle: CAST.organicHandle, nativeId: CAST.organicDid };

function surfaceAt(address: string, kind: Surface['kind']): Surface {
  const surface = pageAt(address)?.surfaces.find((candidate) => candidate.kind === kind);
  if (!surface) throw new Error(`no ${kind} at ${address}`);
  return surface;
}

/** What the surfaces of a kind say of a page: whose they are, and the text their badge would stand at. */
function read(document: Document, address: string, kind: Surface['kind']) {
  const surface = surfaceAt(address, kind);
  return Array.from(document.querySelectorAll(surface.selector), (element) => ({
    shown: surface.identify(element),
    at: nameAt(surface.anchor(element)?.node),
  })).filter(({ shown }) => shown !== null);
}

/** The badge stands behind the name and its marks, which say nothing. */
function nameAt(node: Element | undefined): string | undefined {
  return (node?.textContent.trim() === '' ? node.previousElementSibling : node)?.textContent.trim();
}

const PROFILE = `https://bsky.app/profile/${CAST.handle}`;

describe.each([
  ['bsky.app', 'https://bsky.app', ''],
  ['the demonstration site', 'http://localhost:8080/demo', '/demo'],
])('on %s', (_, origin, base) => {
  test('a profile', () => {
    const found = read(fixturePage('profile', CAST, base), `${origin}/profile/${CAST.handle}`, 'profile');
    expect(found).toEqual([{ shown: CHURNER, at: CAST.name }]);
  });

  test('rows of followers, without the mention in a bio', () => {
    const found = read(
      fixturePage('followers', CAST, base),
      `${origin}/profile/you.example/followers`,
      'follower',
    );
    expect(found.map(({ shown }) => shown)).toEqual([CHURNER, ORGANIC, expect.anything()]);
    expect(found[0]?.at).toBe(CAST.name);
  });

  test('who followed, not who liked', () => {
    const found = read(fixturePage('notifications', CAST, base), `${origin}/notifications`, 'notification');
    expect(found).toEqual([
      { shown: CHURNER, at: CAST.name },
      { shown: ORGANIC, at: 'Rosa Marín' },
    ]);
  });
});

describe('a profile is nobody’s', () => {
  test.each<[string, (document: Document) => void]>([
    [
      'while name and link are of different people',
      (page) => {
        set(page, 'profileHeaderFollowersButton', 'x.example');
      },
    ],
    [
      'without a link to its followers',
      (page) => {
        find(page, 'profileHeaderFollowersButton').remove();
      },
    ],
    [
      'without a name',
      (page) => {
        find(page, 'profileHeaderDisplayName').remove();
      },
    ],
    [
      'with a handle that only looks alike',
      (page) => {
        // A Cyrillic е.
        page.querySelector('.muted')!.textContent = `@${CAST.handle.replace('e', '\u0435')}`;
      },
    ],
    [
      'with avatars of two accounts',
      (page) => {
        const image = find(page, 'profileHeaderAviButton').querySelector('img')!;
        const second = image.cloneNode() as Element;
        second.setAttribute('src', '/img/avatar/plain/did:plc:another/bafk@jpeg');
        image.after(second);
      },
    ],
  ])('%s', (_, change) => {
    const document = fixturePage('profile');
    change(document);
    expect(read(document, PROFILE, 'profile')).toEqual([]);
  });

  const find = (page: Document, testid: string) => page.querySelector(`[data-testid=${testid}]`)!;
  const set = (page: Document, testid: string, handle: string) => {
    find(page, testid).setAttribute('href', `/profile/${handle}/followers`);
  };
});

/** What all surfaces of a page say. */
function readAll(document: Document, address: string) {
  return (pageAt(address)?.surfaces ?? []).flatMap(({ kind }) =>
    read(document, address, kind).map((found) => ({ kind, ...found })),
  );
}

const ROSA = 'Rosa Marín';
const FEED = 'https://bsky.app/';
const THREAD = `https://bsky.app/profile/${CAST.handle}/post/3kexample`;
const SEARCH = 'https://bsky.app/search?q=gwen';

describe('who is shown, and nobody else', () => {
  test('in a feed: authors, the quoted and the hover card, not who is mentioned, reposts or follows, too', () => {
    expect(readAll(fixturePage('feed'), FEED)).toEqual([
      { kind: 'hover-card', shown: CHURNER, at: CAST.name },
      { kind: 'post', shown: CHURNER, at: `\u202a${CAST.name}\u202c` },
      { kind: 'post', shown: ORGANIC, at: `\u202a${ROSA}\u202c` },
      { kind: 'post', shown: CHURNER, at: `\u202a${CAST.name}\u202c` },
    ]);
  });

  test('in a thread: its head and its replies', () => {
    expect(readAll(fixturePage('thread'), THREAD)).toEqual([
      { kind: 'post', shown: CHURNER, at: CAST.name },
      { kind: 'post', shown: ORGANIC, at: `\u202a${ROSA}\u202c` },
    ]);
  });

  test('in a search: people by handle or DID, no feeds', () => {
    const page = fixturePage('search');
    expect(readAll(page, SEARCH)).toEqual([
      { kind: 'person', shown: { ...CHURNER, handle: null }, at: CAST.name },
      { kind: 'person', shown: ORGANIC, at: ROSA },
    ]);
    // Beside a name there is room only where it has a line of its own.
    const surface = surfaceAt(SEARCH, 'person');
    expect(Array.from(page.querySelectorAll('main a'), (row) => surface.anchor(row)?.place)).toEqual([
      'after',
      'end',
      undefined,
    ]);
  });

  test('in a list of followed', () => {
    const page = fixturePage('followers');
    page.querySelector('[data-testid]')!.setAttribute('data-testid', 'profileFollowsScreen');
    const found = readAll(page, 'https://bsky.app/profile/you.example/follows');
    expect(found.map(({ kind }) => kind)).toEqual(['follower', 'follower', 'follower']);
  });
});

describe('in a feed nobody is shown', () => {
  test.each<[string, (link: Element) => void]>([
    [
      'by a name without a handle beside it',
      (link) => {
        link.parentElement!.lastElementChild!.remove();
      },
    ],
    [
      'with another’s handle',
      (link) => {
        link.parentElement!.lastElementChild!.textContent = `@${CAST.organicHandle}`;
      },
    ],
    [
      'with a look-alike handle',
      (link) => {
        link.parentElement!.lastElementChild!.textContent = `@${CAST.handle.replace('e', '\u0435')}`;
      },
    ],
    [
      'with a handle whose lower case is what its links say',
      (link) => {
        const line = link.parentElement!;
        for (const each of line.querySelectorAll('a')) each.setAttribute('href', '/profile/kay.example');
        line.lastElementChild!.textContent = '@\u212aay.example'; // the Kelvin sign
      },
    ],
    [
      'where the handle leads to somebody else',
      (link) => {
        link.parentElement!.lastElementChild!.setAttribute('href', `/profile/${CAST.organicHandle}`);
      },
    ],
    [
      'where the two links lead to different people',
      (link) => {
        link.setAttribute('href', `/profile/${CAST.organicHandle}`);
      },
    ],
    [
      'with a link without end',
      (link) => {
        link.setAttribute('href', `/profile/${'a.'.repeat(500_000)}example`);
      },
    ],
    [
      'with pictures of two accounts',
      (link) => {
        const image = link.closest('[data-testid]')!.querySelector('img')!;
        image.after(image.cloneNode());
        image.setAttribute('src', '/img/avatar/plain/did:plc:another/bafk@jpeg');
      },
    ],
    [
      'in what somebody wrote',
      (link) => {
        link.parentElement!.setAttribute('data-word-wrap', '1');
      },
    ],
  ])('%s', (_, change) => {
    const page = fixturePage('feed');
    change(page.querySelector('[data-testid^=feedItem] a.name')!);
    expect(
      readAll(page, FEED)
        .filter(({ kind }) => kind === 'post')
        .map(({ at }) => at),
    ).toEqual([`\u202a${ROSA}\u202c`, `\u202a${CAST.name}\u202c`]);
  });
});

test('the head of a thread is nobody’s where row and link disagree', () => {
  const page = fixturePage('thread');
  page
    .querySelector('[data-testid^=postThreadItem]')!
    .setAttribute('data-testid', 'postThreadItem-by-a.example');
  expect(readAll(page, THREAD).map(({ shown }) => shown)).toEqual([ORGANIC]);
});

test('a hover card is nobody’s where name and numbers are of different people', () => {
  const page = fixturePage('feed');
  const followers = page.querySelector('a[href$="/followers"]')!;
  followers.setAttribute('href', `/profile/${CAST.organicHandle}/followers`);
  expect(read(page, FEED, 'hover-card')).toEqual([]);
  const card = followers.parentElement!.previousElementSibling!;
  card.querySelector('.muted')!.textContent = `@${CAST.organicHandle}`;
  expect(read(page, FEED, 'hover-card')).toEqual([]);
});

test('an author whose display name is another’s handle is still themselves', () => {
  const page = fixturePage('feed');
  page.querySelector('[data-testid^=feedItem] a.name')!.textContent = `@${CAST.organicHandle}`;
  expect(read(page, FEED, 'post')[0]?.shown).toEqual(CHURNER);
});

describe('a notification tells of a follow', () => {
  const NOTIFICATIONS = 'https://bsky.app/notifications';
  // As on the real site, where rows are links around links, which no parser of markup makes.
  function rowAsLink(href: string, icon: string): Document {
    const page = fixturePage('notifications');
    const row = page.querySelector('[data-testid^=feedItem]')!;
    const link = page.createElement('a');
    for (const { name, value } of Array.from(row.attributes)) link.setAttribute(name, value);
    link.setAttribute('href', href);
    const svg = page.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.append(page.createElementNS('http://www.w3.org/2000/svg', icon));
    link.append(svg, ...row.childNodes);
    row.replaceWith(link);
    return page;
  }

  test.each([
    ['leading to who followed', `/profile/${CAST.handle}`, 'path', 2],
    ['not when it leads to a post that was liked', '/profile/you.example/post/3kexample', 'path', 1],
    ['not when it bears the seal of a verification', `/profile/${CAST.handle}`, 'circle', 1],
  ])('%s', (_, href, icon, found) => {
    expect(readAll(rowAsLink(href, icon), NOTIFICATIONS)).toHaveLength(found);
  });

  test('not for certain when it has an icon and leads nowhere', () => {
    const page = fixturePage('notifications');
    page
      .querySelector('[data-testid^=feedItem]')!
      .append(page.createElementNS('http://www.w3.org/2000/svg', 'svg'));
    expect(readAll(page, NOTIFICATIONS)).toHaveLength(1);
  });

  test('without saying when', () => {
    const page = fixturePage('notifications');
    const surface = surfaceAt(NOTIFICATIONS, 'notification');
    expect(surface.followedAt?.(page.querySelector(surface.selector)!)).toBeNull();
  });
});

test('who is signed in', () => {
  const page = fixturePage('feed');
  expect(bluesky.viewer(page)).toEqual({ network: 'bluesky', handle: 'you.example', nativeId: null });
  page.querySelector('nav')!.append(page.querySelector('[data-testid^=feedItem] a')!);
  expect(bluesky.viewer(page)).toBeNull();
  expect(bluesky.viewer(fixturePage('followers'))).toBeNull();
});

describe('the numbers of a profile', () => {
  const facts = (page: Document, url = PROFILE) => bluesky.profileFacts(page, new URL(url));
  const button = (page: Document, side: string) =>
    page.querySelector(`[data-testid=profileHeader${side}Button]`)!;

  test('exactly, where its label agrees with what it shows', () => {
    const page = fixturePage('profile');
    expect(facts(page)).toEqual({
      account: CHURNER,
      followers: { value: 1_204, exact: true },
      following: { value: 7_310, exact: true },
      posts: { value: 512, exact: true },
      joined: null,
    });
    expect(facts(page, `https://bsky.app/profile/${CAST.did}`)?.account).toEqual(CHURNER);
    expect(facts(page, `https://bsky.app/profile/${CAST.organicHandle}`)).toBeNull();
    expect(facts(page, `${PROFILE}/followers`)).toBeNull();
  });

  test.each([
    ['an abbreviated label', 'en', '1.2K followers', '1.2K', { value: 1_200, exact: false }],
    ['no label', 'en', '', '1.2K', { value: 1_200, exact: false }],
    ['a label about something else', 'en', '77 lists', '1.2K', { value: 1_200, exact: false }],
    ['a label without end', 'en', '1204'.repeat(1_000), '1.2K', { value: 1_200, exact: false }],
    ['another language', 'ja', '120449 フォロワー', '12万', { value: 120_449, exact: true }],
    [
      'a language’s own abbreviation in the label',
      'zh',
      '1234万 关注者',
      '1234万',
      { value: 12_340_000, exact: false },
    ],
    ['a number too small to be abbreviated', 'en', '7 followers', '7', { value: 7, exact: true }],
    ['nothing that can be read', 'en', '1204 followers', 'many', null],
  ])('with %s', (_, language, label, shown, expected) => {
    const page = fixturePage('profile');
    page.documentElement.lang = language;
    button(page, 'Followers').setAttribute('aria-label', label);
    button(page, 'Followers').querySelector('span')!.textContent = shown;
    expect(facts(page)?.followers).toEqual(expected);
  });

  test('on the demonstration site', () => {
    const page = fixturePage('profile', CAST, '/demo');
    const url = new URL(`http://localhost:8080/demo/profile/${CAST.handle}`);
    expect(demo.profileFacts(page, url)?.followers).toEqual({ value: 1_204, exact: true });
    expect(facts(page)).toBeNull();
  });
});

test('a profile without an avatar goes by its handle, one with an invalid handle by its DID', () => {
  const document = fixturePage('profile');
  document.querySelector('[data-testid=profileHeaderAviButton] img')?.remove();
  expect(read(document, PROFILE, 'profile')[0]?.shown).toEqual({ ...CHURNER, nativeId: null });
  const invalid = fixturePage('profile', { ...CAST, handle: CAST.did });
  invalid.querySelector('.muted')!.textContent = '⚠ Ungültiger Handle';
  expect(read(invalid, PROFILE, 'profile')[0]?.shown).toEqual({ ...CHURNER, handle: null });
});

test('a handle between direction marks is the same', () => {
  const document = fixturePage('profile');
  document.querySelector('.muted')!.textContent = `\u202a@${CAST.handle}\u202c`;
  expect(read(document, PROFILE, 'profile')[0]?.shown).toEqual(CHURNER);
});

test('pages', () => {
  expect(pageAt('https://bsky.app/profile/a.example')?.expects).toBe('profile');
  expect(pageAt('https://bsky.app/profile/did:plc:abc')?.expects).toBe('profile');
  expect(pageAt('https://bsky.app/profile/a.example/followers')?.expects).toBeNull();
  expect(pageAt('https://bsky.app/')?.expects).toBeNull();
  const list = (path: string) => pageAt(`https://bsky.app/profile/${path}`)?.list;
  const owner = { network: 'bluesky', handle: 'a.example', nativeId: null };
  expect(list('a.example/followers')).toEqual({ owner, side: 'followers' });
  expect(list('a.example/follows')).toEqual({ owner, side: 'following' });
  expect(list('did:plc:abc/follows')?.owner).toEqual({ ...owner, handle: null, nativeId: 'did:plc:abc' });
  expect(list('a.example/known-followers')).toBeUndefined();
  expect(list('a/followers')).toBeUndefined();
  expect(pageAt('https://bsky.app/messages/3kexample')).toBeNull();
  expect(pageAt('https://bsky.app.example/profile/a.example')).toBeNull();
  expect(pageAt('http://localhost:8080/demo/profile/a.example')?.expects).toBe('profile');
  expect(pageAt('http://localhost:8080/demonstration')).toBeNull();
  expect(pageAt('http://localhost:8080/accounts/bluesky/a.example')).toBeNull();
});

const SNAPSHOTS = join(import.meta.dirname, '../../../shared/snapshots');
for (const name of ['bsky__metascraper__profile.html', 'bsky-fork__profile_loggedout.html']) {
  const file = join(SNAPSHOTS, name);
  if (!existsSync(file)) console.warn(`NOT CHECKED AGAINST REAL PAGES: ${file} is absent`);

  test.skipIf(!existsSync(file))(`a real page: ${name}`, () => {
    const html = readFileSync(file, 'utf8');
    const handle = /href="\/profile\/([^"/]+)\/followers"/.exec(html)?.[1] ?? '';
    const page = parsePage(html);
    const address = `https://bsky.app/profile/${handle}`;
    const found = readAll(page, address);
    expect(found.filter(({ kind }) => kind === 'profile').map(({ shown }) => shown?.handle)).toEqual([
      handle,
    ]);
    // Feed rows name their authors; two more names on one of the pages are of quoted posts.
    const posts = found.filter(({ kind }) => kind === 'post').map(({ shown }) => shown?.handle);
    const authors = Array.from(page.querySelectorAll('[data-testid^=feedItem-by-]'), (row) =>
      row.getAttribute('data-testid')!.slice('feedItem-by-'.length),
    );
    expect(posts.filter((handle) => authors.includes(handle!)).sort()).toEqual(authors.sort());
    expect(found.map(({ kind }) => kind).filter((kind) => kind !== 'profile' && kind !== 'post')).toEqual([]);
    const facts = bluesky.profileFacts(page, new URL(address));
    expect(facts?.followers?.exact).toBe(true);
    expect(facts?.following?.exact).toBe(true);
    expect(facts?.posts?.value).toBeGreaterThan(0);
  });
}
