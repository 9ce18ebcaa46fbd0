import { bluesky, matchUnder } from './bluesky';
import type { Site } from './site';

const HOSTS = ['localhost', '127.0.0.1'];

/** The invented site the service serves for trying things out: Bluesky's markup, its own addresses. */
export const demo: Site = {
  ...bluesky,
  matches: ['http://localhost/demo/*', 'http://127.0.0.1/demo/*'],
  match: (url) => (HOSTS.includes(url.hostname) ? matchUnder('/demo', url.pathname) : null),
};
