import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { chooseRecord } from '../src/ledger/choice';
import { departuresIn, departuresWithin, perhapsWithinAWeek, withinAWeek } from '../src/ledger/departures';
import { exported, merge, mergeSpells, parseRecord } from '../src/ledger/exchange';
import { ledgerOver, type Ledger } from '../src/ledger/ledger';
import { settlePass } from '../src/ledger/note';
import { addOwnAccount } from '../src/ledger/ownAccounts';
import type { Sighting } from '../src/ledger/sightings';
import { denied, ended, missed, noticed, present, stay, UNKNOWN, type Following } from '../src/ledger/spells';
import { newFollower, openRecord, type RecordStore } from '../src/ledger/store';
import { departuresCsv } from '../src/record/files';
import { Clock } from './fakes';
import { seededRandom } from './random';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ROSA = { network: 'x' as const, handle: 'rosa_example', nativeId: null };
const GWEN = { network: 'x' as const, handle: 'gwen_example', nativeId: null };

let clock: Clock;
let store: RecordStore;
let ledger: Ledger;
let kept: Record<string, unknown>;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  kept = {};
  Object.assign((globalThis as unknown as { chrome: object }).chrome, {
    storage: {
      local: {
        get: (key: string) => Promise.resolve({ [key]: kept[key] }),
        set: (values: object) => Promise.resolve(Object.assign(kept, values)),
      },
    },
  });
  clock = new Clock();
  store = openRecord();
  ledger = ledgerOver(store, clock.now);
});

const tell = (what: Sighting['what'], account = GWEN, visit = String(clock.time), at: string | null = null) =>
  ledger.note({ viewer: ROSA, followers: null, sightings: [{ account, what, at }], visit });
const recall = async () => (await ledger.recall([GWEN]))[0];
const iso = (time: number) => new Date(time).toISOString();

