import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pageAt as siteAndPageAt } from '../src/sites';
import type { Surface } from '../src/sites/site';
import { x } from '../src/sites/x';

const GWEN = { network: 'x', handle: 'gwen_example', nativeId: '1000000001' };
const GWEN_BY_HANDLE = { ...GWEN, nativeId: null };
const ROSA = { network: 'x', handle: 'rosa_example', nativeId: '1000000002' };
const NOOR = { network: 'x', handle: 'noor_example', nativeId: '1000000003' };
const NAME = 'Growth by Gwen';

const pageAt = (address: string) => siteAndPageAt(address, document)?.page ?? null;

function fixture(name: string): Document {
  return parse(readFileSync(join(import.meta.dirname, '../fixtures/x', `${name}.html`), 'utf8'));
}

function parse(html: string): Document {
  return new DOMParser().parseFromString(
    html.replace(/<(link|iframe|script)\b(?![^>]*ld\+json)[^>]*>/g, ''),
    'text/html',
  );
}

function surfaceAt(address: string, kind: Surface['kind']): Surface {
  const surface = pageAt(address)?.surfaces.find((candidate) => candidate.kind === kind);
  if (!surface) throw new Error(`no ${kind} at ${address}`);
  return surface;
}

function shownBy(document: Document, surface: Surface): Element[] {
  return Array.from(document.querySelectorAll(surface.selector)).filter(
    (element) => surface.identify(element) !== null,
  );
}

/** What a page shows on all its surfaces: whose they are, and the text their badge would stand beside. */
function readAll(document: Document, address: string) {
  return (pageAt(address)?.surfaces ?? []).flatMap((surface) =>
    shownBy(document, surface).map((element) => ({
      kind: surface.kind,
      shown: surface.identify(element),
      at: nameAt(surface, element),
    })),
  );
}

/** The name before the place of the badge: the badge's own element stands behind the marks, which say nothing. */
function nameAt(surface: Surface, element: Element): string | undefined {
  const anchor = surface.anchor(element);
  expect(anchor?.place).toBe('after');
  const { node } = anchor!;
  return (node.textContent.trim() === '' ? node.previousElementSibling : node)?.textContent.trim();
}

const PROFILE = 'https://x.com/gwen_example';
const FOLLOWERS = 'https://x.com/you_example/followers';
const FOLLOWING = 'https://x.com/you_example/following';
const HOME = 'https://x.com/home';
const NOTIFICATIONS = 'https://x.com/notifications';

describe('who is shown, and nobody else', () => {
  test('on a profile', () => {
    expect(readAll(fixture('profile'), PROFILE)).toEqual([
      { kind: 'profile', shown: GWEN, at: NAME },
      { kind: 'post', shown: GWEN_BY_HANDLE, at: NAME },
      { kind: 'person', shown: NOOR, at: 'Noor Haddad' },
    ]);
  });

  test('in a list of followers, whose suggestions are no followers', () => {
    const long = 'A name that is much too long for its row and gets cut off somewhere in the middle';
    expect(readAll(fixture('followers'), FOLLOWERS)).toEqual([
      { kind: 'follower', shown: GWEN, at: NAME },
      { kind: 'follower', shown: ROSA, at: 'Rosa Marín' },
      { kind: 'follower', shown: { ...GWEN, handle: 'long_example', nativeId: '1000000004' }, at: long },
      { kind: 'person', shown: NOOR, at: 'Noor Haddad' },
    ]);
  });

  test('in a search', () => {
    expect(readAll(fixture('search'), 'https://x.com/search?q=gwen&f=user')).toEqual([
      { kind: 'person', shown: GWEN, at: NAME },
      { kind: 'person', shown: ROSA, at: 'Rosa Marín' },
    ]);
  });

  test('on a timeline: the hover card, authors and the quoted, not who was mentioned or reposted, and no message', () => {
    expect(readAll(fixture('timeline'), HOME)).toEqual([
      { kind: 'hover-card', shown: GWEN, at: NAME },
      { kind: 'post', shown: GWEN_BY_HANDLE, at: NAME },
      { kind: 'post', shown: { ...ROSA, nativeId: null }, at: 'Rosa Marín' },
      { kind: 'post', shown: GWEN_BY_HANDLE, at: NAME },
    ]);
  });

  test('among notifications: who followed, each of several, not who liked', () => {
    expect(readAll(fixture('notifications'), NOTIFICATIONS)).toEqual([
      { kind: 'notification', shown: GWEN_BY_HANDLE, at: NAME },
      { kind: 'notification', shown: { ...ROSA, nativeId: null }, at: 'Rosa Marín' },
      { kind: 'notification', shown: { ...NOOR, nativeId: null }, at: 'Noor Haddad' },
    ]);
  });
});

