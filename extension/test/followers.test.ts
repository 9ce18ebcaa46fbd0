import { beforeEach, describe, expect, test } from 'vitest';
import { checkFollowers, type Check, type CheckParts, type Progress } from '../src/followers/check';
import { fileName, toCsv, toJson } from '../src/followers/exporting';
import { isOfNote, NO_FILTER, profileOf, rowOf, search, select, type Row } from '../src/followers/rows';
import type { Verdict } from '../src/lookup/wire';
import type { Found } from '../src/messages';
import {
  NetworkError,
  type FollowerPage,
  type FollowerSource,
  type ListedFollower,
} from '../src/networks/followers';

const OWN = { network: 'bluesky', handle: 'nora.example', nativeId: 'did:plc:nora' } as const;
const NOTHING: Found = { listing: null, hidden: false, departure: null };

function follower(name: string): ListedFollower {
  return { network: 'bluesky', handle: `${name}.example`, nativeId: `did:plc:${name}`, name };
}

function verdict(
  practice: string,
  standing: Verdict['standing'] = 'likely',
  asOf = '2026-11-01T00:00:00Z',
): Verdict {
  return {
    practice,
    standing,
    disputed: false,
    statement: `Seen of ${practice}.`,
    reasons: [],
    spark: null,
    caveats: [],
    sources: { measured: 1, reported: 0 },
    asOf,
    reviewAt: null,
    rebuttal: null,
    reviewedAt: null,
  };
}

function listed(account: ListedFollower, ...verdicts: Verdict[]): Found {
  const page = `https://service.example/accounts/bluesky/${account.handle}`;
  const listing = { account, verdicts, page, checkedAt: 0, confirmed: true, demo: false };
  return { ...NOTHING, listing };
}

