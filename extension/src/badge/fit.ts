type Theme = 'light' | 'dark';

/** How many words a badge has room for: all of them, few, none. */
const ROOMS = ['long', 'short', 'icon'] as const;

/** What is written at body size stands in rows; sites set the name that heads a profile larger. */
const LARGE = 18;

const fitted = new Map<HTMLElement, Element>();
const fresh = new Set<HTMLElement>();
let watching = false;

/**
 * Keeps a badge's root dressed for what is behind its anchor: a page's own theme need not be the system's. Returns how
 * to stop that.
 */
export function fit(root: HTMLElement, anchor: Element): () => void {
  fitted.set(root, anchor);
  // Reading a style makes the browser compute all that changed: once for the badges of a frame, not for each of them.
  if (fresh.size === 0) queueMicrotask(dressFresh);
  fresh.add(root);
  if (!watching) watch();
  return () => {
    fitted.delete(root);
    fresh.delete(root);
  };
}

function dressFresh(): void {
  const roots = [...fresh];
  fresh.clear();
  dress(roots);
  for (const root of roots) {
    const anchor = fitted.get(root);
    if (anchor && root.dataset.room === 'long') makeRoom(root, anchor);
  }
}

/** Reads all there is to read before it writes anything. */
function dress(roots: Iterable<HTMLElement>): void {
  const themes = new Map<Element, Theme>();
  const dresses: [root: HTMLElement, theme: Theme, large: boolean][] = [];
  for (const root of roots) {
    const anchor = fitted.get(root);
    if (!anchor) continue;
    const large = parseFloat(getComputedStyle(anchor).fontSize) >= LARGE;
    dresses.push([root, themeBehind(anchor, themes), large]);
  }
  for (const [root, theme, large] of dresses) {
    root.dataset.theme = theme;
    root.dataset.room ??= large ? 'long' : 'short';
  }
}

/** The most words beside a large name with which the page stays as high as it was: the name may fill its line. */
function makeRoom(root: HTMLElement, anchor: Element): void {
  const height = () => anchor.getBoundingClientRect().height;
  root.dataset.room = 'none';
  const without = height();
  for (const room of ROOMS) {
    root.dataset.room = room;
    const { right, left } = root.getBoundingClientRect();
    if (height() <= without && left >= 0 && right <= document.documentElement.clientWidth) return;
  }
}

/** Light or dark, by what is painted behind an element; remembers it of all that stands between. */
function themeBehind(element: Element, known: Map<Element, Theme>): Theme {
  const passed: Element[] = [];
  let theme: Theme | undefined;
  for (let behind: Element | null = element; behind && !theme; behind = behind.parentElement) {
    theme = known.get(behind);
    if (theme) break;
    passed.push(behind);
    const painted = lightness(getComputedStyle(behind).backgroundColor);
    if (painted !== null) theme = painted < 0.5 ? 'dark' : 'light';
  }
  // A page that paints nothing has the browser's ground, dark where the text on it is light.
  theme ??= (lightness(getComputedStyle(document.documentElement).color) ?? 0) > 0.5 ? 'dark' : 'light';
  for (const one of passed) known.set(one, theme);
  return theme;
}

/** From 0, black, to 1, white; null for what lets most of its ground through. */
export function lightness(color: string): number | null {
  const [, space = '', channels = ''] = /^(color\(\S+|\w+\()(.*)/.exec(color) ?? [];
  const numbers = channels.match(/-?[\d.]+(?:e-?\d+)?/g)?.map(Number) ?? [0, 0, 0, 0];
  const [first = 0, second = 0, third = 0, alpha = 1] = numbers;
  if (alpha < 0.5) return null;
  // Computed colours keep the space they were mixed in.
  if (space.startsWith('ok')) return first;
  if (space.startsWith('l')) return first / 100;
  return (0.299 * first + 0.587 * second + 0.114 * third) / (space.startsWith('color') ? 1 : 255);
}

function watch(): void {
  watching = true;
  let due = false;
  const dressAll = () => {
    if (due) return;
    due = true;
    // Sites change several attributes at once.
    requestAnimationFrame(() => {
      due = false;
      dress(fitted.keys());
    });
  };
  // Sites switch themes on the root or the body; their descendants' styles are none of our business.
  const observer = new MutationObserver(dressAll);
  for (const element of [document.documentElement, document.body])
    observer.observe(element, { attributes: true });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', dressAll);
}
