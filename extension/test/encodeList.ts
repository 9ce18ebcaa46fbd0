import { crc32 } from '../src/lookup/listCodec';

/** The list format's other half, for tests: the service writes lists, the extension only reads them. */
export function encodeList(
  version: number,
  prefixes: number[],
  k = riceParameter(prefixes),
): Uint8Array<ArrayBuffer> {
  const bits: number[] = [];
  let former = -1;
  for (const value of prefixes) {
    const gap = value - former - 1;
    former = value;
    for (let quotient = Math.floor(gap / 2 ** k); quotient > 0; quotient--) bits.push(1);
    bits.push(0);
    for (let bit = k - 1; bit >= 0; bit--) bits.push(Math.floor(gap / 2 ** bit) % 2);
  }
  const payload = Math.ceil(bits.length / 8);
  const bytes = new Uint8Array(20 + payload + 4);
  const view = new DataView(bytes.buffer);
  bytes.set([0x46, 0x46, 0x4c, 1, k]);
  view.setBigUint64(8, BigInt(version));
  view.setUint32(16, prefixes.length);
  bits.forEach((bit, i) => {
    const at = 20 + (i >> 3);
    bytes[at] = (bytes[at] ?? 0) | (bit << (7 - (i & 7)));
  });
  return seal(bytes);
}

/** Writes the checksum that the bytes before it have, so that a test's damage is found by what it damages. */
export function seal(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  new DataView(bytes.buffer).setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)));
  return bytes;
}

function riceParameter(prefixes: number[]): number {
  if (prefixes.length === 0) return 0;
  return Math.max(0, Math.min(31, Math.floor(Math.log2((2 ** 32 / prefixes.length) * Math.LN2))));
}
