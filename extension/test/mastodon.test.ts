import { describe, expect, test } from 'vitest';
import { pageAt } from '../src/sites';
import { asciiHost } from '../src/hostName';
import { mastodon, parseAcct } from '../src/sites/mastodon';
import { claimedTwice, fediversePage, handlesOn, seenOn, snapshot, someone } from './fediversePage';

const ORIGIN = 'https://social.example';
const FOOTER =
  '<footer><h2>social.example:</h2><a href="/about">About<span class="sr-only"> social.example</span></a></footer>';
const REMOTE = { user: 'gwen', domain: 'growth.example', acct: 'gwen@growth.example', footer: FOOTER };
const LOCAL = { user: 'gwen', domain: 'social.example', acct: 'gwen', footer: FOOTER };

const open = (name: string, values: Record<string, string> = { footer: FOOTER }) =>
  fediversePage('mastodon', name, values);
const at = (path: string, document: Document, origin = ORIGIN) =>
  mastodon.match(new URL(origin + path), document);
const handles = (path: string, document: Document, origin = ORIGIN) =>
  handlesOn(at(path, document, origin), document);

describe.each(['profile', 'profile-old'])('the header of %s', (layout) => {
  test('of an account of another server', () => {
    const page = open(layout, REMOTE);
    expect(handles('/@gwen@growth.example', page)).toEqual(['profile gwen@growth.example']);
  });

  test('of an account of this server', () => {
    expect(handles('/@gwen', open(layout, LOCAL))).toEqual(['profile gwen@social.example']);
    expect(handles('/@GWEN', open(layout, LOCAL))).toEqual(['profile gwen@social.example']);
    expect(handles('/deck/@gwen', open(layout, LOCAL))).toEqual(['profile gwen@social.example']);
  });

  test('of a server whose handles leave out the first part of its host', () => {
    const page = open(layout, { ...LOCAL, domain: 'example.example' });
    expect(handles('/@gwen', page, 'https://social.example.example')).toEqual([
      'profile gwen@example.example',
    ]);
  });

  test.each<[string, string, Record<string, string>]>([
    ['while it still is the former profile’s', '/@rosa', LOCAL],
    ['while its links are the former profile’s', '/@gwen', { ...LOCAL, acct: 'rosa' }],
    ['of a user of the same name elsewhere', '/@gwen', REMOTE],
    ['whose handle is local and its address is not', '/@gwen@growth.example', LOCAL],
    ['that names a domain which is not this server’s', '/@gwen', { ...LOCAL, domain: 'growth.example' }],
    ['that names a domain which only ends alike', '/@gwen', { ...LOCAL, domain: 'al.example' }],
    ['without a handle', '/@gwen', { ...LOCAL, user: '', domain: '' }],
    ['with an invisible character in its handle', '/@gwen', { ...LOCAL, user: 'gw\u200ben' }],
    ['turned around by a bidi character', '/@gwen', { ...LOCAL, user: '\u202egwen' }],
    ['with a letter that looks alike', '/@gwen', { ...LOCAL, user: 'gw\u0435n' }],
    [
      'with an invisible character in its host',
      '/@gwen@growth.example',
      { ...REMOTE, domain: 'grow\u00adth.example' },
    ],
    ['on a host with a port', '/@gwen', { ...LOCAL, domain: 'social.example:8443' }],
    [
      'which its head says lives elsewhere',
      '/@gwen',
      { ...LOCAL, canonical: 'https://growth.example/@gwen' },
    ],
    ['which its head says lives here', '/@gwen@growth.example', { ...REMOTE, canonical: `${ORIGIN}/@gwen` }],
  ])('is nobody’s %s', (_, path, values) => {
    expect(handles(path, open(layout, values))).toEqual([]);
  });

  test('does not mind what the head says about the former profile', () => {
    const page = open(layout, { ...LOCAL, canonical: `${ORIGIN}/@rosa` });
    expect(handles('/@gwen', page)).toEqual(['profile gwen@social.example']);
  });

  test('is nobody’s without its links, as of a suspended account', () => {
    const page = open(layout, LOCAL);
    page.querySelectorAll('a[href$="/followers"]').forEach((link) => {
      link.remove();
    });
    expect(handles('/@gwen', page)).toEqual([]);
  });

  test('says its numbers', () => {
    const facts = mastodon.profileFacts(open(layout, REMOTE), new URL(`${ORIGIN}/@gwen@growth.example`));
    expect(facts).toEqual({
      account: someone('gwen@growth.example'),
      followers: { value: 12, exact: true },
      following: { value: 4321, exact: true },
      posts: { value: 1003, exact: true },
      joined: layout === 'profile' ? '2023-04-05' : null,
    });
    expect(mastodon.profileFacts(open(layout, REMOTE), new URL(`${ORIGIN}/@rosa`))).toBeNull();
  });
});

