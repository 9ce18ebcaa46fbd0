import { beforeEach, describe, expect, test } from 'vitest';
import { PublishedList } from '../src/lookup/publishedList';
import { ServiceClient } from '../src/lookup/service';
import { encodeDelta } from './encodeList';
import { Clock, FakeService, MemoryShelf } from './fakes';
import { publish } from './wireSamples';

let service: FakeService;
let shelf: MemoryShelf;
let clock: Clock;
let list: PublishedList;

beforeEach(() => {
  service = new FakeService();
  shelf = new MemoryShelf();
  clock = new Clock();
  list = openList();
});

/** As after a restart of the background. */
function openList(address = 'http://localhost:8080'): PublishedList {
  return new PublishedList(new ServiceClient(address, service.fetch), shelf, clock.now, () => 0);
}

async function heldVersion(): Promise<number | undefined> {
  await list.current();
  await list.refresh();
  return (await list.current())?.version;
}

test('fetches once for many who ask at once, and not again until it is due', async () => {
  publish(service, 7, [1, 2]);
  await Promise.all([list.current(), list.current(), list.current()]);
  clock.forward(59);
  await list.current();
  expect(service.count('/v1/list')).toBe(1);
  expect(service.count('/v1/list/7')).toBe(1);
});

test('answers at once from the held list when due, and has the newer one the next time', async () => {
  publish(service, 7, [1, 2]);
  await list.current();
  publish(service, 8, [1, 2, 3]);
  clock.forward(61);
  expect((await list.current())?.version).toBe(7);
  await list.refresh();
  expect((await list.current())?.version).toBe(8);
});

test('does not download a version it has', async () => {
  publish(service, 7, [1, 2]);
  await list.current();
  await list.refresh();
  expect(service.count('/v1/list')).toBe(2);
  expect(service.count('/v1/list/7')).toBe(1);
});

test('polls within bounds, whatever the service asks for', async () => {
  publish(service, 7, [1], { pollAfterSeconds: 0 });
  await list.current();
  clock.forward(29);
  await list.current();
  expect(service.count('/v1/list')).toBe(1);
  publish(service, 7, [1], { pollAfterSeconds: 1e9 });
  await list.refresh();
  clock.forward(24 * 3600 + 1);
  await list.current();
  expect(service.count('/v1/list')).toBe(3);
});

test('refuses an older version within an epoch, and takes it in a new one', async () => {
  publish(service, 7, [1, 2]);
  expect(await heldVersion()).toBe(7);
  publish(service, 6, [1]);
  expect(await heldVersion()).toBe(7);
  publish(service, 3, [9], { epoch: 'two' });
  expect(await heldVersion()).toBe(3);
});

