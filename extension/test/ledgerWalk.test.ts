import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { recordOfOwn } from '../src/ledger/ledger';
import { isOpen } from '../src/ledger/spells';
import { openRecord, type Follower, type RecordStore } from '../src/ledger/store';
import { isDue, walkOn, WALK_EVERY, type WalkTools } from '../src/ledger/walk';
import { NetworkError } from '../src/networks/followers';
import { FakeNetwork, OWN } from './fakeNetwork';
import { Clock } from './fakes';
import { seededRandom } from './random';

const HOUR = 3_600_000;
// These do much, and machines may be busy.
const PATIENCE = { timeout: 120_000 };

let clock: Clock;
let store: RecordStore;
let network: FakeNetwork;
let key: string;
let tools: WalkTools;

async function start(tellsRelations = false): Promise<void> {
  globalThis.indexedDB = new IDBFactory();
  clock = new Clock();
  store = openRecord();
  network = new FakeNetwork(clock.now, tellsRelations);
  tools = {
    store,
    sources: () => network,
    now: clock.now,
    random: () => 0,
    pause: (milliseconds) => {
      clock.time += milliseconds;
      return Promise.resolve();
    },
  };
  key = (await recordOfOwn(store, OWN, clock.time)).key;
}

beforeEach(() => start());

/** Hours go by, and whatever is due by then is done. */
async function pass(hours: number): Promise<void> {
  clock.time += hours * HOUR;
  await walkOn(key, tools);
}

async function recordOf(name: string): Promise<Follower | null> {
  const { handle, id } = network.person(name);
  return store.read((rows) =>
    rows.find(key, { network: 'mastodon', handle, nativeId: id }, new Date(clock.time).toISOString()),
  );
}

const at = (time: number) => new Date(time).toISOString();

