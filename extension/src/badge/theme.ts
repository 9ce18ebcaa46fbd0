export type Theme = 'light' | 'dark';

const listeners = new Set<() => void>();
let watching = false;

/** Light or dark, by what is painted behind an element: a page's own theme need not be the system's. */
export function themeBehind(element: Element): Theme {
  for (let behind: Element | null = element; behind; behind = behind.parentElement) {
    const [red = 0, green = 0, blue = 0, alpha = 1] = channels(getComputedStyle(behind).backgroundColor);
    if (alpha >= 0.5) return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? 'dark' : 'light';
  }
  const schemes = getComputedStyle(document.documentElement).colorScheme;
  return schemes.includes('dark') && systemIsDark().matches ? 'dark' : 'light';
}

function channels(color: string): number[] {
  const numbers = color.startsWith('rgb') ? color.match(/[\d.]+/g) : null;
  return numbers?.map(Number) ?? [0, 0, 0, 0];
}

/** Calls back when the page or the system changes its theme; returns how to stop that. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  if (!watching) watch();
  return () => {
    listeners.delete(listener);
  };
}

function watch(): void {
  watching = true;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  // Sites switch themes on the root or the body; their descendants' styles are none of our business.
  const observer = new MutationObserver(tell);
  for (const element of [document.documentElement, document.body])
    observer.observe(element, { attributes: true });
  systemIsDark().addEventListener('change', tell);
}

function systemIsDark(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}
