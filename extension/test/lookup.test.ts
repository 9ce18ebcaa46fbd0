import { beforeEach, describe, expect, test } from 'vitest';
import { accountHash, accountKeys, type ShownAccount } from '../src/lookup/account';
import { Lookup } from '../src/lookup/lookup';
import { PublishedList } from '../src/lookup/publishedList';
import { Ranges } from '../src/lookup/ranges';
import { ServiceClient } from '../src/lookup/service';
import type { Verdict } from '../src/lookup/wire';
import { sayReviewed } from '../src/practices';
import { Clock, FakeService, MemoryShelf } from './fakes';
import { ACCOUNT, publish, VERDICT } from './wireSamples';

const STRANGER: ShownAccount = { network: 'bluesky', handle: 'stranger.example', nativeId: null };

let service: FakeService;
let clock: Clock;
let lookup: Lookup;
let hashes: string[];

beforeEach(async () => {
  service = new FakeService();
  clock = new Clock();
  hashes = await Promise.all(accountKeys(ACCOUNT).map(accountHash));
  publish(service, 7, prefixesOf(hashes), { demo: true });
  list({});
  open();
});

function open(): void {
  const client = new ServiceClient('http://localhost:8080', service.fetch);
  const published = new PublishedList(client, new MemoryShelf(), clock.now, () => 0);
  const ranges = new Ranges(client, new MemoryShelf(), clock.now, () => 0);
  lookup = new Lookup(client.address, published, ranges, clock.now);
}

function prefixesOf(all: string[]): number[] {
  return all.map((hash) => parseInt(hash.slice(0, 8), 16)).sort((one, other) => one - other);
}

/** Has every range answer with the account's two entries, changed in parts. */
function list(change: {
  account?: object;
  verdict?: object;
  verdicts?: object[];
  hash?: string;
  etag?: string;
}): void {
  const { account, verdict, verdicts = [{ ...VERDICT, ...verdict }], hash, etag = '"1"' } = change;
  for (const digit of '0123456789abcdef') {
    const entries = hashes
      .filter((own) => own.startsWith(digit))
      .map((own) => ({
        hash: hash ?? own,
        account: { ...ACCOUNT, profileUrl: 'https://bsky.app/', ...account },
        verdicts,
      }));
    service.json(`/v1/ranges/${digit}`, { entries, padding: 'x'.repeat(50) }, { etag });
  }
}

const rangesAsked = () => service.asked.filter(({ path }) => path.startsWith('/v1/ranges/'));

describe('finds', () => {
  test.each<[string, ShownAccount]>([
    ['by handle', { ...ACCOUNT, nativeId: null }],
    ['by DID', { ...ACCOUNT, handle: null }],
    ['by both', ACCOUNT],
    ['by a handle in capitals', { ...ACCOUNT, handle: 'Gwen.Growth.EXAMPLE', nativeId: null }],
    ['by DID under another handle', { ...ACCOUNT, handle: 'renamed.example' }],
  ])('%s', async (_, shown) => {
    const listing = await lookup.find(shown);
    expect(listing).toMatchObject({
      account: ACCOUNT,
      verdicts: [{ practice: 'follow-churn', standing: 'likely', statement: VERDICT.statement }],
      page: 'http://localhost:8080/accounts/bluesky/gwen.growth.example',
      confirmed: true,
      demo: true,
    });
    expect(rangesAsked().every(({ path }) => /^\/v1\/ranges\/[0-9a-f]$/.test(path))).toBe(true);
  });
});

test('finds what has not lapsed, until it has', async () => {
  list({ verdict: { reviewAt: '2026-11-22T10:00:01Z' } });
  expect((await lookup.find({ ...ACCOUNT, handle: null }))?.verdicts).toHaveLength(1);
  clock.forward(1); // the range is held for some seconds
  expect(await lookup.find({ ...ACCOUNT, handle: null })).toBeNull();
  expect(rangesAsked()).toHaveLength(1);
});