describe('a list that is walked', () => {
  test('whom the first walk meets was following before', async () => {
    network.follow('ada');
    const before = clock.time;
    await pass(0);
    const [spell] = (await recordOf('ada'))!.spells;
    expect(spell!.followed[0]).toBeNull();
    expect(spell!.followed[1] >= at(before)).toBe(true);
  });

  test('is not read on once its network is switched off', async () => {
    for (let number = 0; number < 300; number++) network.follow(`p${number}`);
    let steps = 0;
    tools.wanted = () => Promise.resolve(++steps <= 2);
    await pass(0);
    expect(steps).toBe(3);
    expect(await store.read((rows) => rows.own(key))).toMatchObject({ walk: { pages: 1 } });
  });

  test('a follow and a leave have their bounds', async () => {
    network.follow('ada');
    network.follow('bea');
    await pass(0);
    const [first] = [clock.time];
    clock.time += HOUR;
    network.follow('cleo');
    const followed = clock.time;
    await pass(6);
    clock.time += HOUR;
    const left = clock.time;
    network.leave('cleo');
    await pass(6);
    expect(isOpen((await recordOf('cleo'))!)).toBe(true); // one look is no evidence
    await pass(6);
    const { spells } = (await recordOf('cleo'))!;
    expect(spells).toHaveLength(1);
    const { followed: began, left: ended, doubt } = spells[0]!;
    expect(doubt).toBe('perhaps-blocked'); // nobody tells whether it is one
    expect(began[0]! >= at(first - 60_000) && began[0]! <= at(followed)).toBe(true);
    expect(began[1] >= at(followed)).toBe(true);
    expect(ended![0]! <= at(left) && ended![1] >= at(left)).toBe(true);
  });

  test('who was suspended has not left, and is back when they are', async () => {
    for (const name of ['ada', 'bea', 'cleo', 'dana', 'eve', 'flo']) network.follow(name);
    await pass(0);
    network.person('cleo').suspended = true;
    await pass(7);
    await pass(7);
    expect((await recordOf('cleo'))!.spells.at(-1)).toMatchObject({ doubt: 'gone' });
    network.person('cleo').suspended = false;
    await pass(7);
    expect((await recordOf('cleo'))!.spells).toHaveLength(1);
    expect(isOpen((await recordOf('cleo'))!)).toBe(true);
  });

  test('who left is certain where the network tells leaves from blocks, and nowhere else', async () => {
    for (const tells of [true, false]) {
      await start(tells);
      for (const name of ['ada', 'bea', 'cleo', 'dana', 'eve', 'flo']) network.follow(name);
      await pass(0);
      network.leave('cleo');
      for (let walk = 0; walk < 3; walk++) await pass(7);
      expect((await recordOf('cleo'))!.spells.at(-1)).toMatchObject({
        doubt: tells ? null : 'perhaps-blocked',
      });
    }
  });

  test('whom a block hides may follow still', async () => {
    await start(true);
    for (const name of ['ada', 'bea', 'cleo', 'dana', 'eve', 'flo']) network.follow(name);
    await pass(0);
    network.person('cleo').blocked = true;
    for (let walk = 0; walk < 8; walk++) await pass(7);
    expect((await recordOf('cleo'))!.spells.at(-1)).toMatchObject({ doubt: 'blocked' });
  });

  test('half a list is an outage, until two days have shown otherwise', async () => {
    for (let number = 0; number < 20; number++) network.follow(`p${number}`);
    network.counting = 'nothing';
    await pass(0);
    network.omitted = new Set([...network.people.keys()].slice(0, 10));
    await pass(7);
    await pass(7);
    await pass(7);
    expect(isOpen((await recordOf('p3'))!)).toBe(true);
    network.omitted = new Set();
    await pass(7);
    expect(await recordOf('p3')).toMatchObject({ absence: null });
    for (let number = 0; number < 10; number++) network.leave(`p${number}`);
    for (let walk = 0; walk < 12; walk++) await pass(7);
    expect((await recordOf('p3'))!.spells.at(-1)).toMatchObject({ doubt: 'perhaps-blocked' });
    expect(isOpen((await recordOf('p3'))!)).toBe(false);
  });

  test('somebody deep in the list is no new follower', async () => {
    for (const name of ['ada', 'bea', 'cleo']) network.follow(name);
    network.person('ada').suspended = true;
    await pass(0);
    network.person('ada').suspended = false;
    await pass(7);
    expect((await recordOf('ada'))!.spells[0]!.followed[0]).toBeNull();
  });

  test('a new name is the same account, and a name taken over is not', async () => {
    for (const name of ['ada', 'bea', 'cleo', 'dana', 'eve', 'flo']) network.follow(name);
    await pass(0);
    network.person('ada').handle = 'countess@far.example';
    network.person('bea').handle = 'ada@far.example';
    await pass(7);
    const byName = (handle: string) =>
      store.read((rows) => rows.find(key, { network: 'mastodon', handle, nativeId: null }, at(clock.time)));
    expect((await byName('countess@far.example'))!.nativeId).toBe('https://far.example/users/ada');
    expect((await byName('ada@far.example'))!.nativeId).toBe('https://far.example/users/bea');
    expect(await store.read((rows) => rows.following(key))).toBe(6);
  });

  test('waits when told to, and no longer than that', async () => {
    network.follow('ada');
    network.failures.push(new NetworkError('too-many-requests', clock.time + 2 * HOUR));
    await pass(0);
    expect(network.asked).toBe(1);
    await pass(1);
    expect(network.asked).toBe(1);
    await pass(1);
    expect(await recordOf('ada')).not.toBeNull();
  });

  test('begins anew when its place in the list is not known any more', async () => {
    for (let number = 0; number < 12; number++) network.follow(`p${number}`);
    await pass(0);
    clock.time += WALK_EVERY;
    for (let failure = 0; failure < 3; failure++) {
      network.failures.push(new NetworkError('invalid'));
      await pass(7);
    }
    await pass(7);
    expect((await store.owns())[0]).toMatchObject({ walk: null, trouble: null, last: { met: 12 } });
  });

  test('a list that goes in circles ends', async () => {
    const page = network.page.bind(network);
    for (let number = 0; number < 12; number++) network.follow(`p${number}`);
    network.page = async (own, cursor) => {
      const found = await page(own, cursor);
      return { ...found, next: found.next ?? String(network.people.size - 2) };
    };
    await pass(0);
    expect((await store.owns())[0]).toMatchObject({ walk: null, trouble: 'invalid', last: null });
  });

  test('at most one walk in six hours, whatever the clock does meanwhile', async () => {
    network.follow('ada');
    await pass(0);
    const { asked } = network;
    await pass(5);
    expect(network.asked).toBe(asked);
    clock.time -= 400 * 24 * HOUR; // a clock that was a year ahead
    expect(isDue((await store.owns())[0]!, clock.time)).toBe(true);
  });
});

describe('killed between any two steps', () => {
  class Killed extends Error {}

  /** A store whose n-th transaction is the last: it is not kept, or it is and nothing after it. */
  function dyingStore(after: number, kept: boolean): RecordStore {
    let left = after;
    const dying =
      (run: RecordStore['change']): RecordStore['change'] =>
      (work) => {
        left--;
        if (left < 0) return Promise.reject(new Killed());
        if (left > 0) return run(work);
        return run(async (rows) => {
          const result = await work(rows);
          if (!kept) throw new Killed();
          return result;
        });
      };
    return { ...store, change: dying((work) => store.change(work)), read: dying((work) => store.read(work)) };
  }

  async function story(step: () => Promise<void>): Promise<unknown> {
    await start();
    for (let number = 0; number < 13; number++) network.follow(`p${number}`);
    await step();
    network.leave('p3');
    network.person('p5').suspended = true;
    network.follow('new');
    for (let walk = 0; walk < 6; walk++) {
      clock.time += 7 * HOUR;
      await step();
    }
    const rows = await store.read((all) => all.all(key, null, 1000));
    return rows
      .map(({ handle, spells }) => ({
        handle,
        spells: spells.map(({ doubt, left, followed }) => [followed[0] === null, left !== null, doubt]),
      }))
      .sort((one, other) => one.handle!.localeCompare(other.handle!));
  }

  test.each([true, false])(
    'nothing is lost, doubled or invented (the last one kept: %s)',
    PATIENCE,
    async (kept) => {
      const whole = await story(() => walkOn(key, tools));
      for (let after = 1; after < 12; after++) {
        const torn = await story(async () => {
          // Killed as often as it takes, each time a step further.
          for (let tries = 0; ; tries++) {
            try {
              await walkOn(key, { ...tools, store: dyingStore(after + tries, kept) });
              return;
            } catch (failure) {
              if (!(failure instanceof Killed)) throw failure;
            }
          }
        });
        expect(torn).toEqual(whole);
      }
    },
  );
});

