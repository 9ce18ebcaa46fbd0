import { describe, expect, test } from 'vitest';
import { phanpy } from '../src/sites/phanpy';
import { claimedTwice, fediversePage, handlesOn, seenOn, snapshot, someone } from './fediversePage';

const ORIGIN = 'https://phanpy.social/';
const PROFILE = '#/social.example/a/2';
const open = (name: string) => fediversePage('phanpy', name);
const at = (hash: string, document: Document) => phanpy.match(new URL(ORIGIN + hash), document);
const handles = (document: Document) => handlesOn(at('#/', document), document);

test('a profile, and the posts on it by their authors', () => {
  const page = open('profile');
  expect(seenOn(at(PROFILE, page), page)).toEqual([
    {
      kind: 'profile',
      handle: 'gwen@growth.example',
      at: 'Growth by Gwen @rosa@social.example',
      place: 'after',
    },
    { kind: 'post', handle: 'gwen@growth.example', at: 'Growth @gwen', place: 'after' },
  ]);
});

test('a profile’s numbers', () => {
  const page = open('profile');
  const url = new URL(ORIGIN + PROFILE);
  expect(phanpy.profileFacts(page, url)).toEqual({
    account: someone('gwen@growth.example'),
    followers: { value: 12, exact: true },
    following: { value: 4321, exact: true },
    posts: { value: 3, exact: true },
    joined: '2023-04-05',
  });
  expect(phanpy.profileFacts(page, new URL(`${ORIGIN}#/notifications`))).toBeNull();
  // One missing, and which is which cannot be told.
  page.querySelector('.stats [to]')!.remove();
  expect(phanpy.profileFacts(page, url)).toMatchObject({ followers: null, following: null, posts: null });
});

test('lists and the sheet of one account', () => {
  const page = open('accounts');
  expect(handles(page)).toEqual([
    'hover-card mina@growth.example',
    'person gwen@growth.example',
    'person gwen@social.example',
    'person ida@xn--bcher-kva.example',
  ]);
});

test('who followed, where one is named', () => {
  const page = open('notifications');
  expect(seenOn(at('#/notifications', page), page)).toEqual([
    {
      kind: 'notification',
      handle: 'gwen@growth.example',
      at: 'Growth by Gwen',
      place: 'after',
      followedAt: null,
    },
  ]);
});

describe('titles', () => {
  const first = (title: string, href = 'https://growth.example/@gwen') => {
    const page = open('accounts');
    const block = page.querySelector('.accounts-list a')!;
    block.setAttribute('title', title);
    block.setAttribute('href', href);
    return handles(page).find((who) => who.startsWith('person'));
  };

  test.each([
    ['gwen@growth.example'],
    ['@gwen@growth.example'],
    ['Growth @gwen@growth.example'],
    ['Growth (gwen@growth.example)'],
    ['(rosa@social.example) (gwen@growth.example)'],
    ['@gwen'],
    ['@rosa@social.example (@gwen)'],
  ])('%s', (title) => {
    expect(first(title)).toBe('person gwen@growth.example');
  });

  test.each<[string, string?]>([
    ['rosa@growth.example'],
    ['gwen@social.example'],
    ['gw\u200ben@growth.example'],
    ['gwen@grow\u00adth.example'],
    ['\u202egwen@growth.example'],
    [''],
    ['x'.repeat(3_000)],
    ['gwen', 'https://growth.example/gwen'],
    ['gwen', 'javascript:alert(1)'],
    ['gwen', 'http://growth.example/@gwen'],
    ['gwen@growth.example', 'https://growth.example.evil.example/@gwen'],
  ])('%j at %j is nobody’s', (title, href) => {
    expect(first(title, href)).toBe('person gwen@social.example');
  });
});

test('pages are told apart after the #', () => {
  const page = open('profile');
  expect(at(PROFILE, page)?.expects).toBe('profile');
  expect(at(`${PROFILE}?media=1`, page)?.expects).toBe('profile');
  for (const hash of ['', '#/', '#/notifications', '#/social.example/s/71', '#/social.example/a/'])
    expect(at(hash, page)?.expects).toBeNull();
});

test.each(['#app', '#modal-container', 'meta[data-theme-setting]'])('what has no %s is no Phanpy', (part) => {
  const page = open('profile');
  page.querySelector(part)!.remove();
  expect(at(PROFILE, page)).toBeNull();
});

test.each(['profile', 'accounts', 'notifications'])('no element of %s is two accounts', (name) => {
  const page = open(name);
  expect(claimedTwice(at(PROFILE, page), page)).toEqual([]);
});

test.skipIf(snapshot('phanpy__profile_loggedin.html') === null)('a real page', () => {
  const page = snapshot('phanpy__profile_loggedin.html')!;
  const url = new URL(`${ORIGIN}#/masto.test/a/2`);
  const seen = seenOn(phanpy.match(url, page), page);
  expect(seen[0]).toEqual({
    kind: 'profile',
    handle: 'suspect@masto.test',
    at: 'Suspect Account',
    place: 'after',
  });
  const names = page.querySelectorAll('.status .meta-name').length;
  expect(seen.filter(({ kind }) => kind === 'post')).toHaveLength(names);
  expect(seen).toHaveLength(names + 1);
  expect(phanpy.profileFacts(page, url)).toEqual({
    account: someone('suspect@masto.test'),
    followers: { value: 12, exact: true },
    following: { value: 4321, exact: true },
    posts: { value: 3, exact: true },
    joined: '2023-04-05',
  });
});
