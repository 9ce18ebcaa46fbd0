import { defineConfig } from 'wxt';
import { sites } from './src/sites';

const OPTIONAL_IN_TESTS = [
  'https://public.api.bsky.app/*',
  'https://mastodon.example/*',
  'https://elk.example/*',
  'https://phanpy.example/*',
];

const ICONS = Object.fromEntries([16, 32, 48, 64, 96, 128].map((size) => [size, `icon/${size}.png`]));

// Where Preact takes markup from text. Nothing here uses that, and without it nothing can.
const MARKUP = /(\w)\.innerHTML=(\w\.__html)/;

export default defineConfig({
  // WXT's default for Firefox is 2.
  manifestVersion: 3,
  imports: false,
  vite: () => ({
    plugins: [
      {
        name: 'text-only',
        apply: 'build',
        transform(code: string, id: string) {
          if (!id.endsWith('/preact/dist/preact.mjs')) return null;
          if (!MARKUP.test(code)) throw new Error('Preact takes markup from text in another place by now');
          return { code: code.replace(MARKUP, '$1.textContent=$2'), map: null };
        },
      },
    ],
  }),
  // The manifest's version is package.json's.
  zip: {
    name: 'fairfollow',
    excludeSources: ['test-results/**', '**/*.zip'],
  },
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
    icons: ICONS,
    // White arrows on their own blue ground stand out from light and dark toolbars alike.
    action: { default_icon: ICONS },
    // Popovers, in which cards open, and light-dark(), which the pages' colours use.
    ...(browser === 'chrome' && { minimum_chrome_version: '123' }),
    ...(browser === 'firefox' && {
      browser_specific_settings: {
        gecko: {
          id: 'fairfollow@fairfollow.example',
          // The first that lists data_collection_permissions.
          strict_min_version: '140.0',
          // Contributing only, and off until it is chosen: src/options/Contribution.tsx asks for these.
          data_collection_permissions: {
            required: ['none'],
            optional: ['browsingActivity', 'websiteContent'],
          },
        },
        gecko_android: { strict_min_version: '142.0' },
      },
    }),
  }),
});
