/** A published list, decoded: the first 4 bytes of every listed account hash, ascending. */
export interface AccountList {
  version: number;
  prefixes: Uint32Array;
}

const HEADER_BYTES = 20;
const CHECKSUM_BYTES = 4;
const MAX_VALUE = 0xffff_ffff;
// A hostile list of 64 MB could claim half a billion entries and mean it; this is 64 MB decoded.
const MAX_ENTRIES = 1 << 24;

/**
 * Decodes the binary list, format 1: header ("FFL", 1, Rice parameter, three zeros, version, count),
 * Rice-coded gaps, CRC-32. Throws on any deviation: half a list would miss accounts without saying so.
 */
export function decodeList(bytes: Uint8Array): AccountList {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - CHECKSUM_BYTES;
  if (end < HEADER_BYTES) refuse('too short');
  if (view.getUint32(0) !== 0x46_46_4c_01) refuse('not a list of format 1');
  if (view.getUint32(end) !== crc32(bytes.subarray(0, end))) refuse('checksum differs');

  const k = view.getUint8(4);
  if (k > 31) refuse('Rice parameter out of bounds');
  if (view.getUint8(5) !== 0 || view.getUint16(6) !== 0) refuse('reserved bytes in use');
  const version = Number(view.getBigUint64(8));
  if (!Number.isSafeInteger(version)) refuse('version out of bounds');
  const count = view.getUint32(16);
  const payload = bytes.subarray(HEADER_BYTES, end);
  if (count === 0 && (k !== 0 || payload.length > 0)) refuse('an empty list has no payload');
  // Every gap takes at least its k low bits and the 0 that ends the quotient.
  if (count > MAX_ENTRIES || count * (k + 1) > payload.length * 8) refuse('count out of bounds');

  return { version, prefixes: decodeGaps(payload, count, k) };
}

function decodeGaps(payload: Uint8Array, count: number, k: number): Uint32Array {
  const values = new Uint32Array(count);
  const bits = payload.length * 8;
  const quotientUnit = 2 ** k;
  let position = 0;
  let value = -1;
  for (let i = 0; i < count; i++) {
    let gap = 0;
    // Bounded by the payload's length, and by the largest value long before that.
    for (;;) {
      if (position >= bits) refuse('truncated');
      if (bitAt(payload, position++) === 0) break;
      gap += quotientUnit;
      if (gap > MAX_VALUE) refuse('value out of bounds');
    }
    if (position + k > bits) refuse('truncated');
    let low = 0;
    for (let remaining = k; remaining > 0;) {
      const free = 8 - (position & 7);
      const taken = Math.min(free, remaining);
      const chunk = ((payload[position >> 3] ?? 0) >> (free - taken)) & ((1 << taken) - 1);
      low = low * (1 << taken) + chunk;
      position += taken;
      remaining -= taken;
    }
    value += gap + low + 1;
    if (value > MAX_VALUE) refuse('value out of bounds');
    values[i] = value;
  }
  if (payload.length !== Math.ceil(position / 8)) refuse('trailing bytes');
  for (; position < bits; position++) if (bitAt(payload, position) !== 0) refuse('padding is not zero');
  return values;
}

function bitAt(bytes: Uint8Array, position: number): number {
  return ((bytes[position >> 3] ?? 0) >> (7 - (position & 7))) & 1;
}

function refuse(why: string): never {
  throw new Error(`list refused: ${why}`);
}

/** Whether the list has the first 4 bytes of this hash (hex): a reason to ask, never to paint. */
export function listHas({ prefixes }: AccountList, hash: string): boolean {
  const wanted = parseInt(hash.slice(0, 8), 16);
  let low = 0;
  let high = prefixes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((prefixes[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return prefixes[low] === wanted;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let remainder = index;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb8_8320 : 0);
  return remainder;
});

/** CRC-32 (IEEE), as zlib computes it. */
export function crc32(bytes: Uint8Array): number {
  let crc = MAX_VALUE;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ MAX_VALUE) >>> 0;
}
