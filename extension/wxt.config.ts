import { defineConfig } from 'wxt';
import { sites } from './src/sites';

const OPTIONAL_IN_TESTS = [
  'https://public.api.bsky.app/*',
  'https://mastodon.example/*',
  'https://elk.example/*',
  'https://phanpy.example/*',
];

export default defineConfig({
  // WXT's default for Firefox is 2.
  manifestVersion: 3,
  imports: false,
  manifest: ({ browser, mode }) => ({
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    // docs/privacy.md says of each what it is for.
    permissions: ['storage', 'scripting', 'activeTab', 'alarms', 'contextMenus'],
    host_permissions: [
      ...sites.flatMap((site) => site.matches.map((pattern) => pattern.replace('/demo/', '/'))),
      // Prompts cannot be answered in a headless browser.
      ...(mode === 'e2e' ? OPTIONAL_IN_TESTS : []),
    ],
    // Asked for one host at a time: another service, another Mastodon server, a network's public follower lists.
    optional_host_permissions: ['https://*/*'],
    icons: { 16: 'icon/16.png', 32: 'icon/32.png', 48: 'icon/48.png', 128: 'icon/128.png' },
    // Popovers, in which cards open, and light-dark(), which the pages' colours use.
    ...(browser === 'chrome' && { minimum_chrome_version: '123' }),
    ...(browser === 'firefox' && {
      browser_specific_settings: {
        gecko: {
          id: 'fairfollow@fairfollow.example',
          // The first that lists data_collection_permissions.
          strict_min_version: '140.0',
          data_collection_permissions: { required: ['none'] },
        },
        gecko_android: { strict_min_version: '142.0' },
      },
    }),
  }),
});
