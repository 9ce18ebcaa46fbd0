import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ShownAccount } from '../src/lookup/account';
import type { Page, Surface } from '../src/sites/site';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const SNAPSHOTS = join(import.meta.dirname, '../../../shared/snapshots');

/** A fixture of a front end, in its shell, filled in. */
export function fediversePage(frontEnd: string, name: string, values: Record<string, string> = {}): Document {
  const read = (file: string) => readFileSync(join(FIXTURES, frontEnd, `${file}.html`), 'utf8');
  const fill = (template: string, all: Record<string, string>) =>
    template.replace(/\{\{(\w+)\}\}/g, (_, key: string) => all[key] ?? '');
  return parse(fill(read('shell'), { ...values, content: fill(read(name), values) }));
}

/** A real page kept beside the project; null, and loudly so, where it is absent. */
export function snapshot(name: string): Document | null {
  const file = join(SNAPSHOTS, name);
  if (existsSync(file)) return parse(readFileSync(file, 'utf8'));
  console.warn(`NOT CHECKED AGAINST REAL PAGES: ${file} is absent`);
  return null;
}

function parse(html: string): Document {
  // Only the markup matters here: nothing is to be loaded or run.
  const inert = html.replace(
    /<link rel="(?:stylesheet|modulepreload)"[^>]*>|<script\b[^>]*\bsrc=[^>]*>/g,
    '',
  );
  return new DOMParser().parseFromString(inert, 'text/html');
}

interface Seen {
  kind: Surface['kind'];
  handle: string | null;
  at: string;
  place: 'end' | 'after' | null;
  followedAt?: string | null;
}

/** Whoever a page's surfaces find in a document, in the order of the surfaces: kind, handle, where the badge goes. */
export function seenOn(page: Page | null, document: Document): Seen[] {
  return (page?.surfaces ?? []).flatMap((surface) =>
    Array.from(document.querySelectorAll(surface.selector)).flatMap((element): Seen[] => {
      const shown = surface.identify(element);
      if (shown === null) return [];
      const anchor = surface.anchor(element);
      return [
        {
          kind: surface.kind,
          handle: shown.handle,
          at: anchor?.node.textContent.replace(/\s+/g, ' ').trim() ?? '',
          place: anchor?.place ?? null,
          ...(surface.followedAt && { followedAt: surface.followedAt(element) }),
        },
      ];
    }),
  );
}

/** Their handles by kind. */
export function handlesOn(page: Page | null, document: Document): string[] {
  return seenOn(page, document).map(({ kind, handle }) => `${kind} ${handle ?? ''}`);
}

/** Elements that two surfaces claim: the engine keeps one account for each element. */
export function claimedTwice(page: Page | null, document: Document): Element[] {
  const claims = (page?.surfaces ?? []).flatMap(({ selector }) =>
    Array.from(document.querySelectorAll(selector)),
  );
  return claims.filter((element, index) => claims.indexOf(element) !== index);
}

export const someone = (handle: string): ShownAccount => ({ network: 'mastodon', handle, nativeId: null });
