import { browser } from 'wxt/browser';
import { askThrough } from './ask';
import { blueskyFollowers } from './bluesky';
import type { FollowerSources } from './followers';
import { mastodonFollowers } from './mastodon';

const ask = askThrough({
  fetch: (...call) => globalThis.fetch(...call),
  permitted: (pattern) => browser.permissions.contains({ origins: [pattern] }),
  now: Date.now,
});
const [bluesky, mastodon] = [blueskyFollowers(ask), mastodonFollowers(ask)];

export const followerSources: FollowerSources = (network) => {
  switch (network) {
    case 'bluesky':
      return bluesky;
    case 'mastodon':
      return mastodon;
    case 'x':
      return null;
  }
};
