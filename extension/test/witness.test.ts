import { beforeEach, expect, test } from 'vitest';
import { Witness, type Wants } from '../src/engine/witness';
import type { Sightings } from '../src/ledger/sightings';
import type { ShownAccount } from '../src/lookup/account';
import type { Page, ProfileFacts, Site, Surface } from '../src/sites/site';

const account = (handle: string): ShownAccount => ({ network: 'x', handle, nativeId: null });
const VIEWER = account('you_example');

let wants: Wants;
let viewer: ShownAccount | null;
let page: Page;
let facts: ProfileFacts | null;
let told: Omit<Sightings, 'visit'>[];
let visits: string[];
let given: ProfileFacts[];
let later: (() => void)[];
let witness: Witness;

beforeEach(() => {
  wants = { sightings: true, facts: true };
  viewer = VIEWER;
  page = { surfaces: [], expects: null };
  facts = null;
  told = [];
  visits = [];
  given = [];
  later = [];
  document.body.replaceChildren();
  HTMLElement.prototype.getClientRects = () => [{}] as unknown as DOMRectList; // happy-dom lays nothing out
  const site: Site = {
    network: 'x',
    matches: [],
    match: () => page,
    viewer: () => viewer,
    profileFacts: () => facts,
  };
  witness = new Witness({
    document,
    here: () => ({ site, page }),
    wants: () => Promise.resolve(wants),
    tellSightings: ({ visit, ...sightings }) => {
      told.push(sightings);
      visits.push(visit ?? '');
    },
    tellFacts: (some) => given.push(some),
    later: (callback) => later.push(callback),
  });
});

/** A row whose text is its account, and `data-follows` whether it follows; the page may change either. */
const surface = (kind: Surface['kind'], more: Partial<Surface> = {}): Surface => ({
  kind,
  selector: 'p',
  identify: (row) => account(row.textContent),
  anchor: () => null,
  ...more,
});
const followsViewer = (row: Element) => {
  const says = row.getAttribute('data-follows');
  return says === null ? null : says === 'yes';
};

function row(handle: string): Element {
  const element = document.createElement('p');
  element.textContent = handle;
  document.body.append(element);
  return element;
}

async function settle(): Promise<void> {
  for (const callback of later.splice(0)) callback();
  await Promise.resolve();
  await Promise.resolve();
}

test('a marker that comes after its name is believed when the page has settled', async () => {
  const element = row('gwen_example');
  witness.notice(element, surface('profile', { followsViewer }));
  element.setAttribute('data-follows', 'yes');
  await settle();
  expect(told).toEqual([
    {
      viewer: VIEWER,
      followers: null,
      sightings: [{ account: account('gwen_example'), what: 'follows', at: null }],
    },
  ]);
});

test('what a page says again is told once, and again on the next page', async () => {
  const element = row('gwen_example');
  const notification = surface('notification', { followedAt: () => '2026-11-20T10:00:00Z' });
  for (let i = 0; i < 3; i++) {
    witness.notice(element, notification);
    await settle();
  }
  expect(told).toHaveLength(1);
  expect(told[0]?.sightings).toEqual([
    { account: account('gwen_example'), what: 'followed', at: '2026-11-20T10:00:00Z' },
  ]);
  window.location.href = 'https://x.com/notifications/again';
  witness.notice(element, notification);
  await settle();
  expect(told).toHaveLength(2);
  expect(visits[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(visits[1]).not.toBe(visits[0]);
});

test('rows are listed in the viewer’s own list of followers only', async () => {
  page.list = { owner: VIEWER, side: 'followers' };
  witness.notice(row('gwen_example'), surface('follower', { followsViewer: () => true }));
  await settle();
  expect(told[0]?.sightings[0]?.what).toBe('listed');

  page.list = { owner: account('someone_else'), side: 'followers' };
  witness.notice(row('rosa_example'), surface('follower', { followsViewer: () => true }));
  await settle();
  expect(told[1]?.sightings[0]?.what).toBe('follows');
});

test('more than one message takes is told in several', async () => {
  page.list = { owner: VIEWER, side: 'followers' };
  for (let i = 0; i < 250; i++) witness.notice(row(`person_${i}`), surface('follower'));
  await settle();
  expect(told.map(({ sightings }) => sightings.length)).toEqual([100, 100, 50]);
});

test('the viewer’s own number of followers goes into the record and to nobody else', async () => {
  const count = { value: 1204, exact: true };
  facts = { account: account('YOU_example'), followers: count, following: null, posts: null, joined: null };
  witness.notice(row('you_example'), surface('profile'));
  await settle();
  expect(told).toEqual([{ viewer: VIEWER, followers: count, sightings: [] }]);
  expect(given).toEqual([]);
});

test('numbers of a profile are told where that is wanted, once', async () => {
  facts = {
    account: account('gwen_example'),
    followers: null,
    following: null,
    posts: null,
    joined: '2019-03',
  };
  for (let i = 0; i < 2; i++) {
    witness.notice(row('gwen_example'), surface('profile'));
    await settle();
  }
  expect(given).toEqual([facts]);
});

test('nothing is told that was not chosen, or when nobody is signed in', async () => {
  facts = { account: account('gwen_example'), followers: null, following: null, posts: null, joined: null };
  wants = { sightings: false, facts: false };
  const notification = surface('notification', { followedAt: () => null });
  witness.notice(row('gwen_example'), notification);
  await settle();
  wants = { sightings: true, facts: false };
  viewer = null;
  witness.notice(row('gwen_example'), notification);
  await settle();
  expect([told, given]).toEqual([[], []]);
});

test('a row that went while the page settled tells nothing', async () => {
  const element = row('gwen_example');
  witness.notice(element, surface('notification', { followedAt: () => null }));
  element.remove();
  await settle();
  expect(told).toEqual([]);
});

test('rows of a screen left behind are not taken for those of the viewer’s own list', async () => {
  page.list = { owner: VIEWER, side: 'followers' };
  const left = row('a_stranger');
  left.getClientRects = () => [] as unknown as DOMRectList;
  witness.notice(left, surface('follower'));
  witness.notice(row('gwen_example'), surface('follower'));
  await settle();
  expect(told.flatMap(({ sightings }) => sightings.map(({ account: { handle } }) => handle))).toEqual([
    'gwen_example',
  ]);
});

test('a page that became another while it was asked what is wanted is told of as what it is now', async () => {
  page.list = { owner: VIEWER, side: 'followers' };
  const recycled = row('gwen_example');
  witness.notice(recycled, surface('follower'));
  later.splice(0).forEach((callback) => {
    callback();
  });
  page = { surfaces: [], expects: null, list: { owner: account('someone_else'), side: 'followers' } };
  recycled.textContent = 'a_stranger';
  await settle();
  expect(told).toEqual([]);
});

test('numbers are not given where nobody is known to be signed in: the profile may be the user’s own', async () => {
  viewer = null;
  facts = { account: account('gwen_example'), followers: null, following: null, posts: null, joined: null };
  witness.notice(row('gwen_example'), surface('profile'));
  await settle();
  expect(given).toEqual([]);
});
