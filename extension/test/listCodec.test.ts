import { describe, expect, test } from 'vitest';
import {
  applyDelta,
  crc32,
  decodeDelta,
  decodeList,
  encodeList as encodeAgain,
  listHas,
} from '../src/lookup/listCodec';
import { encodeDelta, encodeList, seal } from './encodeList';
import { seededRandom } from './random';
import { readVectors } from './vectors';

const vectors = readVectors<{ version: number; prefixes: string[]; bytesHex: string }>('list.json');

test.each(vectors)('vector: version $version', ({ version, prefixes, bytesHex }) => {
  const list = decodeList(Uint8Array.from(Buffer.from(bytesHex, 'hex')));
  expect(list.version).toBe(version);
  expect(inHex(list.prefixes)).toEqual(prefixes);
  expect(Buffer.from(encodeAgain(list)).toString('hex')).toBe(bytesHex);
});

const deltaVectors = readVectors<{
  from: number;
  to: number;
  former: string[];
  removed: string[];
  added: string[];
  result: string[];
  bytesHex: string;
}>('list-delta.json');

test.each(deltaVectors)('delta vector: from $from to $to', async (vector) => {
  const delta = decodeDelta(Uint8Array.from(Buffer.from(vector.bytesHex, 'hex')));
  expect(delta).toMatchObject({ from: vector.from, to: vector.to });
  expect(inHex(delta.removed)).toEqual(vector.removed);
  expect(inHex(delta.added)).toEqual(vector.added);
  expect(inHex(await applyDelta(delta, fromHex(vector.former)))).toEqual(vector.result);
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
    expect(encodeAgain(list)).toEqual(encodeList(12, prefixes));
  });

  test.each([10, 1_000, 2 ** 16, 2 ** 27])('of clustered entries, up to %i apart', (apart) => {
    const prefixes: number[] = [];
    for (let value = 0; value < 2 ** 32 && prefixes.length < 2_000;) {
      prefixes.push(value);
      value += 1 + Math.floor(random() < 0.02 ? random() * 2 ** 28 : random() * apart);
    }
    const bytes = encodeList(12, prefixes);
    expect(Array.from(decodeList(bytes).prefixes)).toEqual(prefixes);
    expect(encodeAgain(decodeList(bytes))).toEqual(bytes);
  });

  test('of deltas', async () => {
    for (let run = 0; run < 100; run++) {
      const former = somePrefixes(Math.floor(random() * 50), random);
      const kept = former.filter(() => random() < 0.8);
      const result = [...new Set([...kept, ...somePrefixes(Math.floor(random() * 20), random)])].sort(
        (one, other) => one - other,
      );
      const delta = decodeDelta(encodeDelta(run, run + 1, former, result));
      expect(Array.from(await applyDelta(delta, Uint32Array.from(former)))).toEqual(result);
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

describe('of deltas, refuses', () => {
  const good = () => encodeDelta(3, 4, [0x3000_0000], [0x3000_0001]);

  test.each<[string, (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>]>([
    ['nothing at all', () => new Uint8Array()],
    ['a header alone', (bytes) => seal(bytes.slice(0, 67))],
    ['a list', () => seal(encodeList(1, somePrefixes(40, seededRandom('a list'))))],
    ['another format', (bytes) => seal(changed(bytes, 3, 2))],
    ['a Rice parameter of 32', (bytes) => seal(changed(bytes, 4, 32))],
    ['another Rice parameter of 32', (bytes) => seal(changed(bytes, 5, 32))],
    ['reserved bytes in use', (bytes) => seal(changed(bytes, 7, 1))],
    ['a version no number can hold', (bytes) => seal(changed(bytes, 16, 0xff))],
    ['versions that are the same', (bytes) => seal(changed(bytes, 15, 4))],
    ['versions that fall', (bytes) => seal(changed(bytes, 15, 5))],
    ['more removed than bits', (bytes) => seal(changed(bytes, 24, 0xff))],
    ['more added than bits', (bytes) => seal(changed(bytes, 28, 0xff))],
    ['one removed more than there is', (bytes) => seal(changed(bytes, 27, 2))],
    ['one removed fewer than there is', (bytes) => seal(changed(bytes, 27, 0))],
    ['one added fewer than there is', (bytes) => seal(changed(changed(bytes, 31, 0), 5, 0))],
    ['a trailing byte', (bytes) => seal(Uint8Array.from([...bytes.slice(0, -4), 0, 0, 0, 0, 0]))],
    ['padding that is not zero', (bytes) => seal(changed(bytes, bytes.length - 5, (bytes.at(-5) ?? 0) | 1))],
    ['an entry beyond 32 bits', (bytes) => seal(changed(bytes, 64, 0xff))],
    ['an entry removed and added', () => encodeDelta(3, 4, [], [], { removed: [5, 7], added: [7, 9] })],
    ['a parameter for nothing', () => seal(changed(encodeDelta(3, 4, [], []), 4, 1))],
    ['a wrong checksum', (bytes) => changed(bytes, bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1)],
  ])('%s', (_, damage) => {
    expect(() => decodeDelta(damage(good()))).toThrow('delta refused');
  });

  test('or decodes, but never hangs or breaks on, damage under a right checksum', () => {
    const random = seededRandom('damaged deltas');
    for (let run = 0; run < 2_000; run++) {
      const bytes = encodeDelta(1, 2, somePrefixes(15, random), somePrefixes(15, random));
      for (let i = 0; i <= random() * 4; i++) bytes[Math.floor(random() * bytes.length)] = random() * 256;
      const cut = random() < 0.3 ? bytes.slice(0, Math.max(4, Math.floor(random() * bytes.length))) : bytes;
      try {
        const { removed, added } = decodeDelta(seal(cut));
        for (const part of [removed, added])
          expect(part.every((value, i) => i === 0 || value > (part[i - 1] ?? 0))).toBe(true);
      } catch (failure) {
        expect(String(failure)).toContain('delta refused');
      }
    }
  });

  test.each<[string, number[], Parameters<typeof encodeDelta>[4]]>([
    ['an entry to be removed that is not there', [1, 9], {}],
    ['an entry to be added that is there', [1, 5, 7, 9], {}],
    ['another list', [2, 5, 9], {}],
    ['a longer list', [1, 5, 9, 2 ** 32 - 1], {}],
    ['a list shorter than what is to be removed', [], { added: [] }],
    ['another digest', [1, 5, 9], { resultSha256: '0'.repeat(64) }],
  ])('%s', async (_, former, changes) => {
    const delta = decodeDelta(encodeDelta(1, 2, [1, 5, 9], [1, 7, 9], changes));
    await expect(applyDelta(delta, Uint32Array.from(former))).rejects.toThrow('delta refused');
  });
});

function inHex(values: Uint32Array): string[] {
  return Array.from(values, (value) => value.toString(16).padStart(8, '0'));
}

function fromHex(values: string[]): Uint32Array {
  return Uint32Array.from(values, (value) => parseInt(value, 16));
}

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
