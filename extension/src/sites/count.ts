import type { Count } from './site';

/** How a language writes numbers: its separators, and what its abbreviations stand for. */
interface Style {
  group: string;
  decimal: string;
  powers: Map<string, number>;
}

const LARGEST_POWER = 10;
const styles = new Map<string, Style | null>();

/** A count as pages write it in a language (`1.2M`, `1,2 mil`, `120万`); null when it could mean anything else. */
export function parseCount(text: string, language: string): Count | null {
  if (text.length > 40) return null;
  const style = styleOf(language);
  const plain = withAsciiDigits(text.replace(/\p{Cf}/gu, ''), style).trim();
  if (/^\d{1,15}$/.test(plain)) return { value: Number(plain), exact: true };
  const [, digits = '', rest = ''] = /^(\d[\d.,'’\s]*\d|\d)(\D*)$/u.exec(plain) ?? [];
  if (style === null || digits === '') return null;
  const [whole = '', fraction, ...more] = digits.split(style.decimal);
  const [first = '', ...groups] = whole.split(style.group);
  // Groups of two digits are India's; the last has three everywhere.
  const grouped = first.length <= 3 && groups.every((group) => /^\d{2,3}$/.test(group));
  const isWhole = groups.length === 0 || (grouped && groups.at(-1)?.length === 3);
  if (!/^\d+$/.test(first) || !isWhole) return null;
  if (more.length > 0 || (fraction !== undefined && !/^\d{1,2}$/.test(fraction))) return null;
  const power = symbol(rest) === '' ? 1 : style.powers.get(symbol(rest));
  if (power === undefined || (power === 1 && fraction !== undefined)) return null;
  const value = Math.round(Number(`${first}${groups.join('')}.${fraction ?? ''}`) * power);
  return Number.isSafeInteger(value) ? { value, exact: power === 1 } : null;
}

/**
 * The count an element shows as the one number among its parts, or exactly, where its label agrees with what it shows:
 * `aria-label="1101177 followers"` on `1.1M followers`.
 */
export function countIn(element: Element | null, language: string): Count | null {
  if (element === null) return null;
  const [shown, ...more] = Array.from(element.children, ({ textContent }) => textContent).filter(
    (text) => text.length <= 40 && /\p{Nd}/u.test(text),
  );
  if (shown === undefined || more.length > 0) return null;
  const count = parseCount(shown, language);
  const label = element.getAttribute('aria-label') ?? '';
  const numbers = label.length > 200 ? [] : label.match(/\d+/g);
  if (count === null || count.exact || numbers?.length !== 1) return count;
  const value = Number(numbers[0]);
  return Math.abs(value - count.value) <= value / 10 ? { value, exact: true } : count;
}

/** Null for languages this browser does not know. */
function styleOf(language: string): Style | null {
  const known = styles.get(language);
  if (known !== undefined) return known;
  let style: Style | null = null;
  try {
    if (Intl.NumberFormat.supportedLocalesOf(language).length > 0) style = learnStyle(language);
  } catch {
    // not the name of a language
  }
  styles.set(language, style);
  return style;
}

function learnStyle(language: string): Style {
  const part = (value: number, type: string, options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(language, { numberingSystem: 'latn', ...options })
      .formatToParts(value)
      .filter((candidate) => candidate.type === type)
      .map((candidate) => candidate.value)
      .join('');
  const powers = new Map<string, number>();
  for (let power = 3; power <= LARGEST_POWER; power++) {
    const compact = { notation: 'compact', useGrouping: false } as const;
    const name = symbol(part(10 ** power, 'compact', compact));
    const shown = Number(part(10 ** power, 'integer', compact));
    if (name !== '' && shown > 0) powers.set(name, 10 ** power / shown);
  }
  const [group = ','] = part(1_234_567, 'group', {});
  return { group: blank(group), decimal: part(1.5, 'decimal', {}), powers };
}

/** Abbreviations are written with and without a space before and a full stop behind. */
function symbol(text: string): string {
  return text.replace(/[\s.\u200e\u200f\u061c]/g, '');
}

const blank = (separator: string) => (/\s/.test(separator) ? ' ' : separator);

/** Digits of every script, and the Arabic separators, which mean the same in all its languages. */
function withAsciiDigits(text: string, style: Style | null): string {
  return text.replace(/[\p{Nd}\s٫٬]/gu, (character) => {
    if (character === '٫') return style?.decimal ?? character;
    if (character === '٬') return style?.group ?? character;
    if (/\s/.test(character)) return ' ';
    // The ten digits of a script follow each other.
    let zero = character.codePointAt(0) ?? 0;
    const code = zero;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String(code - zero);
  });
}
