import { bluesky } from './bluesky';
import { demo } from './demo';
import type { Page, Site } from './site';

export const sites: readonly Site[] = [bluesky, demo];

export function pageAt(address: string): Page | null {
  const url = new URL(address);
  const site = url.hostname === 'bsky.app' ? bluesky : demo;
  return site.match(url);
}