describe('histories nobody wrote', () => {
  const random = seededRandom('ledgerWalk');
  const chance = (share: number) => random() < share;
  const pick = <T>(of: T[]): T => of[Math.floor(random() * of.length)]!;

  test.each(Array.from({ length: 16 }, (_, number) => number))('history %i', PATIENCE, async (number) => {
    await start(number % 2 === 0);
    const names = Array.from({ length: 30 }, (_, one) => `p${one}`);
    for (const name of names.slice(0, 20)) network.follow(name);
    let glitches = new Set<string>();
    let outage: { until: number; of: Set<string> } | null = null;
    let renamed = 0;
    let quietUntil = 0;
    let walks = 0;
    let glitchedIn = 0;

    // Nobody can tell that somebody followed who was hidden from then on.
    const isSettled = (name: string) => {
      const { followed, left } = network.person(name).truth.at(-1)!;
      return left === null && clock.time - followed > 24 * HOUR;
    };
    const happen = () => {
      const name = pick(names);
      const person = network.people.get(`https://far.example/users/${name}`);
      const what = random();
      if (what < 0.4) network.follow(name);
      else if (what < 0.7 && person) network.leave(name);
      else if (what < 0.8 && person && isSettled(name)) person.suspended = !person.suspended;
      else if (what < 0.9 && person && isSettled(name)) person.blocked = !person.blocked;
      else if (person) person.handle = `${name}-${renamed++}@far.example`;
      // Whom an outage hides from the very first walk looks new after it, where the network counts them out as well.
      if (walks > 2 && outage === null && clock.time > quietUntil && chance(0.03)) {
        const of = new Set([...network.people.keys()].filter(() => chance(0.7)));
        outage = { until: clock.time + random() * 20 * HOUR, of };
        quietUntil = outage.until + 24 * HOUR;
        network.counting = pick(['right', 'listed', 'nothing']);
      }
      if (outage !== null && clock.time > outage.until) outage = null;
      if (outage === null) network.counting = 'right';
      network.omitted = new Set([...glitches, ...(outage?.of ?? [])]);
    };
    const pause = tools.pause;
    tools.pause = async (milliseconds) => {
      await pause(milliseconds);
      if (chance(0.1)) happen();
    };

    const checkTruth = async () => {
      for (const row of await store.read((rows) => rows.all(key, null, 1000))) {
        const { truth } = network.people.get(row.nativeId!)!;
        for (const { followed, left, doubt } of row.spells) {
          const began = truth.some(
            (one) =>
              at(one.followed) <= followed[1] && (followed[0] === null || at(one.followed) >= followed[0]),
          );
          expect(began, `${row.nativeId} began in ${String(followed)}: ${JSON.stringify(truth)}`).toBe(true);
          if (left === null || doubt !== null) continue;
          const ended = truth.some(
            (one) => one.left !== null && at(one.left) <= left[1] && at(one.left) >= (left[0] ?? ''),
          );
          expect(ended, `${row.nativeId} left in ${String(left)}: ${JSON.stringify(truth)}`).toBe(true);
        }
      }
    };

    for (let walk = 0; walk < 30; walk++) {
      // A row slips through one walk, not through two in a row.
      if (walks > glitchedIn) {
        glitches = new Set([...network.people.keys()].filter((id) => !glitches.has(id) && chance(0.01)));
        glitchedIn = walks;
      }
      for (let events = random() * 4; events > 0; events--) happen();
      if (chance(0.1))
        network.failures.push(new NetworkError(pick(['away', 'invalid', 'too-many-requests'])));
      await pass(3 + random() * 6);
      walks = (await store.owns())[0]!.last?.number ?? 0;
      await checkTruth();
    }

    // Then all is quiet, and what is told is what is so.
    tools.pause = pause;
    [network.omitted, network.counting] = [new Set(), 'right'];
    for (let walk = 0; walk < 20; walk++) await pass(7);
    await checkTruth();
    for (const name of names) {
      const person = network.people.get(`https://far.example/users/${name}`);
      if (!person || person.suspended || person.blocked) continue;
      const row = await recordOf(name);
      if (row !== null) expect(isOpen(row), name).toBe(person.follows !== null);
      else expect(person.follows).toBeNull();
    }
  });
});
