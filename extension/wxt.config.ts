import { defineConfig } from 'wxt';

export default defineConfig({
  // WXT's default for Firefox is 2.
  manifestVersion: 3,
  imports: false,
  manifest: ({ browser }) => ({
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    permissions: ['storage'],
    // No port in a local address: Firefox silently blocks a pattern that has one.
    host_permissions: ['https://bsky.app/*', 'http://localhost/*', 'http://127.0.0.1/*'],
    // Asked for one host at a time, when the user saves another service's address.
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