describe('pages of X', () => {
  beforeEach(() => chooseRecord('x', true));

  test('nothing is noted where the record is off', async () => {
    await chooseRecord('x', false);
    await tell('follows');
    expect(await store.owns()).toEqual([]);
    expect(kept.ownAccounts).toBeUndefined();
  });

  test('nobody is noted who does not follow', async () => {
    await tell('follows-not');
    const [own] = await store.owns();
    expect(await store.read((rows) => rows.all(own!.key, null, 10))).toEqual([]);
  });

  test('a leave is believed from a second visit ten minutes later', async () => {
    await tell('follows');
    const seen = clock.time;
    clock.time += DAY;
    await tell('follows-not', GWEN, 'one');
    clock.time += 11 * MINUTE;
    await tell('follows-not', GWEN, 'one');
    expect(await recall()).toBeNull();
    await tell('follows-not', GWEN, 'two');
    expect(await recall()).toEqual({
      followed: [null, iso(seen)],
      left: [iso(seen), iso(clock.time)],
      uncertain: false,
    });
    await tell('follows');
    expect(await recall()).toBeNull();
  });

  test('who follows in between has not left', async () => {
    await tell('follows');
    await tell('follows-not', GWEN, 'one');
    clock.time += HOUR;
    await tell('follows');
    await tell('follows-not', GWEN, 'two');
    expect(await recall()).toBeNull();
  });

  test('a notice gives the instant, and none in the future', async () => {
    await tell('followed', GWEN, 'a', iso(clock.time + 5 * DAY));
    const told = clock.time;
    clock.time += DAY;
    await tell('follows-not');
    clock.time += HOUR;
    await tell('follows-not');
    expect(await recall()).toMatchObject({ followed: [iso(told), iso(told)] });
    const [own] = await store.owns();
    const [row] = await store.read((rows) => rows.departed(own!.key, null, 10));
    expect(withinAWeek(departuresIn(row!))).toHaveLength(1);
    expect(await departuresWithin(store, 7, clock.time)).toBe(1);
    expect(await departuresWithin(store, 7, clock.time + 8 * DAY)).toBe(0);
  });

  test('whoever is not on two whole passes over the own list may have left', async () => {
    const list = Array.from({ length: 100 }, (_, number) => ({ ...GWEN, handle: `p${number}` }));
    const scroll = async (accounts: typeof list) => {
      clock.time += HOUR;
      const visit = String(clock.time);
      await ledger.note({
        viewer: ROSA,
        followers: { value: accounts.length, exact: true },
        sightings: accounts.map((account) => ({ account, what: 'listed', at: null })),
        visit,
      });
    };
    await scroll(list);
    await scroll(list.slice(1));
    await scroll(list.slice(1));
    const [own] = await store.owns();
    await settlePass(store, own!.key, clock.time + HOUR);
    const departures = await ledger.recall(list.slice(0, 2));
    expect(departures).toMatchObject([{ uncertain: true }, null]);
  });

  test('an unfinished pass says nothing of the rest', async () => {
    const list = Array.from({ length: 50 }, (_, number) => ({ ...GWEN, handle: `p${number}` }));
    for (const share of [50, 20, 20, 20]) {
      clock.time += HOUR;
      await ledger.note({
        viewer: ROSA,
        followers: { value: 50, exact: true },
        sightings: list.slice(0, share).map((account) => ({ account, what: 'listed', at: null })),
      });
    }
    const [own] = await store.owns();
    await settlePass(store, own!.key, clock.time + HOUR);
    expect((await ledger.recall(list)).filter((departure) => departure !== null)).toEqual([]);
    expect(await store.read((rows) => rows.missing(own!.key))).toBe(0);
  });

  test('a name known for long may be somebody else by now', async () => {
    await tell('follows');
    clock.time += DAY;
    await tell('follows-not');
    clock.time += HOUR;
    await tell('follows-not');
    expect(await recall()).not.toBeNull();
    clock.time += 20 * DAY;
    // Whoever has the name now does not follow either, which says nothing of who had it.
    await tell('follows-not');
    expect(await recall()).not.toBeNull();
    clock.time += 20 * DAY;
    expect(await recall()).toBeNull();
  });

  test('a name seen under a clock that was ahead does not hold for longer', async () => {
    await tell('follows', { ...GWEN, nativeId: '7' } as never);
    for (let visit = 0; visit < 2; visit++) {
      clock.time += HOUR;
      await tell('follows-not', { ...GWEN, nativeId: '7' } as never);
    }
    clock.time -= 365 * DAY;
    expect(await recall()).toBeNull();
  });

  test('another account under the same name is not accused', async () => {
    const known = { ...GWEN, nativeId: '7' };
    for (const what of ['follows', 'follows-not', 'follows-not'] as const) {
      await tell(what, known as never);
      clock.time += HOUR;
    }
    const shown = [known, { ...GWEN, nativeId: '8' }];
    expect(await ledger.recall(shown)).toMatchObject([{ uncertain: false }, null]);
  });

  test('on other networks only own accounts, by hand, have a record', async () => {
    const viewer = { network: 'bluesky' as const, handle: 'rosa.example', nativeId: null };
    const account = { network: 'bluesky' as const, handle: 'gwen.example', nativeId: null };
    const told = { viewer, followers: null, sightings: [{ account, what: 'follows' as const, at: null }] };
    expect(await ledger.note(told)).toBe(false);
    expect(await store.owns()).toEqual([]);
    await addOwnAccount(viewer);
    expect(await ledger.note(told)).toBe(true);
    expect(await store.owns()).toHaveLength(1);
  });

  test('where there are public lists, a page is believed only where it tells when', async () => {
    const viewer = { network: 'bluesky' as const, handle: 'rosa.example', nativeId: 'did:plc:rosa' };
    const account = { network: 'bluesky' as const, handle: 'gwen.example', nativeId: 'did:plc:gwen' };
    await addOwnAccount(viewer);
    for (const what of ['listed', 'follows', 'followed'] as const)
      await ledger.note({ viewer, followers: null, sightings: [{ account, what, at: null }] });
    const [own] = await store.owns();
    expect(await store.read((rows) => rows.all(own!.key, null, 10))).toEqual([]);
    await ledger.note({
      viewer,
      followers: null,
      sightings: [{ account, what: 'followed', at: iso(clock.time) }],
    });
    expect(await store.read((rows) => rows.all(own!.key, null, 10))).toHaveLength(1);
  });

  test('nothing is noted of a network that is switched off, and nothing while a record is being deleted', async () => {
    await tell('follows');
    const [own] = await store.owns();
    await store.change((rows) => rows.putOwn({ ...own!, deleteAt: clock.time + HOUR }));
    const told = { viewer: ROSA, followers: null, sightings: [] };
    expect(await ledger.note(told)).toBe(false);
    await store.change((rows) => rows.putOwn({ ...own!, deleteAt: null }));
    expect(await ledger.note(told)).toBe(true);
    kept.choices = { networks: { x: false } };
    expect(await ledger.note(told)).toBe(false);
  });
});

