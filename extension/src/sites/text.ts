import { sameHandle } from '../lookup/account';

// Names and handles are short; what is longer is something else, and not worth going through.
const LONGEST = 300;

/** What an element says, without the invisible characters some front ends set around names and handles. */
export function bareText(element: Element): string {
  const text = element.textContent;
  // Most handles are plain, and a look for invisible characters costs more than all else that is done for a row.
  if (/^[\x21-\x7e]{1,100}$/.test(text)) return text;
  return text.length > LONGEST ? '' : text.replace(/[\p{Cf}\s]/gu, '');
}

/** Whether an element says a handle; only the case of ASCII letters is let pass, for look-alikes are others. */
export function says(element: Element, handle: string): boolean {
  if (element.textContent === `@${handle}`) return true; // as nearly always
  const text = bareText(element);
  return text.startsWith('@') && sameHandle(text.slice(1), handle);
}

/**
 * The handle said by the first text after an element that begins with @; null where none does. What comes before it
 * is a display name, and a display name may be anybody's handle.
 */
export function handleAfter(root: Element, name: Element, texts: string): string | null {
  for (const text of root.querySelectorAll(texts)) {
    const follows = name.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (!follows || name.contains(text)) continue;
    const said = bareText(text);
    if (said.startsWith('@')) return said.slice(1);
  }
  return null;
}
