// Dates, what stands in parentheses, spans of days and the 100 in "59 in 100" say when, how sure and of what;
// the rest of the numbers is the point.
const NUMBERS =
  /\([^)]*\)|\d{1,2}(?=\s*[–-]\s*\d{1,2}\s+\p{Lu}\p{Ll}{2})|\d{1,2}\s+\p{Lu}\p{Ll}{2}\p{Ll}*(?:\s+\d{4})?|\d+\s+days?\b|in\s+100\b|(?<number>\d[\d,.\u00a0]*\d|\d)/gu;

/** A statement in pieces, its numbers marked for emphasis. */
export function piecesOf(statement: string): { text: string; strong: boolean }[] {
  const pieces: { text: string; strong: boolean }[] = [];
  let end = 0;
  for (const match of statement.matchAll(NUMBERS)) {
    const number = match.groups?.number;
    if (number === undefined) continue;
    if (match.index > end) pieces.push({ text: statement.slice(end, match.index), strong: false });
    pieces.push({ text: number, strong: true });
    end = match.index + number.length;
  }
  if (end < statement.length) pieces.push({ text: statement.slice(end), strong: false });
  return pieces;
}