test('without a record pages go on', async () => {
  globalThis.indexedDB = {
    open: () => {
      throw new Error('no disk');
    },
  } as unknown as IDBFactory;
  expect(await ledger.recall([GWEN, GWEN])).toEqual([null, null]);
});

test('whatever is seen, and whatever the clock does, nothing ends before it began', () => {
  const random = seededRandom('ledger');
  for (let history = 0; history < 500; history++) {
    let known: Following = UNKNOWN;
    let time = Date.parse('2026-03-01T00:00:00Z');
    for (let event = 1; event < 40; event++) {
      time += (random() - 0.2) * DAY;
      const [at, look] = [iso(time), { number: event, startedAt: iso(time - HOUR), endedAt: iso(time) }];
      const told = random() < 0.5 ? null : iso(time - (random() - 0.1) * 9 * DAY);
      const steps = [
        () => present(known, at, 'page'),
        () => present(known, at, 'list', random() < 0.5 ? null : iso(time - random() * 3 * DAY)),
        () => noticed(known, told, at),
        () => denied(known, at, null),
        () => missed(known, { ...look, fate: 'follows-not' }, 'list'),
        () => missed(known, { ...look, fate: random() < 0.5 ? 'gone' : 'follows' }, 'list', 'not-listed'),
        () => ended(known, at, 'list', 'blocked'),
      ];
      known = steps[Math.floor(random() * steps.length)]!();
      for (const [index, { followed, left }] of known.spells.entries()) {
        expect(followed[0] === null || followed[0] <= followed[1]).toBe(true);
        if (left === null) expect(index).toBe(known.spells.length - 1);
        else {
          expect(left[0] === null || left[0] <= left[1]).toBe(true);
          expect(followed[1] <= left[1]).toBe(true);
          const { least, most } = stay({ followed, left });
          expect(least).toBeGreaterThanOrEqual(0);
          expect(most === null || most >= 0).toBe(true);
        }
      }
    }
  }
});

