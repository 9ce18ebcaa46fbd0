import { describe, expect, test } from 'vitest';
import { elk } from '../src/sites/elk';
import { claimedTwice, fediversePage, handlesOn, seenOn, someone } from './fediversePage';

const open = (name: string, values: Record<string, string> = {}) => fediversePage('elk', name, values);
const at = (path: string, document: Document, origin = 'https://elk.zone') =>
  elk.match(new URL(origin + path), document);
const handles = (path: string, document: Document) => handlesOn(at(path, document), document);

const REMOTE = {
  server: 'social.example',
  user: 'gwen',
  domain: 'growth.example',
  acct: 'gwen@growth.example',
};
const LOCAL = { server: 'social.example', user: 'gwen', domain: 'social.example', acct: 'gwen' };

/** The search's result stands in every page's margin; the footer's link to an account must not. */
const FOUND = 'person found@growth.example';

describe('a profile', () => {
  test('of an account of another server, and of this one', () => {
    expect(
      seenOn(at('/social.example/@gwen@growth.example', open('profile', REMOTE)), open('profile', REMOTE))[0],
    ).toEqual({
      kind: 'profile',
      handle: 'gwen@growth.example',
      at: 'Growth by Gwen @rosa@social.example',
      place: 'after',
    });
    expect(handles('/social.example/@gwen', open('profile', LOCAL))).toEqual([
      'profile gwen@social.example',
      FOUND,
    ]);
  });

  test('of a server whose handles leave out the first part of its host', () => {
    const page = open('profile', { ...LOCAL, server: 'www.social.example' });
    expect(handles('/www.social.example/@gwen', page)).toEqual(['profile gwen@social.example', FOUND]);
  });

  test.each<[string, string, Record<string, string>]>([
    ['while it still is the former profile’s', '/social.example/@rosa', LOCAL],
    ['while its links are the former profile’s', '/social.example/@gwen', { ...LOCAL, acct: 'rosa' }],
    ['of a user of the same name elsewhere', '/social.example/@gwen', REMOTE],
    ['on another server', '/other.example/@gwen', LOCAL],
    ['with an invisible character in its handle', '/social.example/@gwen', { ...LOCAL, user: 'gw\u200ben' }],
    ['with a letter that looks alike', '/social.example/@gwen', { ...LOCAL, user: 'gw\u0435n' }],
    ['that names no server', '/social.example/@gwen', { ...LOCAL, domain: '' }],
  ])('is nobody’s %s', (_, path, values) => {
    expect(handles(path, open('profile', values))).toEqual([FOUND]);
  });
});

test('rows of followers', () => {
  const page = open('followers');
  const match = at('/social.example/@you/followers', page);
  expect(seenOn(match, page).slice(0, 2)).toEqual([
    { kind: 'follower', handle: 'gwen@growth.example', at: 'Growth by Gwen', place: 'after' },
    { kind: 'follower', handle: 'gwen@social.example', at: '@gwen@growth.example', place: 'after' },
  ]);
  expect(handles('/social.example/@you/followers', page)).toHaveLength(3);
  expect(match?.list).toEqual({ owner: someone('you@social.example'), side: 'followers' });
});

test('a recycled row is nobody’s until link and handle agree, and then the new account’s', () => {
  const page = open('followers');
  const link = page.querySelector('[justify-between][hover\\:bg-active] > a')!;
  link.setAttribute('href', '/social.example/@rosa');
  expect(handles('/social.example/@you/followers', page)).toEqual(['follower gwen@social.example', FOUND]);
  link.querySelector('p')!.textContent = '@rosa@social.example';
  expect(handles('/social.example/@you/followers', page)[0]).toBe('follower rosa@social.example');
});

test('posts are their authors’, not who passed them on or is mentioned', () => {
  const page = open('timeline');
  expect(seenOn(at('/home', page), page)).toEqual([
    { kind: 'post', handle: 'gwen@growth.example', at: '@gwen@growth.example', place: 'after' },
    { kind: 'post', handle: 'long@social.example', at: 'Long', place: 'after' },
    { kind: 'person', handle: 'found@growth.example', at: 'Found', place: 'after' },
  ]);
});