test('when somebody followed, where one time is of one person', () => {
  const page = fixture('notifications');
  const surface = surfaceAt(NOTIFICATIONS, 'notification');
  const times = () => shownBy(page, surface).map((link) => surface.followedAt?.(link));
  expect(times()).toEqual(['2026-03-03T10:20:30.000Z', null, null]);
  page.querySelector('time')!.setAttribute('datetime', '3 March, or so');
  expect(times()[0]).toBeNull();
});

describe('who follows the reader', () => {
  const marks = (page: Document, address: string, kind: Surface['kind']) => {
    const surface = surfaceAt(address, kind);
    return shownBy(page, surface).map((element) => surface.followsViewer?.(element));
  };

  test('as the mark says, on every surface that has it', () => {
    expect(marks(fixture('followers'), FOLLOWING, 'follower')).toEqual([true, false, true]);
    expect(marks(fixture('timeline'), HOME, 'hover-card')).toEqual([true]);
    expect(marks(fixture('profile'), PROFILE, 'profile')).toEqual([true]);
  });

  test('is not denied for want of a mark among the reader’s own followers', () => {
    expect(marks(fixture('followers'), FOLLOWERS, 'follower')).toEqual([true, null, true]);
    expect(marks(fixture('followers'), 'https://x.com/You_Example/followers', 'follower')[1]).toBeNull();
    expect(marks(fixture('followers'), 'https://x.com/rosa_example/followers', 'follower')[1]).toBe(false);
  });

  test('is unknown while nobody is signed in, and before the page knows', () => {
    const page = fixture('followers');
    for (const button of page.querySelectorAll('[data-testid$="-unfollow"]')) button.remove();
    expect(marks(page, FOLLOWING, 'follower')).toEqual([true, null, true]);
    page.querySelector('[data-testid=AppTabBar_Profile_Link]')!.remove();
    expect(marks(page, FOLLOWING, 'follower')).toEqual([null, null, null]);
  });
});

test('who is signed in', () => {
  const page = fixture('profile');
  const link = page.querySelector('[data-testid=AppTabBar_Profile_Link]')!;
  expect(x.viewer(page)).toEqual({ network: 'x', handle: 'you_example', nativeId: null });
  link.setAttribute('href', '/i/flow/login');
  expect(x.viewer(page)).toBeNull();
  link.setAttribute('data-testid', 'DashButton_ProfileIcon_Link');
  link.append(page.createElement('div'));
  link.lastElementChild!.setAttribute('data-testid', 'UserAvatar-Container-you_example');
  expect(x.viewer(page)?.handle).toBe('you_example');
});

