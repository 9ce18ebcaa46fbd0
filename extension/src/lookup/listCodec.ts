import { toHex } from './account';
import { encodeGaps, GapReader, MAX_PARAMETER, MAX_VALUE } from './gapCode';

/* The bytes of list and delta as docs/list-format.md has them. Both are refused on any deviation: half a list would miss
 * accounts without saying so. */

/** A published list, decoded: the first 4 bytes of every listed account hash, ascending. */
export interface AccountList {
  version: number;
  prefixes: Uint32Array;
}

/** What makes a newer version of an older one. */
export interface ListDelta {
  from: number;
  to: number;
  removed: Uint32Array;
  added: Uint32Array;
  /** Of the entries it leads to, in hex. */
  resultSha256: string;
}

const LIST_MAGIC = 0x46_46_4c_01;
const LIST_HEADER_BYTES = 20;
const DELTA_MAGIC = 0x46_46_44_01;
const DELTA_HEADER_BYTES = 64;
const CHECKSUM_BYTES = 4;
// A hostile list of 64 MB could claim half a billion entries and mean it; this is 64 MB decoded.
const MAX_ENTRIES = 1 << 24;

/** Decodes the binary list, format 1. */
export function decodeList(bytes: Uint8Array): AccountList {
  const refuse = refusing('list');
  const { view, payload } = open(bytes, LIST_MAGIC, LIST_HEADER_BYTES, refuse);
  if (view.getUint8(5) !== 0 || view.getUint16(6) !== 0) refuse('reserved bytes in use');
  const version = versionAt(view, 8, refuse);
  const count = view.getUint32(16);
  const parameter = parameterAt(view, 4, count, refuse);
  // Every gap takes at least its low bits and the 0 that ends the quotient.
  if (count > MAX_ENTRIES || count * (parameter + 1) > payload.length * 8) refuse('count out of bounds');
  const gaps = new GapReader(payload, refuse);
  const prefixes = gaps.read(count, parameter);
  gaps.finish();
  return { version, prefixes };
}

/** The bytes the service publishes for this list: version and entries determine them. */
export function encodeList({ version, prefixes }: AccountList): Uint8Array<ArrayBuffer> {
  const { payload, parameter } = encodeGaps(prefixes);
  const bytes = new Uint8Array(LIST_HEADER_BYTES + payload.length + CHECKSUM_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, LIST_MAGIC);
  view.setUint8(4, parameter);
  view.setBigUint64(8, BigInt(version));
  view.setUint32(16, prefixes.length);
  bytes.set(payload, LIST_HEADER_BYTES);
  const end = bytes.length - CHECKSUM_BYTES;
  view.setUint32(end, crc32(bytes.subarray(0, end)));
  return bytes;
}

/** Decodes a binary delta, format 1. */
export function decodeDelta(bytes: Uint8Array): ListDelta {
  const refuse = refusing('delta');
  const { view, payload } = open(bytes, DELTA_MAGIC, DELTA_HEADER_BYTES, refuse);
  if (view.getUint16(6) !== 0) refuse('reserved bytes in use');
  const from = versionAt(view, 8, refuse);
  const to = versionAt(view, 16, refuse);
  if (from >= to) refuse('versions do not rise');
  const removals = view.getUint32(24);
  const additions = view.getUint32(28);
  const removalParameter = parameterAt(view, 4, removals, refuse);
  const additionParameter = parameterAt(view, 5, additions, refuse);
  if (removals > MAX_ENTRIES || additions > MAX_ENTRIES) refuse('count out of bounds');
  const leastBits = removals * (removalParameter + 1) + additions * (additionParameter + 1);
  if (leastBits > payload.length * 8) refuse('count out of bounds');
  const gaps = new GapReader(payload, refuse);
  const removed = gaps.read(removals, removalParameter);
  const added = gaps.read(additions, additionParameter);
  gaps.finish();
  if (meet(removed, added)) refuse('an entry is removed and added');
  return { from, to, removed, added, resultSha256: toHex(bytes.subarray(32, 64)) };
}

/** The newer version's entries; throws when these are not the entries the delta was made for. */
export async function applyDelta(delta: ListDelta, former: Uint32Array): Promise<Uint32Array<ArrayBuffer>> {
  const refuse = refusing('delta');
  const { removed, added } = delta;
  const size = former.length - removed.length + added.length;
  if (size < 0 || size > MAX_ENTRIES) refuse('it is for another list');
  const result = new Uint32Array(size);
  let kept = 0;
  let removals = 0;
  let additions = 0;
  for (const entry of former) {
    while (additions < added.length && (added[additions] ?? 0) < entry)
      result[kept++] = added[additions++] ?? 0;
    if (added[additions] === entry) refuse('an added entry is there');
    if (removed[removals] === entry) removals++;
    else result[kept++] = entry;
  }
  if (removals < removed.length) refuse('a removed entry is not there');
  result.set(added.subarray(additions), kept);
  if ((await sha256OfEntries(result)) !== delta.resultSha256) refuse('it leads elsewhere');
  return result;
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

function open(bytes: Uint8Array, magic: number, headerBytes: number, refuse: (why: string) => never) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - CHECKSUM_BYTES;
  if (end < headerBytes) refuse('too short');
  if (view.getUint32(0) !== magic) refuse('another format');
  if (view.getUint32(end) !== crc32(bytes.subarray(0, end))) refuse('checksum differs');
  return { view, payload: bytes.subarray(headerBytes, end) };
}

function parameterAt(view: DataView, at: number, count: number, refuse: (why: string) => never): number {
  const parameter = view.getUint8(at);
  if (parameter > MAX_PARAMETER) refuse('Rice parameter out of bounds');
  if (count === 0 && parameter !== 0) refuse('a Rice parameter for nothing');
  return parameter;
}

function versionAt(view: DataView, at: number, refuse: (why: string) => never): number {
  const version = Number(view.getBigUint64(at));
  if (!Number.isSafeInteger(version)) refuse('version out of bounds');
  return version;
}

function refusing(what: string): (why: string) => never {
  return (why) => {
    throw new Error(`${what} refused: ${why}`);
  };
}

function meet(some: Uint32Array, others: Uint32Array): boolean {
  let at = 0;
  for (const value of some) {
    while (at < others.length && (others[at] ?? 0) < value) at++;
    if (others[at] === value) return true;
  }
  return false;
}

async function sha256OfEntries(entries: Uint32Array): Promise<string> {
  const view = new DataView(new ArrayBuffer(entries.length * 4));
  let at = 0;
  for (const entry of entries) {
    view.setUint32(at, entry);
    at += 4;
  }
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', view)));
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