test('who followed, alone and in a group, and who only asked to', () => {
  const page = open('notifications');
  expect(seenOn(at('/notifications', page), page)).toEqual([
    {
      kind: 'notification',
      handle: 'gwen@growth.example',
      at: 'Growth by Gwen',
      place: 'after',
      followedAt: '2026-11-21T09:30:00.000Z',
    },
    { kind: 'notification', handle: 'ida@growth.example', at: '', place: 'after', followedAt: null },
    { kind: 'notification', handle: 'mina@growth.example', at: '', place: 'after', followedAt: null },
    { kind: 'person', handle: 'shy@growth.example', at: 'Shy', place: 'after' },
    { kind: 'person', handle: 'found@growth.example', at: 'Found', place: 'after' },
  ]);
});

test('the rows of an unfolded group, whose links lie in links', () => {
  const page = open('notifications');
  const avatar = page.querySelector('[pb-2] a')!;
  // Parsed markup could not hold one link in another.
  const details = open('timeline').querySelector('[text-link-rounded]')!.cloneNode(true) as Element;
  details.setAttribute('href', '/social.example/@ida@growth.example');
  details.querySelector('p')!.textContent = '@ida@growth.example';
  avatar.append(details);
  const seen = seenOn(at('/notifications', page), page).filter(
    ({ handle }) => handle === 'ida@growth.example',
  );
  expect(seen).toEqual([
    {
      kind: 'notification',
      handle: 'ida@growth.example',
      at: '@ida@growth.example',
      place: 'after',
      followedAt: null,
    },
  ]);
});

test('a hover card', () => {
  const card = fediversePage('elk', 'hover-card');
  expect(handles('/home', card)).toEqual(['hover-card gwen@growth.example', FOUND]);
});

test('the footer’s link is nobody’s, whatever it says', () => {
  const page = open('followers');
  const link = page.querySelector('footer a[href*="/@"]')!;
  link.setAttribute('aria-selected', 'false');
  link.append(page.querySelector('p[dir=ltr]')!.cloneNode(true));
  link.querySelector('p')!.textContent = '@gwen@growth.example';
  expect(handles('/social.example/@you/followers', page)).toHaveLength(3);
});

test('one’s own entry in the margin is no row, and tells who is signed in', () => {
  const page = open('timeline');
  expect(handles('/home', page)).not.toContain('person you@social.example');
  expect(elk.viewer(page)).toEqual(someone('you@social.example'));
  page.querySelector('aside:first-child a')!.remove();
  expect(elk.viewer(page)).toBeNull();
});

test('pages', () => {
  const page = open('profile', REMOTE);
  expect(at('/social.example/@gwen', page)?.expects).toBe('profile');
  expect(at('/social.example/@gwen@growth.example/media', page)?.expects).toBe('profile');
  for (const path of [
    '/home',
    '/social.example/@gwen/71',
    '/social.example/@gwen/following',
    '/x/@gwen',
    '/social.example/@%',
  ])
    expect(at(path, page)?.expects).toBeNull();
});

test('elsewhere only what is Elk', () => {
  const page = open('profile', LOCAL);
  expect(at('/social.example/@gwen', page, 'https://mine.example')?.expects).toBe('profile');
  page.querySelector('#avatar-mask')!.remove();
  expect(at('/social.example/@gwen', page, 'https://mine.example')).toBeNull();
  expect(at('/social.example/@gwen', page, 'https://elk.zone.mine.example')).toBeNull();
  expect(at('/social.example/@gwen', page)?.expects).toBe('profile');
});

test.each(['profile', 'followers', 'timeline', 'notifications', 'hover-card'])(
  'no element of %s is two accounts',
  (name) => {
    const page = open(name, LOCAL);
    for (const path of ['/social.example/@gwen', '/social.example/@gwen/followers', '/notifications'])
      expect(claimedTwice(at(path, page), page)).toEqual([]);
  },
);
