import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Engine, type PlacedBadge } from '../src/engine/engine';
import type { Departure } from '../src/ledger/departure';
import { accountKeys, type ShownAccount } from '../src/lookup/account';
import type { Listing } from '../src/lookup/lookup';
import { LOOK_AGAIN } from '../src/lookup/ranges';
import type { Found } from '../src/messages';
import { pageAt } from '../src/sites';
import { CAST, fixturePage } from './page';
import { Clock } from './fakes';

const PROFILE = `https://bsky.app/profile/${CAST.handle}`;
const DEPARTURE: Departure = {
  followed: ['2026-03-03T10:00:00Z', '2026-03-03T10:00:00Z'],
  left: ['2026-03-05T10:00:00Z', '2026-03-05T16:00:00Z'],
  uncertain: false,
};
const FOLLOWERS = `https://bsky.app/profile/you.example/followers`;

let engine: Engine;
let clock: Clock;
let asked: string[][];
let listed: Set<string>;
let hidden: Set<string>;
let departed: Set<string>;
let answering: boolean;
let alive: Set<PlacedBadge>;
let frames: (() => void)[];

beforeEach(() => {
  clock = new Clock();
  asked = [];
  listed = new Set([CAST.did]);
  hidden = new Set();
  departed = new Set();
  answering = true;
  alive = new Set();
  frames = [];
  engine = new Engine({
    document,
    pageAt: (address) => pageAt(address, document)?.page ?? null,
    lookUp,
    makeBadge,
    nextFrame: (frame) => frames.push(frame),
    later: (_, callback) => frames.push(callback),
    now: clock.now,
  });
});

afterEach(() => {
  engine.stop();
  expect(alive.size).toBe(0);
});

function lookUp(accounts: ShownAccount[]): Promise<Found[] | null> {
  asked.push(accounts.map((account) => accountKeys(account).join(' ')));
  return Promise.resolve(
    answering
      ? accounts.map((account) => ({
          listing: listed.has(account.nativeId ?? '') ? listingOf(account) : null,
          hidden: hidden.has(account.nativeId ?? ''),
          departure: departed.has(account.nativeId ?? '') ? DEPARTURE : null,
        }))
      : null,
  );
}

function listingOf(account: ShownAccount): Listing {
  return { account, verdicts: [], page: '', checkedAt: clock.time, confirmed: true, demo: false };
}

function makeBadge(_: Found, __: Element, shown: ShownAccount): PlacedBadge {
  const host = document.createElement('span');
  host.dataset.badge = shown.handle ?? '';
  const badge = {
    host,
    remove: () => {
      host.remove();
      alive.delete(badge);
    },
  };
  alive.add(badge);
  return badge;
}

/** Goes to a page as a first load or, while the engine runs, as a single-page site does. */
function show(address: string, name: string, values: Record<string, string> = CAST): void {
  window.location.href = address;
  document.body.replaceChildren(...fixturePage(name, values).body.children);
}

/** Lets mutations, frames and answers happen until nothing is left to happen. */
async function settle(): Promise<void> {
  do {
    for (const frame of frames.splice(0)) frame();
    // Mutation records and answers come in microtasks; the timer comes after all of them.
    await new Promise((resolve) => setTimeout(resolve));
  } while (frames.length > 0);
}

const badges = () =>
  Array.from(document.querySelectorAll<HTMLElement>('[data-badge]'), (host) => host.dataset.badge);
const find = (selector: string) => document.querySelector(selector)!;

test('one badge at the listed account, none beside the others', async () => {
  show(FOLLOWERS, 'followers');
  engine.start();
  await settle();
  expect(badges()).toEqual([CAST.handle]);
  expect(find('[data-badge]').previousElementSibling?.textContent).toBe(CAST.name);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toHaveLength(3);
});

test('a page that re-renders is painted again from memory, without asking and without wrapping anything', async () => {
  show(FOLLOWERS, 'followers');
  engine.start();
  await settle();
  const before = find('#root').cloneNode(true) as Element;
  for (let i = 0; i < 5; i++) {
    document.body.replaceChildren(...fixturePage('followers').body.children);
    await settle();
  }
  expect(badges()).toEqual([CAST.handle]);
  expect(alive.size).toBe(1);
  expect(asked).toHaveLength(1);
  expect(find('#root').innerHTML).toBe(before.innerHTML);
});

