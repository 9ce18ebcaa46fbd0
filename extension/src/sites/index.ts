import { bluesky } from './bluesky';
import { demo } from './demo';
import { elk } from './elk';
import { mastodon } from './mastodon';
import { phanpy } from './phanpy';
import type { Page, Site } from './site';
import { x } from './x';

export const sites: readonly Site[] = [x, bluesky, demo, mastodon, elk, phanpy];

/** The page a document shows at an address, and the site it belongs to; null where nobody is shown. */
export function pageAt(address: string, document: Document): { site: Site; page: Page } | null {
  const url = new URL(address);
  for (const site of sites) {
    const page = site.match(url, document);
    if (page !== null) return { site, page };
  }
  return null;
}