describe('a profile', () => {
  const identify = (page: Document, address = PROFILE) =>
    shownBy(page, surfaceAt(address, 'profile')).map((column) =>
      surfaceAt(address, 'profile').identify(column),
    )[0] ?? null;
  const setHandle = (page: Document, text: string) => {
    page.querySelector('[data-testid=UserName] [tabindex] span')!.textContent = text;
  };
  const schema = (page: Document) => page.querySelector('script')!;

  test.each([
    ['another’s header while the next is loaded', '@rosa_example'],
    ['a look-alike', '@gwеn_example'], // a Cyrillic е
    ['a look-alike whose lower case is ASCII', '@gwen_example'.replace('n', 'N').replace('w', '\u2c73')],
    ['no handle', 'gwen_example'],
    ['a text without end', `@gwen_example${' '.repeat(1_000)}`],
  ])('is nobody’s with %s', (_, text) => {
    const page = fixture('profile');
    setHandle(page, text);
    expect(identify(page)).toBeNull();
  });

  test('is nobody’s where only the display name is the handle', () => {
    const page = fixture('profile');
    setHandle(page, '@rosa_example');
    page.querySelector('[data-testid=UserName] .name span')!.textContent = '@gwen_example';
    expect(identify(page)).toBeNull();
  });

  test('is the same in other case, between direction marks and with a name of any script', () => {
    const page = fixture('profile');
    setHandle(page, '\u200e@Gwen_Example\u200f');
    page.querySelector('[data-testid=UserName] .name span')!.textContent = '\u202eنمو\u200b @rosa_example';
    expect(identify(page)).toEqual({ ...GWEN, handle: 'Gwen_Example' });
  });

  test('takes no number from the profile looked at before', () => {
    const page = fixture('profile');
    schema(page).textContent = schema(page).textContent.replaceAll('gwen_example', 'rosa_example');
    page.querySelector('[data-testid="1000000001-follow"]')!.remove();
    expect(identify(page)).toEqual(GWEN_BY_HANDLE);
  });

  test('takes its number from its own follow button', () => {
    const page = fixture('profile');
    schema(page).remove();
    const button = page.querySelector('[data-testid="1000000001-follow"]')!;
    expect(identify(page)).toEqual(GWEN);
    button.setAttribute('aria-label', '@gwen_example folgen');
    button.setAttribute('data-testid', '1000000001-unfollow');
    expect(identify(page)).toEqual(GWEN);
    button.setAttribute('aria-label', 'Follow @gwen_example2');
    expect(identify(page)).toEqual(GWEN_BY_HANDLE);
  });

  test('is nobody’s where two numbers are said to be its own', () => {
    const page = fixture('profile');
    schema(page).textContent = schema(page).textContent.replace('1000000001', '1000000009');
    expect(identify(page)).toBeNull();
  });

  test.each([
    ['not json'],
    ['null'],
    ['{"mainEntity":7}'],
    [`{"a":"${'x'.repeat(200_000)}"}`],
    ['{"mainEntity":{"additionalName":["gwen_example"]}}'],
  ])('is read without what it says for machines when that is %.30s', (text) => {
    const page = fixture('profile');
    schema(page).textContent = text;
    expect(identify(page)).toEqual(GWEN);
    expect(x.profileFacts(page, new URL(PROFILE))?.followers).toEqual({ value: 12_000, exact: false });
  });
});

describe('the numbers of a profile', () => {
  test('exactly, as said for machines', () => {
    expect(x.profileFacts(fixture('profile'), new URL(PROFILE))).toEqual({
      account: GWEN,
      followers: { value: 12_043, exact: true },
      following: { value: 7_310, exact: true },
      posts: { value: 512, exact: true },
      joined: '2019-03-07',
    });
  });

  test.each([
    ['en', '12K', '7,310', 12_000, 7_310],
    ['es', '12 mil', '7310', 12_000, 7_310],
    ['pt', '1,2 mil', '7.310', 1_200, 7_310],
    ['de', '1,2 Mio.', '7.310', 1_200_000, 7_310],
    ['fr', '1,2\u00a0M', '7\u202f310', 1_200_000, 7_310],
    ['ja', '120万', '7,310', 1_200_000, 7_310],
    ['tr', '12 B', '7.310', 12_000, 7_310],
    ['hi', '1.2 लाख', '7,310', 120_000, 7_310],
    ['ar', '١٫٢ مليون', '٧٬٣١٠', 1_200_000, 7_310],
  ])('as written in %s', (language, followers, following, many, few) => {
    const page = fixture('profile');
    page.querySelector('script')!.remove();
    page.documentElement.lang = language;
    page.querySelector('a[href$="/verified_followers"] span span')!.textContent = followers;
    page.querySelector('a[href$="/following"] span span')!.textContent = following;
    expect(x.profileFacts(page, new URL(PROFILE))).toMatchObject({
      followers: { value: many, exact: false },
      following: { value: few, exact: true },
      posts: null,
      joined: null,
    });
  });

  test.each([
    ['en', '1,2 mil'],
    ['en', '1.2'],
    ['en', '1.234'],
    ['de', '1,234'],
    ['en', '1,23'],
    ['en', '12Q'],
    ['en', '-12'],
    ['en', '1 2'],
    ['xx-nonsense-language', '12K'],
    ['', '1,200'],
    ['en', '9'.repeat(100)],
  ])('are not guessed: %s %.20s', (language, followers) => {
    const page = fixture('profile');
    page.querySelector('script')!.remove();
    page.documentElement.lang = language;
    page.querySelector('a[href$="/verified_followers"] span span')!.textContent = followers;
    expect(x.profileFacts(page, new URL(PROFILE))?.followers).toBeNull();
  });

  test('of nobody else', () => {
    expect(x.profileFacts(fixture('profile'), new URL('https://x.com/rosa_example'))).toBeNull();
    expect(x.profileFacts(fixture('followers'), new URL(FOLLOWERS))).toBeNull();
    expect(x.profileFacts(fixture('timeline'), new URL(HOME))).toBeNull();
  });
});