test('a badge on a profile stands after the name, or at the end of the handle’s line where the name is cut off', () => {
  const [now] = seenOn(at('/@gwen', open('profile', LOCAL)), open('profile', LOCAL));
  expect(now).toMatchObject({ at: 'Growth by Gwen @rosa@social.example', place: 'after' });
  const [old] = seenOn(at('/@gwen', open('profile-old', LOCAL)), open('profile-old', LOCAL));
  expect(old).toMatchObject({ at: '@gwen@social.examplesocial.example', place: 'end' });
});

test('numbers with the separators of any language, and none that are not whole', () => {
  const page = open('profile', REMOTE);
  const field = page.querySelector('li[title="4,321"]')!;
  const following = () =>
    mastodon.profileFacts(page, new URL(`${ORIGIN}/@gwen@growth.example`))?.following ?? null;
  for (const title of ['4.321', '4\u202f321', '4’321', '4321']) {
    field.setAttribute('title', title);
    expect(following()).toEqual({ value: 4321, exact: true });
  }
  for (const title of ['4.3K', '4,3', '4.32', '-4', '1e9', '9'.repeat(40), '']) {
    field.setAttribute('title', title);
    expect(following()).toBeNull();
  }
});

describe('rows', () => {
  test('of followers, without mentions in bios', () => {
    const page = open('followers');
    expect(seenOn(at('/@you/followers', page), page)).toEqual([
      { kind: 'follower', handle: 'gwen@growth.example', at: 'Growth by Gwen', place: 'after' },
      { kind: 'follower', handle: 'gwen@social.example', at: '@gwen@growth.example', place: 'after' },
      { kind: 'follower', handle: 'ida@xn--bcher-kva.example', at: 'Ida', place: 'after' },
    ]);
  });

  test('of followers in older layouts', () => {
    const page = open('followers-old');
    expect(handles('/@you/followers', page)).toEqual([
      'follower gwen@growth.example',
      'follower gwen@social.example',
    ]);
    expect(seenOn(at('/@you/followers', page), page)[0]).toMatchObject({ place: 'end' });
  });

  test('of searches and suggestions', () => {
    const page = open('explore');
    expect(handles('/explore', page)).toEqual(['person gwen@growth.example', 'person ida@growth.example']);
  });

  test('are nobody’s while link and handle are of different people', () => {
    const page = open('followers');
    page.querySelector('h3 > a')!.setAttribute('href', '/@rosa@growth.example');
    expect(handles('/@you/followers', page)).not.toContain('follower gwen@growth.example');
    expect(handles('/@you/followers', page)).toHaveLength(2);
    const old = open('followers-old');
    old.querySelector('.item-list .account a')!.setAttribute('href', '/@gwen@other.example');
    expect(handles('/@you/followers', old)).toEqual(['follower gwen@social.example']);
  });

  test('follow their link when they are recycled', () => {
    const page = open('followers');
    const [first, second] = page.querySelectorAll('article');
    first!.querySelector('h3 > a')!.setAttribute('href', '/@gwen');
    first!.querySelector('[class$=subtitle]')!.textContent =
      second!.querySelector('[class$=subtitle]')!.textContent;
    expect(handles('/@you/followers', page).slice(0, 2)).toEqual([
      'follower gwen@social.example',
      'follower gwen@social.example',
    ]);
  });

  test('link to the profile, not below it', () => {
    const page = open('followers-old');
    page.querySelector('.item-list .account a')!.setAttribute('href', '/@gwen@growth.example/71');
    expect(handles('/@you/followers', page)).toEqual(['follower gwen@social.example']);
  });
});

test('whose list it is', () => {
  const page = open('followers');
  expect(at('/@you/followers', page)?.list).toEqual({
    owner: someone('you@social.example'),
    side: 'followers',
  });
  expect(at('/@gwen@growth.example/following', page)?.list).toEqual({
    owner: someone('gwen@growth.example'),
    side: 'following',
  });
  expect(at('/@you', page)?.list).toBeUndefined();
});

describe('who followed', () => {
  test('each of a group, when only where it is said, and not who did something else', () => {
    const page = open('notifications');
    expect(seenOn(at('/notifications', page), page)).toEqual([
      {
        kind: 'notification',
        handle: 'gwen@growth.example',
        at: 'Growth by Gwen',
        place: 'after',
        followedAt: '2026-11-21T09:30:00.000Z',
      },
      { kind: 'notification', handle: 'rosa@social.example', at: 'Rosa', place: 'after', followedAt: null },
      { kind: 'notification', handle: 'ida@growth.example', at: '', place: 'after', followedAt: null },
      { kind: 'notification', handle: 'mina@growth.example', at: '', place: 'after', followedAt: null },
    ]);
  });

  test('in older layouts once, though a row repeats it', () => {
    const page = open('notifications-old');
    expect(seenOn(at('/notifications', page), page)).toEqual([
      {
        kind: 'notification',
        handle: 'gwen@growth.example',
        at: 'Growth by Gwen',
        place: 'after',
        followedAt: '2026-11-21T09:30:00.000Z',
      },
    ]);
  });

  test('not when: a time that is none', () => {
    const page = open('notifications');
    page.querySelector('time')!.setAttribute('datetime', 'yesterday');
    expect(seenOn(at('/notifications', page), page)[0]?.followedAt).toBeNull();
  });

  test('in a column beside any page', () => {
    const page = open('notifications');
    expect(handles('/deck/@rosa/71', page)).toHaveLength(4);
  });
});