describe('the record as a file', () => {
  const at = (day: number) => iso(Date.parse('2026-03-01T00:00:00Z') + day * DAY);
  const gone = (begin: number, end: number): Following => ({
    ...UNKNOWN,
    spells: [
      {
        followed: [at(begin), at(begin + 1)],
        followedBy: 'list',
        left: [at(end - 1), at(end)],
        leftBy: 'list',
        doubt: null,
      },
    ],
    seenAt: at(end - 1),
  });

  test('goes out and in, and in again, and is the same', async () => {
    await chooseRecord('x', true);
    await tell('follows');
    clock.time += DAY;
    for (let time = 0; time < 2; time++) {
      await tell('follows-not');
      clock.time += HOUR;
    }
    await tell('follows', { ...GWEN, handle: 'hana_example' });
    const write = async () => {
      let text = '';
      for await (const part of exported(store, clock.time)) text += part;
      return text;
    };
    const text = await write();
    globalThis.indexedDB = new IDBFactory();
    store = openRecord();
    for (let time = 0; time < 2; time++) expect(await merge(store, parseRecord(text)!, clock.time)).toBe(2);
    const sorted = (written: string) =>
      parseRecord(written)![0]!.followers.sort((one, other) => one.handle!.localeCompare(other.handle!));
    expect(sorted(await write())).toEqual(sorted(text));
  });

  test('a name that changed hands makes no one of two', async () => {
    const follower = (nativeId: string, left: boolean) => ({
      handle: 'taken_example',
      nativeId,
      name: null,
      handleAt: at(left ? 1 : 20),
      seenAt: at(left ? 4 : 20),
      spells: left
        ? gone(1, 5).spells
        : [{ followed: [at(19), at(20)], followedBy: 'page', left: null, leftBy: null, doubt: null }],
    });
    const file = {
      format: 'fairfollow-record',
      version: 1,
      records: [{ account: ROSA, followers: [follower('7', true), follower('8', false)] }],
    };
    await merge(store, parseRecord(JSON.stringify(file))!, clock.time);
    const shown = ['7', '8'].map((nativeId) => ({ ...GWEN, handle: 'taken_example', nativeId }));
    expect(await ledger.recall(shown)).toMatchObject([{ uncertain: false }, null]);
    const [own] = await store.owns();
    expect(await store.read((rows) => rows.all(own!.key, null, 10))).toHaveLength(2);
  });

  test('two records of one follower make one', () => {
    expect(mergeSpells(gone(1, 5), gone(1, 5)).spells).toHaveLength(1);
    expect(mergeSpells(gone(1, 5), gone(20, 25)).spells).toHaveLength(2);
    const still: Following = { ...present(UNKNOWN, at(3), 'page'), seenAt: at(3) };
    expect(mergeSpells(still, gone(1, 5)).spells).toEqual([
      { ...gone(1, 5).spells[0]!, followed: [at(1), at(2)] },
    ]);
  });

  test.each([
    '',
    '[]',
    '{"format":"fairfollow-record","version":2,"records":[]}',
    '{"format":"fairfollow-record","version":1,"records":[{"account":{"network":"x","handle":"a b"},"followers":[]}]}',
    '{"format":"fairfollow-record","version":1,"records":[{"account":{"network":"x","handle":"a"},"followers":[{"handle":"b","handleAt":"yesterday","spells":[]}]}]}',
    '{"format":"fairfollow-record","version":1,"records":[{"account":{"network":"x","handle":"a"},"followers":[{"handle":"b","handleAt":"2026-03-01T00:00:00.000Z","spells":[{"followed":["2026-03-02T00:00:00.000Z","2026-03-01T00:00:00.000Z"],"followedBy":"list","left":null}]}]}]}',
  ])('what is no record is refused: %s', (text) => {
    expect(parseRecord(text)).toBeNull();
  });

  test('a spreadsheet takes cells for text', () => {
    const row = { ...newFollower('own', { ...GWEN, handle: '=1+1,"x"' }, null, at(0)), ...gone(1, 5) };
    expect(departuresCsv(departuresIn(row))).toContain(`"x","'=1+1,""x""","",`);
  });

  test('an uncertain end, or a beginning known too loosely, is told apart', () => {
    const row = { ...newFollower('own', GWEN, null, at(0)), ...gone(1, 5) };
    const unsure = { ...row, spells: row.spells.map((spell) => ({ ...spell, doubt: 'gone' as const })) };
    const old = {
      ...row,
      spells: row.spells.map((spell) => ({ ...spell, followed: [null, at(2)] as [null, string] })),
    };
    expect(withinAWeek([row, unsure, old].flatMap((one) => departuresIn(one)))).toHaveLength(1);
    expect(perhapsWithinAWeek(departuresIn(unsure))).toHaveLength(1);
    expect(perhapsWithinAWeek(departuresIn(old))).toHaveLength(0);
  });
});