describe('finds nothing', () => {
  test('and asks nobody about accounts that are not on the list', async () => {
    expect(await lookup.find(STRANGER)).toBeNull();
    expect(rangesAsked()).toEqual([]);
  });

  test.each<[string, Parameters<typeof list>[0], ShownAccount]>([
    ['when the hash collides in four bytes only', { hash: 'f'.repeat(32) }, ACCOUNT],
    ['when the network is another', { account: { network: 'x' } }, ACCOUNT],
    ['when the page shows another DID', { account: { nativeId: 'did:plc:another' } }, ACCOUNT],
    ['when the service knows no DID and the page shows one', { account: { nativeId: null } }, ACCOUNT],
    [
      'when the handle is somebody else’s',
      { account: { handle: 'x.example' } },
      { ...ACCOUNT, nativeId: null },
    ],
    ['when the verdict has lapsed', { verdict: { reviewAt: '2026-11-22T10:00:00Z' } }, ACCOUNT],
    ['when nobody can read when the verdict lapses', { verdict: { reviewAt: 'soon' } }, ACCOUNT],
    [
      'when it says two things of one practice',
      { verdicts: [VERDICT, { ...VERDICT, standing: 'confirmed' }] },
      ACCOUNT,
    ],
    ['when the standing is not for painting', { verdict: { standing: 'signs' } }, ACCOUNT],
    ['when the statement is no text', { verdict: { statement: { html: '<b>' } } }, ACCOUNT],
  ])('%s', async (_, change, shown) => {
    list(change);
    expect(await lookup.find(shown)).toBeNull();
  });

  test.each<[string, () => Response]>([
    ['a page', () => new Response('<!doctype html>')],
    ['a list of numbers', () => Response.json({ entries: [1, null, 'x', []] })],
    ['no entries', () => Response.json({})],
    ['an error', () => new Response('oops', { status: 500 })],
    ['no UTF-8', () => new Response(new Uint8Array([0x7b, 0xff, 0x7d]))],
    ['eight megabytes', () => new Response('{"entries":[]}'.padEnd(8 * 1024 * 1024))],
  ])('when the range is %s', async (_, answer) => {
    for (const digit of '0123456789abcdef') service.answers.set(`/v1/ranges/${digit}`, answer);
    expect(await lookup.find(ACCOUNT)).toBeNull();
  });
});

describe('ranges', () => {
  const shown: ShownAccount = { ...ACCOUNT, handle: null };

  test('are asked for three times a minute, and revalidated by their etag', async () => {
    await Promise.all([lookup.find(shown), lookup.find(shown)]);
    clock.forward(20);
    await lookup.find(shown);
    expect(rangesAsked()).toHaveLength(1);
    expect(rangesAsked()[0]?.headers).toEqual({});

    clock.forward(1);
    for (const digit of '0123456789abcdef') {
      service.answers.set(`/v1/ranges/${digit}`, () => new Response(null, { status: 304 }));
    }
    expect(await lookup.find(shown)).toMatchObject({ confirmed: true });
    expect(rangesAsked()).toHaveLength(2);
    expect(rangesAsked()[1]?.headers).toEqual({ 'if-none-match': '"1"' });
  });

  test('show a withdrawal as soon as they are old', async () => {
    expect(await lookup.find(shown)).not.toBeNull();
    for (const digit of '0123456789abcdef') service.json(`/v1/ranges/${digit}`, { entries: [] });
    clock.forward(21);
    expect(await lookup.find(shown)).toBeNull();
  });

  test('serve for a day while the service is away, with their date', async () => {
    const { checkedAt } = (await lookup.find(shown)) ?? {};
    service.away = true;
    clock.forward(24 * 3600);
    expect(await lookup.find(shown)).toMatchObject({ confirmed: false, checkedAt });
    clock.forward(1);
    expect(await lookup.find(shown)).toBeNull();
  });

  test('are not asked for again at once after a failure', async () => {
    service.json('/v1/list', {});
    service.away = true;
    open();
    expect(await lookup.find(shown)).toBeNull();
    service.away = false;
    publish(service, 7, prefixesOf(hashes));
    clock.forward(10);
    for (const digit of '0123456789abcdef')
      service.answers.set(`/v1/ranges/${digit}`, () => Response.error());
    await lookup.find(shown);
    await lookup.find(shown);
    expect(rangesAsked()).toHaveLength(1);
  });

  test('of another length: the manifest is asked once, and the range once more', async () => {
    const many = Array.from({ length: 2_000 }, (_, i) => i * 2_000_000 + 1);
    const both = [...new Set([...prefixesOf(hashes), ...many])].sort((one, other) => one - other);
    publish(service, 7, both);
    await lookup.find(STRANGER);
    const refusal = { code: 'wrong-prefix-length', detail: 'two digits' };
    for (const digit of '0123456789abcdef') {
      service.answers.set(`/v1/ranges/${digit}`, () => Response.json(refusal, { status: 400 }));
    }
    publish(service, 7, both, { prefixLength: 2 });
    const hash = hashes[0] ?? '';
    const entries = [{ hash, account: ACCOUNT, verdicts: [VERDICT] }];
    service.json(`/v1/ranges/${hash.slice(0, 2)}`, { entries });
    expect(await lookup.find(shown)).toMatchObject({ account: ACCOUNT });
    expect(service.count('/v1/list')).toBe(2);
  });
});