describe('a row is nobody’s', () => {
  const first = (page: Document) => page.querySelector('[data-testid=UserCell]')!;
  test.each<[string, (cell: Element) => void]>([
    [
      'with another’s picture',
      (cell) => {
        cell
          .querySelector('[data-testid^=UserAvatar]')!
          .setAttribute('data-testid', 'UserAvatar-Container-rosa_example');
      },
    ],
    [
      'with a handle that only looks alike',
      (cell) => {
        cell.querySelector('[tabindex="-1"] span')!.textContent = '@gwеn_example';
      },
    ],
    [
      'with another’s handle',
      (cell) => {
        cell.querySelector('[tabindex="-1"] span')!.textContent = '@rosa_example';
      },
    ],
    [
      'with a handle whose lower case is what its links say',
      (cell) => {
        for (const link of cell.querySelectorAll('a')) link.setAttribute('href', '/kay_example');
        cell.querySelector('[data-testid^=UserAvatar]')!.remove();
        cell.querySelector('[tabindex="-1"] span')!.textContent = '@\u212aay_example'; // the Kelvin sign
      },
    ],
    [
      'without a link',
      (cell) => {
        for (const link of cell.querySelectorAll('a')) link.removeAttribute('href');
      },
    ],
    [
      'with a link to elsewhere',
      (cell) => {
        for (const link of cell.querySelectorAll('a')) link.setAttribute('href', '/i/communities');
      },
    ],
    [
      'with a link without end',
      (cell) => {
        for (const link of cell.querySelectorAll('a')) link.setAttribute('href', `/${'a'.repeat(1_000_000)}`);
      },
    ],
    [
      'inside a post',
      (cell) => {
        cell.parentElement!.setAttribute('data-testid', 'tweet');
      },
    ],
    [
      'inside a message',
      (cell) => {
        cell.parentElement!.setAttribute('data-testid', 'dm-conversation-item-1');
      },
    ],
  ])('%s', (_, change) => {
    const page = fixture('search');
    change(first(page));
    expect(readAll(page, 'https://x.com/search?q=gwen').map(({ at }) => at)).toEqual(['Rosa Marín']);
  });
});

test('a row whose display name is another’s handle is still its own', () => {
  const page = fixture('search');
  page.querySelector('[data-testid=UserCell] .name span span')!.textContent = '@rosa_example';
  expect(readAll(page, 'https://x.com/search?q=gwen')[0]).toMatchObject({ shown: GWEN, at: '@rosa_example' });
});