test('posts are their authors’, not who passed them on or is mentioned', () => {
  const page = open('timeline');
  expect(seenOn(at('/home', page), page)).toEqual([
    { kind: 'post', handle: 'gwen@growth.example', at: 'Growth by Gwen @gwen@growth.example', place: 'end' },
    { kind: 'post', handle: 'long@social.example', at: 'Long @long@social.example', place: 'end' },
    { kind: 'post', handle: 'ida@growth.example', at: 'Ida', place: 'after' },
  ]);
});

test('a hover card', () => {
  const page = open('hover-card');
  expect(handles('/home', page)).toEqual(['hover-card gwen@social.example']);
  page.querySelector('.hover-card__name')!.setAttribute('href', '/@rosa');
  expect(handles('/home', page)).toEqual([]);
});

describe('Glitch', () => {
  test('links to profiles on their own servers', () => {
    const page = open('glitch');
    expect(handles('/home', page)).toEqual(['post gwen@growth.example', 'post rosa@social.example']);
  });

  test('a title of another user than the link’s is nobody’s', () => {
    const page = open('glitch');
    page.querySelector('.status__info a')!.setAttribute('href', 'https://growth.example/@mina');
    expect(handles('/home', page)).toEqual(['post rosa@social.example']);
  });
});

test('a server’s own accounts have the domain its footer says, where the host can speak for it', () => {
  const page = (domain: string) =>
    open('notifications', { footer: FOOTER.replaceAll('social.example', domain) });
  const rosa = (domain: string) => handles('/notifications', page(domain), 'https://www.social.example')[1];
  expect(rosa('social.example')).toBe('notification rosa@social.example');
  expect(rosa('growth.example')).toBe('notification ida@growth.example');
  const without = open('notifications', {});
  expect(handles('/notifications', without, 'https://www.social.example')[1]).toBe(
    'notification rosa@www.social.example',
  );
});

describe('what is no Mastodon', () => {
  test.each<[string, string, string]>([
    ['a blog with such an element', '#initial-state', 'id'],
    ['another program', '#mastodon', 'id'],
    ['an element of that name that holds no app', '#mastodon', 'class'],
  ])('%s', (_, part, attribute) => {
    const page = open('profile', LOCAL);
    page.querySelector(part)!.removeAttribute(attribute);
    expect(at('/@gwen', page)).toBeNull();
    expect(mastodon.profileFacts(page, new URL(`${ORIGIN}/@gwen`))).toBeNull();
  });
});

test('the initial state, which holds the user’s token, is never read', () => {
  const page = open('profile', LOCAL);
  const script = page.querySelector('#initial-state')!;
  for (const property of ['textContent', 'innerHTML', 'innerText', 'text', 'firstChild', 'childNodes']) {
    Object.defineProperty(script, property, {
      get: () => {
        throw new Error(`${property} was read`);
      },
    });
  }
  expect(handles('/@gwen', page)).toEqual(['profile gwen@social.example']);
  expect(mastodon.profileFacts(page, new URL(`${ORIGIN}/@gwen`))?.followers?.value).toBe(12);
});

test('pages', () => {
  const page = open('profile', LOCAL);
  for (const path of [
    '/@gwen',
    '/@gwen/',
    '/@gwen/media',
    '/@gwen/tagged/cats',
    '/web/@gwen',
    '/@ida@b%C3%BCcher.example',
  ])
    expect(at(path, page)?.expects).toBe('profile');
  for (const path of [
    '/',
    '/home',
    '/@gwen/71',
    '/@gwen/followers',
    '/@gwen/collections',
    '/@',
    '/@%',
    '/@gwen@',
  ])
    expect(at(path, page)?.expects).toBeNull();
  expect(pageAt(`${ORIGIN}/@gwen`, page)?.site).toBe(mastodon);
  expect(pageAt('https://bsky.app/@gwen', page)?.site).not.toBe(mastodon);
});