describe('a check', () => {
  let pages: Map<string | null, FollowerPage | Error>;
  let flagged: Set<string>;
  let told: Progress[];
  let asked: (string | null)[];
  let lookedUp: unknown[];
  let waits: { milliseconds: number; end: () => void }[];

  beforeEach(() => {
    pages = new Map();
    flagged = new Set();
    told = [];
    asked = [];
    lookedUp = [];
    waits = [];
  });

  const source: FollowerSource = {
    resolve: () => Promise.resolve(OWN),
    count: () => Promise.resolve(5),
    page: (_, cursor) => {
      asked.push(cursor);
      const page = pages.get(cursor);
      return page === undefined || page instanceof Error
        ? Promise.reject(page ?? new Error('not a page of this test'))
        : Promise.resolve(page);
    },
    exist: () => Promise.resolve([]),
    permission: () => 'https://network.example/*',
  };

  function begin(everybody = false, parts: Partial<CheckParts> = {}): Check {
    return checkFollowers(OWN, everybody, {
      source,
      lookUp: (accounts) => {
        lookedUp.push(...accounts);
        return Promise.resolve(
          accounts.map(({ handle }) =>
            flagged.has(handle ?? '')
              ? listed(follower((handle ?? '').split('.')[0] ?? ''), verdict('follow-churn'))
              : NOTHING,
          ),
        );
      },
      wait: (milliseconds) => new Promise((end) => waits.push({ milliseconds, end })),
      now: () => 1_000_000,
      tell: (progress) => told.push(progress),
      ...parts,
    });
  }

  const last = () => told.at(-1)!;
  /** Until everything that does not wait for time has happened. */
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  const passTime = async () => {
    waits.shift()!.end();
    await settled();
  };
  const handles = () => last().rows.map(({ account }) => account.handle);

  const threePages = () => {
    pages.set(null, { followers: [follower('ann'), follower('bo')], next: 'two' });
    pages.set('two', { followers: [follower('cy'), follower('di')], next: 'three', unread: 1 });
    pages.set('three', { followers: [follower('eve')], next: null });
    flagged = new Set(['ann.example', 'di.example']);
  };

  test('keeps who is of note and counts the rest, politely', async () => {
    threePages();
    begin();
    await settled();
    expect(last()).toMatchObject({ state: 'walking', looked: 2, total: 5 });
    expect(waits.map(({ milliseconds }) => milliseconds)).toEqual([1_000]);
    await passTime();
    await passTime();
    expect(last()).toMatchObject({ state: 'done', looked: 5, unread: 1 });
    expect(handles()).toEqual(['ann.example', 'di.example']);
  });

  test('keeps everybody when that was chosen, nobody twice', async () => {
    threePages();
    pages.set('three', { followers: [follower('ann'), follower('eve')], next: null });
    begin(true);
    await settled();
    await passTime();
    await passTime();
    expect(handles()).toEqual(['ann.example', 'bo.example', 'cy.example', 'di.example', 'eve.example']);
  });

  test('asks by name and id alone, a hundred at a time', async () => {
    pages.set(null, {
      followers: Array.from({ length: 250 }, (_, index) => follower(`f${index}`)),
      next: null,
    });
    const sizes: number[] = [];
    begin(false, {
      lookUp: (accounts) => {
        sizes.push(accounts.length);
        for (const account of accounts)
          expect(Object.keys(account)).toEqual(['network', 'handle', 'nativeId']);
        return Promise.resolve(accounts.map(() => NOTHING));
      },
    });
    await settled();
    expect(sizes).toEqual([100, 100, 50]);
    expect(last()).toMatchObject({ state: 'done', looked: 250 });
  });

  test('asks nothing while it pauses, and goes on where it was', async () => {
    threePages();
    const check = begin();
    await settled();
    check.pause();
    await passTime();
    expect(last().state).toBe('paused');
    expect(asked).toEqual([null]);
    check.goOn();
    await settled();
    await passTime();
    expect(last()).toMatchObject({ state: 'done', looked: 5 });
    expect(asked).toEqual([null, 'two', 'three']);
  });

  test('a pause that ends before the next page is due changes nothing', async () => {
    threePages();
    const check = begin();
    await settled();
    check.pause();
    check.goOn();
    await passTime();
    await passTime();
    expect(last()).toMatchObject({ state: 'done', looked: 5 });
  });

  test.each(['walking', 'paused'])('stops while it is %s, and tells nothing after', async (state) => {
    threePages();
    const check = begin();
    await settled();
    if (state === 'paused') {
      check.pause();
      await passTime();
    }
    check.cancel();
    const count = told.length;
    for (const { end } of waits) end();
    await settled();
    expect(last()).toMatchObject({ state: 'cancelled', looked: 2 });
    expect(told).toHaveLength(count);
    expect(asked).toEqual([null]);
  });

  test('goes on after a failure from where it happened, with what it had', async () => {
    threePages();
    const page = pages.get('two')!;
    pages.set('two', new NetworkError('away'));
    const check = begin();
    await settled();
    await passTime();
    expect(last()).toMatchObject({ state: 'failed', failure: 'away', looked: 2 });
    expect(handles()).toEqual(['ann.example']);
    pages.set('two', page);
    check.goOn();
    await settled();
    await passTime();
    expect(last()).toMatchObject({ state: 'done', failure: null, looked: 5 });
    expect(asked).toEqual([null, 'two', 'two', 'three']);
  });

  test.each([
    [1_000_000 + 300_000, 300_000],
    [1_000_000 - 5, 5_000],
    [null, 60_000],
  ])(
    'waits when the network has had enough (until %j: %d ms), and goes on by itself',
    async (retryAt, milliseconds) => {
      threePages();
      const page = pages.get('two')!;
      pages.set('two', new NetworkError('too-many-requests', retryAt));
      begin();
      await settled();
      await passTime();
      expect(last()).toMatchObject({ state: 'waiting', retryAt: 1_000_000 + milliseconds });
      expect(waits.map((wait) => wait.milliseconds)).toEqual([milliseconds]);
      pages.set('two', page);
      await passTime();
      await passTime();
      expect(last()).toMatchObject({ state: 'done', looked: 5 });
    },
  );

  test.each([
    ['does not answer', null],
    ['answers for others', [NOTHING]],
  ])('does not take it for nothing when the background %s', async (_, answer) => {
    threePages();
    begin(false, { lookUp: () => Promise.resolve(answer) });
    await settled();
    expect(last()).toMatchObject({ state: 'failed', failure: 'no-answer', looked: 0 });
  });
});