test('a row takes no number from a button that is about somebody else', () => {
  const page = fixture('search');
  const button = page.querySelector('[data-testid="1000000001-follow"]')!;
  button.setAttribute('aria-label', 'Follow @rosa_example');
  expect(readAll(page, 'https://x.com/search?q=gwen')[0]?.shown).toEqual(GWEN_BY_HANDLE);
  button.setAttribute('aria-label', `Follow ${'@'.repeat(1_000_000)}gwen_example`);
  expect(readAll(page, 'https://x.com/search?q=gwen')[0]?.shown).toEqual(GWEN_BY_HANDLE);
  button.setAttribute('aria-label', 'Follow @gwen_example');
  button.setAttribute('data-testid', 'x1-follow');
  expect(readAll(page, 'https://x.com/search?q=gwen')[0]?.shown).toEqual(GWEN_BY_HANDLE);
});

test('a row goes by the person it is about, not by who follows them', () => {
  const page = fixture('search');
  const context = page.createElement('a');
  context.setAttribute('href', '/noor_example');
  context.append(page.createElement('span'));
  context.firstElementChild!.setAttribute('data-testid', 'socialContext');
  page.querySelector('[data-testid=UserCell]')!.prepend(context);
  expect(readAll(page, 'https://x.com/search?q=gwen')[0]).toMatchObject({ shown: GWEN, at: NAME });
});

test('a row is read while its picture is still to come', () => {
  const page = fixture('search');
  page
    .querySelector('[data-testid^=UserAvatar]')!
    .setAttribute('data-testid', 'UserAvatar-Container-unknown');
  expect(readAll(page, 'https://x.com/search?q=gwen')[0]).toMatchObject({ shown: GWEN, at: NAME });
});

test('a name in a hover card or a row has one badge, whatever it is made of', () => {
  const page = fixture('timeline');
  const [name, handle] = page.querySelectorAll('[data-testid=HoverCard] a:not([aria-hidden])');
  const names = page.createElement('div');
  names.setAttribute('data-testid', 'User-Name');
  name!.replaceWith(names);
  names.append(name!, handle!);
  expect(readAll(page, HOME).map(({ kind }) => kind)).toEqual(['hover-card', 'post', 'post', 'post']);
});

test('a quoted post is nobody’s where picture and handle disagree', () => {
  const page = fixture('timeline');
  const quoted = page.querySelector('div[role=link]')!;
  quoted.querySelector('[tabindex="-1"] span')!.textContent = '@rosa_example';
  expect(readAll(page, HOME).filter(({ kind }) => kind === 'post')).toHaveLength(2);
  quoted.querySelector('.name span')!.textContent = '@gwen_example';
  expect(readAll(page, HOME).filter(({ kind }) => kind === 'post')).toHaveLength(2);
});

test('an affiliation’s link beside a name is not taken for the author', () => {
  const page = fixture('timeline');
  const name = page.querySelector('[data-testid=User-Name] a')!;
  const affiliation = page.createElement('a');
  affiliation.setAttribute('href', '/rosa_example');
  name.after(affiliation);
  expect(readAll(page, HOME)[1]).toEqual({ kind: 'post', shown: GWEN_BY_HANDLE, at: NAME });
});

test('a hover card shows nobody while it loads, and never two', () => {
  const page = fixture('timeline');
  page
    .querySelector('[data-testid=HoverCard] a[href$="/following"]')!
    .setAttribute('href', '/rosa_example/following');
  expect(readAll(page, HOME).map(({ kind }) => kind)).not.toContain('hover-card');
});

test('nobody gets rid of a badge by what they write about themselves', () => {
  const page = fixture('timeline');
  const bio = page.querySelector('[data-testid=HoverCard] [dir=auto] a')!;
  bio.setAttribute('href', '/following');
  bio.textContent = '@following';
  page.querySelector('[data-testid=HoverCard] .name span span')!.textContent = '@following\u202e';
  expect(readAll(page, HOME)[0]).toMatchObject({ kind: 'hover-card', shown: GWEN });
});

test('where a badge stands does not change when it stands there', () => {
  const page = fixture('search');
  const surface = surfaceAt('https://x.com/search', 'person');
  const [cell] = shownBy(page, surface);
  const before = surface.anchor(cell!)!.node;
  before.after(page.createElement('span'));
  expect(surface.anchor(cell!)!.node).toBe(before);
});

