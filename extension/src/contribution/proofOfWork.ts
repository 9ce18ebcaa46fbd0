import type { components } from '../api';
import { toHex } from '../lookup/account';

type Challenge = components['schemas']['Challenge'];

// Ten times what the service asks for by itself: more is no proof of work but a way to burn processors.
const MOST_WORK = 2_000_000;
const SLICE = 2_000;

/** Told again and again how much is done of the most there can be to do, from 0 to 1. */
export type Progressed = (share: number) => void;

/**
 * The number a challenge (ALTCHA, version 1) looks for; null when it has none or wants too much. WebCrypto counts on
 * threads of its own, in slices, so that nothing else in the background waits: a library would add only its widget.
 */
export async function solve(
  challenge: Challenge,
  signal: AbortSignal,
  progressed: Progressed = () => undefined,
): Promise<number | null> {
  const { algorithm, salt, maxnumber } = challenge;
  const wanted = challenge.challenge.toLowerCase();
  if ((algorithm as string) !== 'SHA-256' || !/^[0-9a-f]{64}$/.test(wanted)) return null;
  if (maxnumber > MOST_WORK || salt.length > 1024) return null;
  const head = parseInt(wanted.slice(0, 8), 16);
  const text = new TextEncoder();
  for (let from = 0; from <= maxnumber; from += SLICE) {
    signal.throwIfAborted();
    progressed(from / (maxnumber + 1));
    const numbers = Array.from({ length: Math.min(SLICE, maxnumber - from + 1) }, (_, step) => from + step);
    const hashes = await Promise.all(
      numbers.map((number) => crypto.subtle.digest('SHA-256', text.encode(`${salt}${number}`))),
    );
    const place = hashes.findIndex(
      (hash) => new DataView(hash).getUint32(0) === head && toHex(new Uint8Array(hash)) === wanted,
    );
    if (place >= 0) return from + place;
  }
  return null;
}