describe('renews', () => {
  const DELTA = '/v1/list/8/since/7';
  const delta = (...parts: Parameters<typeof encodeDelta>) => {
    service.answers.set(DELTA, () => new Response(encodeDelta(...parts)));
  };

  beforeEach(async () => {
    publish(service, 7, [1, 2, 4_000_000_000]);
    await list.current();
    publish(service, 8, [2, 3, 4_000_000_000]);
    delta(7, 8, [1, 2, 4_000_000_000], [2, 3, 4_000_000_000]);
  });

  const renewed = async () => {
    await list.refresh();
    const current = await list.current();
    expect(Array.from(current?.prefixes ?? [])).toEqual([2, 3, 4_000_000_000]);
    expect(current?.manifest.version).toBe(8);
    expect(list.state().outcome).toBe('good');
  };

  test('by a delta alone', async () => {
    await renewed();
    expect(service.count(DELTA)).toBe(1);
    expect(service.count('/v1/list/8')).toBe(0);
  });

  test('and goes on with deltas after a restart', async () => {
    list = openList();
    await renewed();
    list = openList();
    publish(service, 9, [3]);
    service.answers.set(
      '/v1/list/9/since/8',
      () => new Response(encodeDelta(8, 9, [2, 3, 4_000_000_000], [3])),
    );
    expect(await heldVersion()).toBe(9);
    expect(service.count('/v1/list/8') + service.count('/v1/list/9')).toBe(0);
  });

  test.each<[string, () => void]>([
    [
      'the version has expired',
      () => service.answers.set(DELTA, () => Response.json({ code: 'version-expired' }, { status: 404 })),
    ],
    ['deltas fail', () => service.answers.set(DELTA, () => new Response('oops', { status: 500 }))],
    ['deltas do not come', () => service.answers.set(DELTA, () => Promise.reject(new TypeError('cut off')))],
    ['the delta is a page', () => service.answers.set(DELTA, () => new Response('<!doctype html>'))],
    [
      'the delta is torn',
      () => {
        const bytes = encodeDelta(7, 8, [1, 2, 4_000_000_000], [2, 3, 4_000_000_000]);
        service.answers.set(DELTA, () => new Response(bytes.slice(0, -1)));
      },
    ],
    [
      'the delta is of another older version',
      () => {
        delta(6, 8, [1, 2, 4_000_000_000], [2, 3, 4_000_000_000]);
      },
    ],
    [
      'the delta is of another newer version',
      () => {
        delta(7, 9, [1, 2, 4_000_000_000], [2, 3, 4_000_000_000]);
      },
    ],
    [
      'the delta is for another list',
      () => {
        delta(7, 8, [1, 2, 5], [2, 3]);
      },
    ],
    [
      'the result is not what the delta says',
      () => {
        delta(7, 8, [1, 2, 4_000_000_000], [2, 3, 4_000_000_000], { resultSha256: '0'.repeat(64) });
      },
    ],
    [
      'the result is not what the manifest says',
      () => {
        delta(7, 8, [1, 2, 4_000_000_000], [2, 5, 4_000_000_000]);
      },
    ],
    ['the delta has no end', () => service.answers.set(DELTA, () => new Response(endless()))],
  ])('with the whole list when %s', async (_, damage) => {
    damage();
    await renewed();
    expect(service.count(DELTA)).toBe(1);
    expect(service.count('/v1/list/8')).toBe(1);
  });

  test('with the whole list in a new epoch, and when a version has changed', async () => {
    publish(service, 8, [2, 3, 4_000_000_000], { epoch: 'two' });
    await renewed();
    expect(service.count(DELTA)).toBe(0);
    publish(service, 8, [9], { epoch: 'two' });
    await list.refresh();
    expect(Array.from((await list.current())?.prefixes ?? [])).toEqual([9]);
    expect(service.count('/v1/list/8/since/8')).toBe(0);
  });

  test('with neither when the manifest is rolled back', async () => {
    await renewed();
    publish(service, 7, [1, 2, 4_000_000_000]);
    await list.refresh();
    list = openList();
    await list.refresh();
    expect((await list.current())?.version).toBe(8);
    expect(list.state().outcome).toBe('invalid');
    expect(service.asked.filter(({ path }) => path.startsWith('/v1/list/7/since'))).toEqual([]);
    expect(service.count('/v1/list/7')).toBe(1);
  });

  test('with the newest list when the manifest was overtaken', async () => {
    const overtaken = service.answers.get('/v1/list')!;
    publish(service, 9, [2, 3, 4_000_000_000, 4_000_000_001]);
    const newest = service.answers.get('/v1/list')!;
    let asked = 0;
    service.answers.set('/v1/list', () => (asked++ === 0 ? overtaken() : newest()));
    for (const path of [DELTA, '/v1/list/8']) {
      service.answers.set(path, () => Response.json({ code: 'version-expired' }, { status: 404 }));
    }
    expect(await heldVersion()).toBe(9);
  });

  test('but keeps what it has when nothing is to be had', async () => {
    service.answers.set(DELTA, () => new Response('oops', { status: 503 }));
    service.answers.set('/v1/list/8', () => new Response('oops', { status: 503 }));
    await list.refresh();
    expect((await list.current())?.version).toBe(7);
    expect(list.state().outcome).toBe('away');
  });
});