test('addresses', () => {
  for (const host of ['x.com', 'www.x.com', 'twitter.com', 'mobile.twitter.com']) {
    expect(pageAt(`https://${host}/gwen_example`)?.expects).toBe('profile');
    expect(x.matches).toContain(`https://${host}/*`);
  }
  for (const tab of ['/with_replies', '/media', '/likes', '/', '?lang=de']) {
    expect(pageAt(`${PROFILE}${tab}`)?.expects).toBe('profile');
  }
  for (const path of [
    'home',
    'i/bookmarks',
    'explore',
    'settings/account',
    'search',
    'notifications',
    'compose/post',
    'intent/follow',
    'hashtag/gwen',
    'a_handle_too_long',
    '',
    'gwen_example/status/1',
    'gwen_example/lists',
  ]) {
    expect(pageAt(`https://x.com/${path}`)?.expects).toBeNull();
    expect(pageAt(`https://x.com/${path}`)?.list).toBeUndefined();
  }
  expect(pageAt('https://x.com/messages/1-2')).toBeNull();
  expect(pageAt('https://x.com/i/chat')).toBeNull();
  expect(pageAt('https://x.com.example/gwen_example')).toBeNull();
  expect(pageAt('https://pro.x.com/gwen_example')).toBeNull();
  const list = (path: string) => pageAt(`https://x.com/${path}`)?.list;
  const owner = { network: 'x', handle: 'you_example', nativeId: null };
  expect(list('you_example/followers')).toEqual({ owner, side: 'followers' });
  expect(list('you_example/verified_followers')).toEqual({ owner, side: 'followers' });
  expect(list('you_example/following')).toEqual({ owner, side: 'following' });
  expect(list('i/followers')).toBeUndefined();
  expect(list('gwen_example/constructor')).toBeUndefined();
});

const SNAPSHOTS = join(import.meta.dirname, '../../../shared/snapshots');
const REAL: [string, string][] = [
  ['x__metascraper-x__profile.html', 'profile'],
  ['x__metascraper-x__post.html', 'post'],
];
for (const [name, kind] of REAL) {
  const file = join(SNAPSHOTS, name);
  if (!existsSync(file)) console.warn(`NOT CHECKED AGAINST REAL PAGES: ${file} is absent`);

  test.skipIf(!existsSync(file))(`a real page: ${name}`, () => {
    const page = parse(readFileSync(file, 'utf8'));
    // Pictures and links are two accounts of the same people: here they are read as anybody would by eye.
    const pictured = Array.from(
      page.querySelectorAll('[data-testid=tweet] [data-testid^=UserAvatar-Container-]'),
    );
    const authors = pictured.map((picture) => picture.getAttribute('data-testid')!.slice(21));
    const handle = authors[0]!;
    const address = `https://x.com/${handle}${kind === 'post' ? '/status/1' : ''}`;
    const found = readAll(page, address);
    expect(found.filter((one) => one.kind === 'post').map(({ shown }) => shown?.handle)).toEqual(authors);
    expect(found.filter((one) => one.kind !== 'post').map((one) => one.kind)).toEqual(
      kind === 'post' ? [] : ['profile'],
    );
    for (const { at } of found) expect(at).toMatch(/^[^@]+$/);

    const facts = x.profileFacts(page, new URL(address));
    if (kind === 'post') expect(facts).toBeNull();
    else {
      const described = JSON.parse(page.querySelector('script[type="application/ld+json"]')!.textContent) as {
        mainEntity: { identifier: string };
      };
      expect(facts?.account).toEqual({ network: 'x', handle, nativeId: described.mainEntity.identifier });
      const exact = [facts?.followers, facts?.following];
      for (const count of exact) expect(count?.exact).toBe(true);
      for (const script of page.querySelectorAll('script')) script.remove();
      const read = x.profileFacts(page, new URL(address));
      expect([read?.followers, read?.following]).toEqual(exact);
      expect(read?.account).toEqual(facts?.account);
    }
  });
}
