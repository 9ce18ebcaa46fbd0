import { expect, test } from 'vitest';
import { accountHash, handleKey, nativeIdKey, sameHandle, type Network } from '../src/lookup/account';
import { readVectors } from './vectors';

interface Vector {
  network: Network;
  handle?: string;
  nativeId?: string;
  key: string;
  hash: string;
}

const vectors = readVectors<Vector>('account-keys.json');

test('there are vectors for every network', () => {
  expect(new Set(vectors.map(({ network }) => network))).toEqual(new Set(['x', 'bluesky', 'mastodon']));
});

test.each(vectors)('$key', async ({ network, handle, nativeId, key, hash }) => {
  expect(handle === undefined ? nativeIdKey(network, nativeId ?? '') : handleKey(network, handle)).toBe(key);
  expect(await accountHash(key)).toBe(hash);
});

test('a look-alike is another account', () => {
  // The Kelvin sign, which toLowerCase() would make a k.
  expect(sameHandle('\u212aim.example', 'kim.example')).toBe(false);
  expect(handleKey('bluesky', '\u212aim.example')).not.toBe(handleKey('bluesky', 'kim.example'));
  expect(sameHandle('Kim.Example', 'kim.example')).toBe(true);
});