test.each<[string, () => void]>([
  [
    'prefixes that single out, and a count that hides it',
    () => {
      publish(service, 7, [1, 2], { prefixLength: 4, entries: 1e9 });
    },
  ],
  ['a list that is torn', () => service.answers.set('/v1/list/8', () => new Response(new Uint8Array(30)))],
  [
    'a digest that differs',
    () => {
      publish(service, 8, [5], { sha256: '0'.repeat(64) });
    },
  ],
  [
    'a length that differs',
    () => {
      publish(service, 8, [5], { bytes: 1 });
    },
  ],
  [
    'a count that differs',
    () => {
      publish(service, 8, [5], { entries: 2 });
    },
  ],
  ['another version’s bytes', () => service.answers.set('/v1/list/8', service.answers.get('/v1/list/7')!)],
  [
    'prefixes that single out',
    () => {
      publish(service, 8, [5, 6, 7], { prefixLength: 2 });
    },
  ],
  [
    'numbers that are none',
    () => {
      publish(service, 8, [5], { version: '8' });
    },
  ],
  [
    'a page instead of a manifest',
    () => service.answers.set('/v1/list', () => new Response('<!doctype html>')),
  ],
  ['a manifest without an end', () => service.answers.set('/v1/list', () => new Response(endless()))],
])('keeps the former list on %s', async (_, damage) => {
  publish(service, 7, [1, 2]);
  await list.current();
  publish(service, 8, [5]);
  damage();
  await list.refresh();
  expect((await list.current())?.version).toBe(7);
  expect(list.state().outcome).toBe('invalid');
});

test('leaves a service that is away alone for longer and longer', async () => {
  service.away = true;
  expect(await list.current()).toBeNull();
  expect(list.state().outcome).toBe('away');
  for (let second = 0; second < 3600; second++) {
    clock.forward(1);
    await list.current();
  }
  // At once, then after pauses of 2.5, 5, … 640 s, then of 900 s (the jitter is at its least here).
  expect(service.count('/v1/list')).toBe(12);
  service.away = false;
  publish(service, 7, [1]);
  clock.forward(1800);
  expect((await list.current())?.version).toBe(7);
});

test('survives a restart, without asking before it is due', async () => {
  publish(service, 7, [1, 2], { demo: true });
  await list.current();
  service.away = true;
  clock.forward(30);
  list = openList();
  expect(Array.from((await list.current())?.prefixes ?? [])).toEqual([1, 2]);
  expect(list.state().held?.demo).toBe(true);
  expect(service.count('/v1/list')).toBe(1);
});

test('a torn record on the shelf is as none, and a shelf that fails costs a download', async () => {
  publish(service, 7, [1, 2]);
  await list.current();
  const record = shelf.values.get('current') as { bytes: Uint8Array };
  shelf.values.set('current', { ...record, bytes: record.bytes.slice(1) });
  list = openList();
  expect((await list.current())?.version).toBe(7);
  shelf.broken = true;
  list = openList();
  expect((await list.current())?.version).toBe(7);
  expect(service.count('/v1/list/7')).toBe(3);
});

test('does not use one service’s list for another', async () => {
  publish(service, 7, [1, 2]);
  await list.current();
  service.away = true;
  list = openList('https://other.example');
  expect(await list.current()).toBeNull();
});

test('sends nothing but the request', async () => {
  publish(service, 7, [1]);
  await list.current();
  for (const { init, headers } of service.asked) {
    expect(init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'error' });
    expect(headers).toEqual({});
  }
});

/** More than the limit, and not ended by the sender. */
function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: (controller) => {
      controller.enqueue(new Uint8Array(16 * 1024));
    },
  });
}
