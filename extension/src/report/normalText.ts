import { fold, isUnspaced, WORD_CLASS } from './repertoire';

/** Of a text, and of its normal form: code points. */
const LONGEST = 10_000;
/** A first name is looked for among so many first tokens: further on, "Will" is more often a word than a name. */
const ADDRESSED_WITHIN = 5;
const NAME = '@';
const SLOT = { value: NAME, isLink: false };

/** A piece of a text: a word, the domain of an address, or a slot. */
interface Token {
  value: string;
  /** An address to click on, and not a word with a dot in it or an e-mail address. */
  isLink: boolean;
}

const WORD = `[${WORD_CLASS}]`;
const OF_LABEL = `[\\-${WORD_CLASS}]`;
const LABEL = `${WORD}${OF_LABEL}{0,62}`;
const OF_NAME = `[_${WORD_CLASS}]`;
// Every repetition of a group is bounded: a text of 10,000 dots must not take the time.
const DOMAIN = `${LABEL}(?:\\.${LABEL}){0,7}\\.(?:(?!\\p{Nd})${WORD}){2,24}(?!${OF_LABEL})`;
const ANY = new RegExp(
  [
    `(?<link>https?:\\/\\/(?:[^ \\/?#]*@)?(?<host>${DOMAIN}|)[^ ]*)`,
    `[\\-_.+${WORD_CLASS}]{1,64}@(?<mail>${DOMAIN})`,
    `(?<bare>${DOMAIN})(?::\\p{Nd}{1,5})?(?<path>[\\/?#][^ ]*|)`,
    `(?<name>@(?:${OF_NAME}{1,64}(?:[\\-.@]${OF_NAME}{1,64}){0,9}|))`,
    `(?<word>[#${WORD_CLASS}]+)`,
  ].join('|'),
  'gu',
);
const WITHIN_NUMBER = /(?<=\p{Nd})[.,](?=\p{Nd})/gu;
const NUMBER = /[#\p{Nd}]+/gu;
const TOP_LEVEL =
  /\.(?:app|at|be|biz|blog|br|ca|ch|cl|club|co|com|de|dev|es|eu|example|fm|fr|gg|gl|gle|info|io|it|jp|link|live|ly|me|mx|net|nl|online|org|page|pl|pt|ru|shop|site|social|store|to|tv|uk|us|xyz)$/;

export interface NormalText {
  /** Without what differs between recipients of the same template. */
  value: string;
  hasLink: boolean;
}

/** @param recipientNames handle and display name, as shown: slots too, for templates insert them. */
export function normalText(text: string, recipientNames: readonly string[] = []): NormalText {
  const tokens = slotted(tokensOf(text), recipientNames);
  return {
    value: joined(tokens),
    hasLink: tokens.some(({ isLink }) => isLink),
  };
}

/** Words as they are counted and shingled: a character of a script without spaces is one by itself. */
export function wordsOf(value: string): string[] {
  const spaced = Array.from(value, (character) =>
    isUnspaced(character) ? ` ${character} ` : character,
  ).join('');
  return spaced.split(' ').filter((word) => word !== '');
}

function tokensOf(text: string): Token[] {
  // Of a code point at most two units, so that a very long text is not taken apart whole.
  const start = Array.from(text.slice(0, 2 * LONGEST))
    .slice(0, LONGEST)
    .join('');
  return Array.from(fold(start).replace(WITHIN_NUMBER, '').matchAll(ANY), tokenOf);
}

function tokenOf({ groups = {} }: RegExpMatchArray): Token {
  const { word, name, mail, bare, path = '', host = '' } = groups;
  if (word !== undefined) return { value: word.replace(NUMBER, '#'), isLink: false };
  if (name !== undefined) return SLOT;
  if (mail !== undefined) return { value: withoutWww(mail), isLink: false };
  if (bare === undefined) return { value: withoutWww(host), isLink: true };
  const domain = withoutWww(bare);
  return { value: domain, isLink: domain.length < bare.length || path !== '' || TOP_LEVEL.test(domain) };
}

function withoutWww(domain: string): string {
  return domain.startsWith('www.') && domain.indexOf('.', 4) > 0 ? withoutWww(domain.slice(4)) : domain;
}

function slotted(tokens: Token[], recipientNames: readonly string[]): Token[] {
  const names = recipientNames
    .map((name) => tokensOf(name).flatMap(({ value }) => (value === '' || value === NAME ? [] : [value])))
    .filter((name) => name.length > 0)
    // The longest first: a name before another that it begins with.
    .sort((one, other) => other.length - one.length);
  const firstWords = new Set(names.map(([first]) => first));
  const values = tokens.map(({ value }) => value);
  const result: Token[] = [];
  for (let at = 0; at < values.length;) {
    const named = names.find((name) => name.every((value, i) => values[at + i] === value))?.length ?? 0;
    const addressed = at < ADDRESSED_WITHIN && firstWords.has(values[at]);
    result.push(...(named > 0 || addressed ? [SLOT] : tokens.slice(at, at + 1)));
    at += Math.max(1, named);
  }
  return result;
}

/** Names in a row are one, and what is too long ends at a word. */
function joined(tokens: Token[]): string {
  const kept: string[] = [];
  let length = 0;
  for (const { value } of tokens) {
    if (value === '' || (value === NAME && kept.at(-1) === NAME)) continue;
    length += (kept.length === 0 ? 0 : 1) + Array.from(value).length;
    if (length > LONGEST) break;
    kept.push(value);
  }
  return kept.join(' ');
}