test('rows that arrive later are read when they come, and only they', async () => {
  show(FOLLOWERS, 'followers');
  engine.start();
  await settle();
  const row = find('.card-row').cloneNode(true) as Element;
  row.setAttribute('href', '/profile/late.example');
  row.querySelector('[data-badge]')?.remove();
  row.querySelector('.muted')!.textContent = '@late.example';
  row.querySelector('img')!.setAttribute('src', '/img/avatar/plain/did:plc:late/x');
  listed.add('did:plc:late');
  find('[data-testid=profileFollowersScreen]').append(row);
  await settle();
  expect(badges()).toEqual([CAST.handle, 'late.example']);
  expect(asked[1]).toEqual(['bluesky:did:plc:late bluesky:@late.example']);
});

test('a recycled row loses its badge with its account and gains it back', async () => {
  show(FOLLOWERS, 'followers');
  engine.start();
  await settle();
  const row = find('.card-row');
  recycle(row, CAST.organicHandle, CAST.organicDid);
  await settle();
  expect(badges()).toEqual([]);
  recycle(row, CAST.handle, CAST.did);
  await settle();
  expect(badges()).toEqual([CAST.handle]);
});

test('an answer that comes after its row was recycled paints nothing', async () => {
  show(FOLLOWERS, 'followers');
  engine.start();
  for (const frame of frames.splice(0)) frame(); // asked, not answered yet
  recycle(find('.card-row'), CAST.organicHandle, CAST.organicDid);
  await settle();
  expect(badges()).toEqual([]);
});

function recycle(row: Element, handle: string, did: string): void {
  row.querySelector('.muted')!.textContent = `@${handle}`;
  row.querySelector('img')!.setAttribute('src', `/img/avatar/plain/${did}/x`);
  row.setAttribute('href', `/profile/${handle}`);
}

test('in-app navigation: the new screen is read, what is gone is forgotten', async () => {
  show(PROFILE, 'profile');
  engine.start();
  await settle();
  expect(badges()).toEqual([CAST.handle]);
  show(`https://bsky.app/profile/${CAST.organicHandle}`, 'profile', {
    ...CAST,
    handle: CAST.organicHandle,
    did: CAST.organicDid,
  });
  await settle();
  expect(badges()).toEqual([]);
  expect(alive.size).toBe(0);
  show(PROFILE, 'profile');
  await settle();
  expect(badges()).toEqual([CAST.handle]);
});

test('a badge the site swept away comes back, but a site that insists has its way', async () => {
  show(PROFILE, 'profile');
  engine.start();
  await settle();
  let sweeps = 0;
  for (; badges().length > 0 && sweeps < 100; sweeps++) {
    find('[data-badge]').remove();
    await settle();
  }
  expect(sweeps).toBe(10);
});

test('an avatar that comes later makes the account surer, and the badge stays one', async () => {
  show(PROFILE, 'profile');
  const image = find('[data-testid=profileHeaderAviButton] img');
  image.remove();
  listed.add('');
  engine.start();
  await settle();
  expect(badges()).toEqual([CAST.handle]);
  find('[data-testid=profileHeaderAviButton]').append(image);
  await settle();
  expect(badges()).toEqual([CAST.handle]);
  expect(asked).toHaveLength(2);
});

test('surfaces that overlap at a name paint one badge', async () => {
  const [row] = pageAt(FOLLOWERS, document)?.page.surfaces.filter(({ kind }) => kind === 'follower') ?? [];
  engine.stop();
  engine = new Engine({
    document,
    pageAt: () => ({
      // The same name, once as a row and once as what holds the row.
      surfaces: [
        row!,
        {
          ...row!,
          selector: '[data-testid=profileFollowersScreen]',
          identify: (screen) => row!.identify(screen.querySelector('.card-row')!),
          anchor: (screen) => row!.anchor(screen.querySelector('.card-row')!),
        },
      ],
      expects: null,
    }),
    lookUp,
    makeBadge,
    nextFrame: (frame) => frames.push(frame),
    later: (_, callback) => frames.push(callback),
    now: clock.now,
  });
  show(FOLLOWERS, 'followers');
  engine.start();
  await settle();
  expect(badges()).toEqual([CAST.handle]);
});

test('a front end that cannot be told at first is read once it can', async () => {
  const known = pageAt(FOLLOWERS, document)?.page ?? null;
  engine.stop();
  let told = false;
  engine = new Engine({
    document,
    pageAt: () => (told ? known : null),
    lookUp,
    makeBadge,
    nextFrame: (frame) => frames.push(frame),
    later: (_, callback) => frames.push(callback),
    now: clock.now,
  });
  show(FOLLOWERS, 'followers');
  engine.start();
  await settle();
  expect(badges()).toEqual([]);
  told = true;
  document.body.append(document.createElement('i'));
  await settle();
  expect(badges()).toEqual([CAST.handle]);
});

