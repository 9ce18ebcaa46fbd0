import { describe, expect, test } from 'vitest';
import { crc32, decodeList, listHas } from '../src/lookup/listCodec';
import { encodeList, seal } from './encodeList';
import { seededRandom } from './random';
import { readVectors } from './vectors';

const vectors = readVectors<{ version: number; prefixes: string[]; bytesHex: string }>('list.json');

test.each(vectors)('vector: version $version', ({ version, prefixes, bytesHex }) => {
  const list = decodeList(Uint8Array.from(Buffer.from(bytesHex, 'hex')));
  expect(list.version).toBe(version);
  expect(Array.from(list.prefixes, (value) => value.toString(16).padStart(8, '0'))).toEqual(prefixes);
});

test('crc32 is the one zlib computes', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf4_3926);
});

describe('round trips', () => {
  const random = seededRandom('list round trips');
  test.each([0, 1, 2, 3, 100, 5_000])('%i entries', (count) => {
    const prefixes = somePrefixes(count, random);
    const list = decodeList(encodeList(12, prefixes));
    expect(list.version).toBe(12);
    expect(Array.from(list.prefixes)).toEqual(prefixes);
    for (const value of prefixes.slice(0, 50)) expect(listHas(list, asHash(value))).toBe(true);
    for (let i = 0; i < 50; i++) {
      const value = Math.floor(random() * 2 ** 32);
      expect(listHas(list, asHash(value))).toBe(prefixes.includes(value));
    }
  });

  test('the outermost values, with every parameter that codes them in reasonable space', () => {
    for (let k = 20; k <= 31; k++) {
      const prefixes = [0, 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1];
      expect(Array.from(decodeList(encodeList(1, prefixes, k)).prefixes)).toEqual(prefixes);
    }
  });
});

describe('refuses', () => {
  const good = () => encodeList(3, [5, 77, 4_000_000_000], 28);

  test.each<[string, (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>]>([
    ['nothing at all', () => new Uint8Array()],
    ['a header alone', (bytes) => seal(bytes.slice(0, 23))],
    ['another format', (bytes) => seal(changed(bytes, 3, 2))],
    ['a Rice parameter of 32', (bytes) => seal(changed(bytes, 4, 32))],
    ['reserved bytes in use', (bytes) => seal(changed(bytes, 6, 1))],
    ['a version no number can hold', (bytes) => seal(changed(bytes, 8, 0xff))],
    ['more entries than bits', (bytes) => seal(changed(bytes, 16, 0xff))],
    ['one entry more than there is', (bytes) => seal(changed(bytes, 19, 4))],
    ['one entry fewer than there is', (bytes) => seal(changed(bytes, 19, 2))],
    ['a trailing byte', (bytes) => seal(Uint8Array.from([...bytes.slice(0, -4), 0, 0, 0, 0, 0]))],
    ['padding that is not zero', (bytes) => seal(changed(bytes, bytes.length - 5, (bytes.at(-5) ?? 0) | 1))],
    ['an empty list with a parameter', () => seal(changed(encodeList(1, []), 4, 1))],
    ['an empty list with a payload', () => seal(Uint8Array.from([...encodeList(1, []), 0]))],
    ['a sum beyond 32 bits', () => beyond32Bits()],
    ['a quotient without an end', () => endless()],
    ['a wrong checksum', (bytes) => changed(bytes, bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1)],
  ])('%s', (_, damage) => {
    expect(() => decodeList(damage(good()))).toThrow('list refused');
  });

  test('any single flipped bit, by its checksum', () => {
    const bytes = encodeList(9, somePrefixes(20, seededRandom('flipped bits')));
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = changed(bytes, bit >> 3, (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
      expect(() => decodeList(flipped)).toThrow('list refused');
    }
  });

  test('or decodes, but never hangs or breaks on, damage under a right checksum', () => {
    const random = seededRandom('damaged lists');
    for (let run = 0; run < 2_000; run++) {
      const bytes = encodeList(9, somePrefixes(30, random));
      for (let i = 0; i <= random() * 4; i++) bytes[Math.floor(random() * bytes.length)] = random() * 256;
      const cut = random() < 0.3 ? bytes.slice(0, Math.max(4, Math.floor(random() * bytes.length))) : bytes;
      try {
        const { prefixes } = decodeList(seal(cut));
        expect(prefixes.every((value, i) => i === 0 || value > (prefixes[i - 1] ?? 0))).toBe(true);
      } catch (failure) {
        expect(String(failure)).toContain('list refused');
      }
    }
  });
});

function somePrefixes(count: number, random: () => number): number[] {
  const values = new Set<number>();
  while (values.size < count) values.add(Math.floor(random() * 2 ** 32));
  return [...values].sort((one, other) => one - other);
}

function asHash(value: number): string {
  return value.toString(16).padStart(8, '0') + '0'.repeat(24);
}

function changed(bytes: Uint8Array<ArrayBuffer>, at: number, value: number): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  copy[at] = value;
  return copy;
}

/** Two gaps whose sum is one more than 32 bits hold: quotient 1 and 31 set bits, then quotient 1 and low bits. */
function beyond32Bits(): Uint8Array<ArrayBuffer> {
  const bytes = encodeList(1, [2 ** 32 - 2, 2 ** 32 - 1], 31);
  const gap = '10' + '1'.repeat(31); // 2 ** 32 - 1
  const bits = (gap + gap).padEnd(72, '0');
  const payload = Array.from({ length: 9 }, (_, i) => parseInt(bits.slice(i * 8, i * 8 + 8), 2));
  return seal(Uint8Array.from([...bytes.slice(0, 20), ...payload, 0, 0, 0, 0]));
}

function endless(): Uint8Array<ArrayBuffer> {
  const bytes = encodeList(1, [7], 0);
  return seal(Uint8Array.from([...bytes.slice(0, 20), ...new Array<number>(4_000).fill(0xff), 0, 0, 0, 0]));
}
