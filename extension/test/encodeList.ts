import { createHash } from 'node:crypto';
import { crc32 } from '../src/lookup/listCodec';

/* The formats' other half, for tests, bit by bit: an encoder of its own beside the one the extension checks lists with. */

export function encodeList(
  version: number,
  prefixes: number[],
  k = riceParameter(prefixes),
): Uint8Array<ArrayBuffer> {
  const payload = packed(codes(prefixes, k));
  const bytes = new Uint8Array(20 + payload.length + 4);
  const view = new DataView(bytes.buffer);
  bytes.set([0x46, 0x46, 0x4c, 1, k]);
  view.setBigUint64(8, BigInt(version));
  view.setUint32(16, prefixes.length);
  bytes.set(payload, 20);
  return seal(bytes);
}

/** What makes one version of another; the parts may be changed into what does not fit together. */
export function encodeDelta(
  from: number,
  to: number,
  former: number[],
  result: number[],
  changes: { removed?: number[]; added?: number[]; resultSha256?: string } = {},
): Uint8Array<ArrayBuffer> {
  const removed = changes.removed ?? former.filter((value) => !result.includes(value));
  const added = changes.added ?? result.filter((value) => !former.includes(value));
  const sha256 = changes.resultSha256 ?? sha256OfEntries(result);
  const parameters = [riceParameter(removed), riceParameter(added)] as const;
  const payload = packed([...codes(removed, parameters[0]), ...codes(added, parameters[1])]);
  const bytes = new Uint8Array(64 + payload.length + 4);
  const view = new DataView(bytes.buffer);
  bytes.set([0x46, 0x46, 0x44, 1, ...parameters]);
  view.setBigUint64(8, BigInt(from));
  view.setBigUint64(16, BigInt(to));
  view.setUint32(24, removed.length);
  view.setUint32(28, added.length);
  bytes.set(Buffer.from(sha256, 'hex'), 32);
  bytes.set(payload, 64);
  return seal(bytes);
}

/** Writes the checksum that the bytes before it have, so that a test's damage is found by what it damages. */
export function seal(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  new DataView(bytes.buffer).setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)));
  return bytes;
}

function sha256OfEntries(entries: number[]): string {
  const hash = createHash('sha256');
  for (const entry of entries) hash.update(Buffer.from(entry.toString(16).padStart(8, '0'), 'hex'));
  return hash.digest('hex');
}

function codes(values: number[], k: number): number[] {
  const bits: number[] = [];
  for (const gap of gaps(values)) {
    for (let quotient = Math.floor(gap / 2 ** k); quotient > 0; quotient--) bits.push(1);
    bits.push(0);
    for (let bit = k - 1; bit >= 0; bit--) bits.push(Math.floor(gap / 2 ** bit) % 2);
  }
  return bits;
}

function gaps(values: number[]): number[] {
  return values.map((value, i) => value - (values[i - 1] ?? -1) - 1);
}

function packed(bits: number[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((bit, i) => {
    bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (bit << (7 - (i & 7)));
  });
  return bytes;
}

/** The smallest of those that make the codes shortest. */
function riceParameter(values: number[]): number {
  if (values.length === 0) return 0;
  const lengths = Array.from({ length: 32 }, (_, k) =>
    gaps(values).reduce((bits, gap) => bits + Math.floor(gap / 2 ** k) + 1 + k, 0),
  );
  return lengths.indexOf(Math.min(...lengths));
}