test('on a page that stays open, only what has a badge is asked about again', async () => {
  show(FOLLOWERS, 'followers');
  engine.start();
  await settle();
  clock.forward(61);
  listed.clear();
  engine.refreshBadges();
  await settle();
  expect(asked[1]).toEqual([`bluesky:${CAST.did} bluesky:@${CAST.handle}`]);
  expect(badges()).toEqual([]);
});

test('on a page that stays open, a ruling shows within a minute, release and caches on the way included', async () => {
  const onTheWay = 10_000 + 20_000;
  show(FOLLOWERS, 'followers');
  engine.start();
  await settle();
  listed.clear();
  for (let passed = onTheWay; passed < 60_000; passed += LOOK_AGAIN) {
    clock.forward(LOOK_AGAIN / 1_000);
    engine.refreshBadges();
    await settle();
  }
  expect(badges()).toEqual([]);
});

test('who left by the user’s own record has a badge without being listed', async () => {
  departed.add(CAST.organicDid);
  show(FOLLOWERS, 'followers');
  engine.start();
  await settle();
  expect(badges()).toEqual([CAST.handle, CAST.organicHandle]);
});

test('a thousand rows that came and went are not held on to', async () => {
  show(FOLLOWERS, 'followers');
  engine.start();
  await settle();
  const list = find('[data-testid=profileFollowersScreen]');
  const row = find('.card-row');
  for (let page = 0; page < 50; page++) {
    const rows = Array.from({ length: 20 }, (_, index) => {
      const copy = row.cloneNode(true) as Element;
      copy.querySelector('[data-badge]')?.remove();
      const name = `person-${page}-${index}`;
      recycle(copy, `${name}.example`, `did:plc:${name}`);
      return copy;
    });
    list.replaceChildren(...rows);
    await settle();
  }
  asked.length = 0;
  clock.forward(61);
  engine.refreshStale();
  await settle();
  expect(asked.flat().length).toBeLessThan(300);
});

describe('later', () => {
  beforeEach(async () => {
    show(PROFILE, 'profile');
    engine.start();
    await settle();
  });

  test('a withdrawn badge goes when its answer is old', async () => {
    listed.clear();
    engine.refreshStale();
    await settle();
    expect(badges()).toEqual([CAST.handle]);
    clock.forward(21);
    engine.refreshStale();
    await settle();
    expect(badges()).toEqual([]);
  });

  test('hidden is hidden, and shown again', async () => {
    hidden.add(CAST.did);
    engine.refresh();
    await settle();
    expect(badges()).toEqual([]);
    hidden.clear();
    engine.refresh();
    await settle();
    expect(badges()).toEqual([CAST.handle]);
  });

  test('an answer from before something was changed is not taken for one from after it', async () => {
    clock.forward(61);
    engine.refreshStale();
    // Asked, and not answered yet.
    frames.splice(0).forEach((frame) => {
      frame();
    });
    hidden.add(CAST.did);
    engine.refresh();
    await settle();
    expect(badges()).toEqual([]);
  });

  test('a clock that was set back keeps no answer for longer', async () => {
    listed.clear();
    clock.forward(-86_400);
    engine.refreshStale();
    await settle();
    expect(badges()).toEqual([]);
  });

  test('no answer changes nothing, and is not taken for one', async () => {
    answering = false;
    engine.refresh();
    await settle();
    expect(badges()).toEqual([CAST.handle]);
    answering = true;
    engine.refreshStale();
    await settle();
    expect(asked).toHaveLength(3);
  });
});

describe('a page that is not as we know it', () => {
  test('is told from one that is', async () => {
    HTMLElement.prototype.getClientRects = () => [{}] as unknown as DOMRectList; // happy-dom lays nothing out
    show(PROFILE, 'profile');
    engine.start();
    await settle();
    clock.forward(60);
    expect(engine.changed()).toBe(false);
    expect(engine.profile()?.handle).toBe(CAST.handle);

    window.location.href = 'https://bsky.app/profile/new.example';
    document.body.replaceChildren(document.createElement('main'));
    await settle();
    expect(engine.changed()).toBe(false); // it has not had its time yet
    clock.forward(9);
    expect(engine.changed()).toBe(true);
    expect(engine.profile()).toBeNull();
  });
});
