import { expect, test } from 'vitest';
import { blueskyFollowers } from '../src/networks/bluesky';
import { NetworkError } from '../src/networks/followers';

const did = (name: string) => `did:plc:${name.repeat(24).slice(0, 24)}`;
const account = (name: string) => ({
  network: 'bluesky' as const,
  handle: `${name}.example`,
  nativeId: did(name),
});
const OWN = account('rosa');

function relationsOf(answer: unknown) {
  const asked: URL[] = [];
  const source = blueskyFollowers((url) => {
    asked.push(url);
    return Promise.resolve({ body: answer, headers: new Headers() });
  });
  return { asked, relations: (names: string[]) => source.relations!(OWN, names.map(account)) };
}

test('a block hides whether an account follows', async () => {
  const { relations } = relationsOf({
    relationships: [
      { did: did('ada'), followedBy: 'at://x' },
      { did: did('bea') },
      { did: did('cleo'), blockedBy: 'at://y' },
      { did: did('dana'), followedBy: 'at://x', blocking: 'at://y' },
      { did: did('eve'), blockingByList: 'at://y' },
      { actor: did('flo'), notFound: true },
    ],
  });
  expect(await relations(['ada', 'bea', 'cleo', 'dana', 'eve', 'flo', 'gil'])).toEqual([
    'follows',
    'follows-not',
    'blocked',
    'blocked',
    'blocked',
    'unknown',
    'unknown',
  ]);
});

test('asks about no more at once than the network answers for', async () => {
  const { asked, relations } = relationsOf({ relationships: [] });
  await relations(Array.from({ length: 31 }, (_, number) => String.fromCharCode(97 + (number % 26)) + 'q'));
  expect(asked.map(({ searchParams }) => searchParams.getAll('others').length)).toEqual([30, 1]);
  expect(asked[0]!.searchParams.get('actor')).toBe(OWN.nativeId);
});

test.each([{}, { relationships: 'many' }, '<!doctype html>', null])('%j is no answer', async (answer) => {
  await expect(relationsOf(answer).relations(['ada'])).rejects.toThrow(NetworkError);
});