describe('what the service says', () => {
  const find = async (verdict: object) => {
    list({ verdict });
    open(); // with nothing kept from before
    return (await lookup.find(ACCOUNT))?.verdicts[0];
  };

  test('is rid of what would make it read as something else', async () => {
    const statement = '\u202eevil\u202c 12\u200b3\n\n follows\u0000 \u2066<b>\u2069';
    expect((await find({ statement }))?.statement).toBe('evil 123 follows <b>');
    expect((await find({ statement: 'x'.repeat(5_000) }))?.statement).toHaveLength(601);
  });

  test('the owner’s words are text, and no longer than a card has room for', async () => {
    const at = '2026-11-20T10:00:00Z';
    const rebuttal = async (said: unknown) => (await find({ rebuttal: said }))?.rebuttal;
    expect(await rebuttal({ text: 'I\u202e tidy\u200b\n<b>up</b>', at })).toEqual({
      text: 'I tidy <b>up</b>',
      at,
    });
    expect((await rebuttal({ text: 'x'.repeat(100_000), at }))?.text).toHaveLength(1001);
    for (const wrong of [
      undefined,
      null,
      'text',
      { text: 7, at },
      { text: '\u200b', at },
      { text: 'x', at: 'soon' },
    ])
      expect(await rebuttal(wrong)).toBeNull();
  });

  test('a review is dated, or none', async () => {
    const reviewed = async (reviewedAt: unknown) => {
      const verdict = await find({ standing: 'confirmed', reviewedAt });
      return verdict && sayReviewed(verdict);
    };
    expect(await reviewed('2026-11-21T10:00:00Z')).toBe('Reviewed by a moderator on 21 Nov 2026.');
    for (const wrong of [undefined, null, 'soon', 7]) expect(await reviewed(wrong)).toBeNull();
    expect(sayReviewed({ standing: 'likely', reviewedAt: '2026-11-21T10:00:00Z' })).toBeNull();
    // What an older version kept on the device.
    expect(sayReviewed({ standing: 'confirmed' } as Verdict)).toBeNull();
  });

  test('is left out in the parts that are malformed', async () => {
    expect((await find({ spark: { from: 'x', followed: [1], unfollowed: [1] } }))?.spark).toBeNull();
    expect((await find({ spark: { from: '2026-10-23', followed: [1], unfollowed: [] } }))?.spark).toBeNull();
    expect(
      (await find({ spark: { from: '2026-10-23', followed: [-1], unfollowed: [1] } }))?.spark,
    ).toBeNull();
    expect((await find({ spark: null }))?.spark).toBeNull();
    expect((await find({ reasons: [{ code: 'x', value: '1' }, null, 7] }))?.reasons).toEqual([]);
    expect((await find({ caveats: 'none' }))?.caveats).toEqual([]);
  });
});
