/** Texts drawn by a generator that both languages have, from pieces that have gone wrong before. */
const PIECES = [
  'Thanks for the follow',
  ' ',
  ' ',
  '.',
  '@',
  '#',
  '@anna.example',
  'https://',
  'www.',
  'shop.example/path?x=1#y',
  'Anna',
  '1,234.5',
  'unfollow me and I',
  '\u0130',
  '\u03a3',
  '\u1e9e',
  '\u200b',
  '\u0301',
  '\u0323',
  '\ufe0f',
  '\uff0e',
  '\uff20',
  '\ud83d',
  '\ude00',
  '\u1100\u1161',
  '\u0345',
];

/** mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

export function drawnTexts(seed: number, count: number): string[] {
  const next = generator(seed);
  const piece = (): string => {
    switch (next() % 6) {
      case 0:
        return String.fromCodePoint(0x20 + (next() % 0x5f));
      case 1:
        return String.fromCodePoint(next() % 0x3000);
      case 2:
        return String.fromCodePoint(next() % 0x11_0000);
      default:
        return PIECES[next() % PIECES.length] ?? '';
    }
  };
  return Array.from({ length: count }, () => Array.from({ length: next() % 40 }, piece).join(''));
}

/** Every code point of the ranges where characters differ in more than their number, 64 a text. */
export function everyCodePoint(): string[] {
  return [...blocks(0, 0x2_0000), ...blocks(0x2_f800, 0x2_fa40), ...blocks(0xe_0000, 0xe_1000)].map((first) =>
    Array.from({ length: 64 }, (_, i) => String.fromCodePoint(first + i))
      .map((c) => `${c}a${c}\u0301 `)
      .join(''),
  );
}

const blocks = (from: number, to: number) =>
  Array.from({ length: (to - from) / 64 }, (_, i) => from + 64 * i);
