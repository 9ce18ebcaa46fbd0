import { toHex } from '../lookup/account';
import { normalText, wordsOf } from './normalText';
import { messageKind, type MessageKind } from './messageKind';

/** What is told of a message; its text stays in the browser. See docs/message-fingerprints.md. */
export interface MessageFingerprint {
  fingerprint: string;
  bands: string[];
  /** A suggestion, for the user to mend. */
  kind: MessageKind;
  hasLink: boolean;
}

const BANDS = 32;
const ROWS = 2;
const SHINGLE = 3;
/** Code points of a normal text; shorter ones tell nothing apart. */
const SHORTEST_TEXT = 40;
/** murmur3's finaliser of 1, 2, 3, …: one for each permutation. */
const SEEDS = Array.from({ length: BANDS * ROWS }, (_, i) => mix(i + 1));

/** @param recipientNames handle and display name of whoever got the message, as shown. */
export async function messageFingerprint(
  text: string,
  recipientNames: readonly string[] = [],
): Promise<MessageFingerprint> {
  const { value, hasLink } = normalText(text, recipientNames);
  return {
    fingerprint: await fingerprint(value),
    bands: bands(value),
    kind: messageKind(value, hasLink),
    hasLink,
  };
}

/** The first 16 bytes of SHA-256 of a normal text, in hex. */
export async function fingerprint(value: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(value));
  return toHex(new Uint8Array(digest, 0, 16));
}

/** MinHash of a normal text's shingles of three words, folded into 32 bands; none of a text too short to tell apart. */
export function bands(value: string): string[] {
  const words = wordsOf(value);
  if (Array.from(value).length < SHORTEST_TEXT || words.length < SHINGLE) return [];
  const least = new Uint32Array(SEEDS.length).fill(0xffff_ffff);
  for (const shingle of shingles(words)) {
    SEEDS.forEach((seed, i) => {
      least[i] = Math.min(least[i] ?? 0, mix(shingle ^ seed) >>> 0);
    });
  }
  return Array.from({ length: BANDS }, (_, band) => {
    const mixed = mix(mix(least[ROWS * band] ?? 0) + (least[ROWS * band + 1] ?? 0));
    return (mixed >>> 0).toString(16).padStart(8, '0');
  });
}

function shingles(words: string[]): Set<number> {
  const utf8 = new TextEncoder();
  const all = new Set<number>();
  for (let at = 0; at + SHINGLE <= words.length; at++) {
    all.add(fnv1a(utf8.encode(words.slice(at, at + SHINGLE).join(' '))));
  }
  return all;
}

/** FNV-1a of 32 bits. */
function fnv1a(bytes: Uint8Array): number {
  return bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x0100_0193), 0x811c_9dc5 | 0);
}

/** The finaliser of murmur3, 32 bits. */
function mix(number: number): number {
  let mixed = number | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return mixed ^ (mixed >>> 16);
}
