import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The people on the fixture pages. */
export const CAST = {
  name: 'Growth by Gwen',
  handle: 'gwen.growth.example',
  did: 'did:plc:growthgrowthgrowthgrowth',
  organicHandle: 'rosa.example',
  organicDid: 'did:plc:rosarosarosarosarosarosa',
  theme: 'theme--light',
};

/** A fixture page, filled in; `base` is where its site lives below the host. */
export function fixturePage(name: string, values: Record<string, string> = CAST, base = ''): Document {
  const template = readFileSync(join(import.meta.dirname, '../fixtures', `${name}.html`), 'utf8');
  const html = template
    .replace(/\{\{(\w+)\}\}/g, (_, key: string) => values[key] ?? '')
    .replaceAll('href="/', `href="${base}/`);
  return parsePage(html);
}

export function parsePage(html: string): Document {
  // Only the markup matters here; happy-dom would complain about each style sheet it may not load.
  return new DOMParser().parseFromString(html.replace(/<(link|script)\b[^>]*>/g, ''), 'text/html');
}
