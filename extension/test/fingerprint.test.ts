import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bands, messageFingerprint } from '../src/report/fingerprint';
import { GREETINGS, PROMOTIONS, THREATS, messageKind, type MessageKind } from '../src/report/messageKind';
import { normalText } from '../src/report/normalText';
import { drawnTexts, everyCodePoint } from './drawnTexts';
import { readVectors } from './vectors';

interface Vector {
  text: string;
  names?: string[];
  normal: string;
  fingerprint: string;
  bands: string[];
  kind: MessageKind;
  hasLink: boolean;
}

interface Digest {
  seed: number;
  texts: number;
  drawn: string;
  everyCodePoint: string;
}

// A slow machine beside other work needs more than the usual five seconds for thousands of texts.
const PATIENCE = 60_000;

const vectors = readVectors<Vector>('message-fingerprints.json');
const [digest] = readVectors<Digest>('message-fingerprints-digest.json');

test.each(vectors)('$text', async ({ text, names = [], normal, ...told }) => {
  expect(normalText(text, names).value).toBe(normal);
  expect(normalText(normal).value).toBe(normal);
  expect(await messageFingerprint(text, names)).toEqual(told);
});

function sha256(texts: string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) {
    const { value, hasLink } = normalText(text, ['anna.example', 'Anna Thanks']);
    hash.update(`${value}\n${messageKind(value, hasLink)} ${hasLink} ${bands(value).join(' ')}\n`);
  }
  return hash.digest('hex');
}

test(
  'drawn texts are read as by the service',
  () => {
    expect(sha256(drawnTexts(digest?.seed ?? 0, digest?.texts ?? 0))).toBe(digest?.drawn);
  },
  PATIENCE,
);

test(
  'every character is read as by the service',
  () => {
    expect(sha256(everyCodePoint())).toBe(digest?.everyCodePoint);
  },
  PATIENCE,
);

test(
  'what was normalised stays as it is',
  () => {
    for (const text of drawnTexts(7, 2_000)) {
      const { value } = normalText(text);
      expect(normalText(value).value).toBe(value);
    }
  },
  PATIENCE,
);

test(
  'a very long text is read to its 10,000th character',
  () => {
    expect(normalText('\u{20000}'.repeat(10_001)).value).toBe('\u{20000}'.repeat(10_000));
    expect(normalText('a '.repeat(1_000_000)).value).toHaveLength(9_999);
    for (const piece of ['a.', '@a.', 'a@', 'www.', 'https://', '1,', '\u0301', '\ufdfa', '#']) {
      expect(Array.from(normalText(piece.repeat(10_000)).value).length).toBeLessThanOrEqual(10_000);
    }
  },
  PATIENCE,
);

test.each([
  ['threats.txt', THREATS],
  ['promotions.txt', PROMOTIONS],
  ['greetings.txt', GREETINGS],
])('%s is the list of the service, in normal form', (file, phrases) => {
  const path = join(import.meta.dirname, '../../src/main/resources/org/fairfollow/evidence/text', file);
  const lines = readFileSync(path, 'utf8').split('\n');
  expect(phrases).toEqual(lines.filter((line) => line !== '' && !line.startsWith('//')));
  for (const phrase of phrases) expect(normalText(phrase).value).toBe(phrase.replace('*', ''));
});