test.each([
  'profile',
  'profile-old',
  'followers',
  'followers-old',
  'notifications',
  'notifications-old',
  'timeline',
  'hover-card',
  'explore',
  'glitch',
])('no element of %s is two accounts', (name) => {
  const page = open(name, LOCAL);
  for (const path of ['/@gwen', '/@gwen/followers', '/home'])
    expect(claimedTwice(at(path, page), page)).toEqual([]);
});

test('who is signed in', () => {
  const page = open('profile', REMOTE);
  Object.defineProperty(page, 'location', { value: new URL(`${ORIGIN}/home`) });
  expect(mastodon.viewer(page)).toEqual(someone('you@social.example'));
  page.querySelector('.navigation-bar')!.remove();
  expect(mastodon.viewer(page)).toBeNull();
});

test('names', () => {
  expect(parseAcct('@Gwen.G-1_@Growth.Example')).toEqual({ user: 'Gwen.G-1_', host: 'growth.example' });
  expect(parseAcct('gwen')).toEqual({ user: 'gwen', host: null });
  for (const text of [
    '',
    '@',
    '@@gwen',
    'gwen@',
    '@gwen@a@b.example',
    'gwen@localhost',
    '.gwen',
    'gw en',
    'gwen@-a.example',
  ])
    expect(parseAcct(text)).toBeNull();
  expect(parseAcct(`gwen@${'a'.repeat(300)}.example`)).toBeNull();
  expect(parseAcct('a'.repeat(300))).toBeNull();
});

test('hosts', () => {
  expect(asciiHost('bücher.example')).toBe('xn--bcher-kva.example');
  expect(asciiHost('xn--bcher-kva.example')).toBe('xn--bcher-kva.example');
  // Cyrillic letters are another name, not that which they look like.
  expect(asciiHost('gr\u043ewth.example')).toBe('xn--grwth-kye.example');
  for (const host of [
    'gro\u200bwth.example',
    'gro\u00adwth.example',
    'gro\u115fwth.example',
    '\u202egrowth.example',
    '\uff47rowth.example',
    '\u{1d4f0}rowth.example',
    'growth\u3002example',
    '\u212aelvin.example',
    'growth.example:443',
    'growth.example/x',
    'a@growth.example',
    '10.0.0.1',
    'localhost',
    'growth.-example',
    '-growth.example',
    '',
  ])
    expect(asciiHost(host), JSON.stringify(host)).toBeNull();
});

const REAL = 'https://masto.test';

describe.skipIf(snapshot('mastodon-vanilla__profile_loggedin.html') === null)('real pages', () => {
  const followers = Array.from({ length: 20 }, (_, n) => `follower follower${n}@masto.test`);

  test.each(['loggedin', 'loggedout'])('the profile, %s', (who) => {
    const page = snapshot(`mastodon-vanilla__profile_${who}.html`)!;
    expect(seenOn(mastodon.match(new URL(`${REAL}/@suspect`), page), page)).toEqual([
      { kind: 'profile', handle: 'suspect@masto.test', at: 'Suspect Account', place: 'after' },
    ]);
    expect(mastodon.profileFacts(page, new URL(`${REAL}/@suspect`))).toEqual({
      account: someone('suspect@masto.test'),
      followers: { value: 12, exact: true },
      following: { value: 4321, exact: true },
      posts: { value: 3, exact: true },
      joined: '2023-04-05',
    });
    Object.defineProperty(page, 'location', { value: new URL(REAL) });
    expect(mastodon.viewer(page)).toEqual(who === 'loggedin' ? someone('me@masto.test') : null);
  });

  test('rows of followed', () => {
    const page = snapshot('mastodon-vanilla__followers_loggedin.html')!;
    const match = mastodon.match(new URL(`${REAL}/@suspect/following`), page);
    expect(handlesOn(match, page)).toEqual(followers);
    expect(seenOn(match, page)[0]?.at).toMatch(/^Follower 0/);
    expect(claimedTwice(match, page)).toEqual([]);
  });

  test('who followed', () => {
    const page = snapshot('mastodon-vanilla__notifications_loggedin.html')!;
    const seen = seenOn(mastodon.match(new URL(`${REAL}/notifications`), page), page);
    expect(seen.map(({ handle }) => handle)).toEqual(
      Array.from({ length: 12 }, (_, n) => `follower${n}@masto.test`),
    );
    expect(seen[11]).toEqual({
      kind: 'notification',
      handle: 'follower11@masto.test',
      at: 'Follower 11',
      place: 'after',
      followedAt: '2026-11-21T02:00:00.000Z',
    });
  });

  test('the hover card', () => {
    const page = snapshot('mastodon-vanilla__hovercard_loggedin.html')!;
    const seen = seenOn(mastodon.match(new URL(`${REAL}/notifications`), page), page);
    expect(seen.filter(({ kind }) => kind === 'hover-card').map(({ handle }) => handle)).toEqual([
      'follower0@masto.test',
    ]);
    expect(seen).toHaveLength(13);
  });
});