describe('rows', () => {
  const [ann, bo, cy, di] = ['ann', 'bo', 'cy', 'di'].map(follower) as [
    ListedFollower,
    ListedFollower,
    ListedFollower,
    ListedFollower,
  ];
  const left = {
    followed: [null, '2026-03-03T00:00:00Z'],
    left: [null, '2026-03-05T00:00:00Z'],
    uncertain: false,
  } as const;
  const rows: Row[] = [
    rowOf(ann, listed(ann, verdict('follow-churn', 'likely', '2026-11-05T00:00:00Z'))),
    rowOf(bo, NOTHING),
    rowOf(
      cy,
      listed(
        cy,
        verdict('auto-dm', 'likely', '2026-11-09T00:00:00Z'),
        verdict('buys-followers', 'confirmed'),
      ),
    ),
    rowOf(di, { ...NOTHING, departure: { ...left, followed: [...left.followed], left: [...left.left] } }),
  ];
  const chosen = (
    filter: Partial<typeof NO_FILTER>,
    column: 'account' | 'seen' | 'left' = 'account',
    descending = false,
  ) => select(rows, { ...NO_FILTER, ...filter }, { column, descending }).map(({ account }) => account.name);

  test('of note is what a badge would say: a practice of its own, or that they left', () => {
    expect(rows.map(isOfNote)).toEqual([true, false, true, true]);
    expect(isOfNote(rowOf(ann, listed(ann, verdict('never-replies'))))).toBe(false);
    expect(isOfNote(rowOf(ann, listed(ann, verdict('from-a-newer-service'))))).toBe(false);
    expect(isOfNote(rowOf(ann, listed(ann)))).toBe(false);
  });

  test('are filtered', () => {
    expect(chosen({})).toEqual(['ann', 'cy', 'di']);
    expect(chosen({ everybody: true })).toEqual(['ann', 'bo', 'cy', 'di']);
    expect(chosen({ practice: 'auto-dm' })).toEqual(['cy']);
    expect(chosen({ standing: 'confirmed' })).toEqual(['cy']);
    // Both of the same verdict: the one is likely, the other was reviewed.
    expect(chosen({ practice: 'auto-dm', standing: 'confirmed' })).toEqual([]);
    expect(search(rows, ' CY.example ')).toEqual([rows[2]]);
    expect(search(rows, 'follow-churn')).toEqual([rows[0]]);
    expect(search(rows, ' ')).toEqual(rows);
  });

  test('are ordered, with nothing to order by last both ways', () => {
    expect(chosen({ everybody: true }, 'seen', true)).toEqual(['cy', 'ann', 'bo', 'di']);
    expect(chosen({ everybody: true }, 'seen')).toEqual(['ann', 'cy', 'bo', 'di']);
    expect(chosen({ everybody: true }, 'left', true)).toEqual(['di', 'ann', 'bo', 'cy']);
    expect(chosen({ everybody: true }, 'account', true)).toEqual(['di', 'cy', 'bo', 'ann']);
  });

  test.each([
    [{ network: 'bluesky', handle: 'ann.example' }, 'https://bsky.app/profile/ann.example'],
    [{ network: 'bluesky', handle: 'did:plc:ann' }, 'https://bsky.app/profile/did:plc:ann'],
    [{ network: 'mastodon', handle: 'ann@mastodon.example' }, 'https://mastodon.example/@ann'],
    [{ network: 'x', handle: 'ann_example' }, 'https://x.com/ann_example'],
  ] as const)('lead to the profile: %j', (account, address) => {
    expect(profileOf({ ...follower('ann'), ...account })).toBe(address);
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1'])(
    'in a spreadsheet, the name "%s" is no formula',
    (name) => {
      const [, line = ''] = toCsv([rowOf({ ...ann, name }, NOTHING)]).split('\r\n');
      expect(line).toContain(`,"'${name}",`);
    },
  );

  test('in a spreadsheet, a name stays in its cell', () => {
    const csv = toCsv([rowOf({ ...ann, name: 'a "quoted", name' }, NOTHING)]);
    expect(csv).toContain('"a ""quoted"", name"');
    expect(csv.match(/\r\n/g)).toHaveLength(2);
  });

  test('are saved with what was seen', () => {
    const saved = JSON.parse(toJson(rows.slice(2, 3), 'nora.example', '2026-11-22T10:00:00Z')) as unknown;
    expect(saved).toMatchObject({
      account: 'nora.example',
      checkedAt: '2026-11-22T10:00:00Z',
      followers: [
        {
          handle: 'cy.example',
          profile: 'https://bsky.app/profile/cy.example',
          evidence: 'https://service.example/accounts/bluesky/cy.example',
          verdicts: [
            { practice: 'buys-followers', standing: 'confirmed' },
            { practice: 'auto-dm', standing: 'likely' },
          ],
        },
      ],
    });
  });

  test('are saved under a name every system takes', () => {
    expect(fileName('nora@mastodon.example', '2026-11-22T10:00:00Z', 'csv')).toBe(
      'followers-nora-mastodon.example-2026-11-22.csv',
    );
  });
});
