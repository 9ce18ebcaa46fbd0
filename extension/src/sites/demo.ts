import { matchUnder } from './bluesky';
import type { Site } from './site';

/** The invented site the service serves for trying things out: Bluesky's markup, its own addresses. */
export const demo: Site = {
  matches: ['http://localhost/demo/*', 'http://127.0.0.1/demo/*'],
  match: (url) => matchUnder('/demo', url.pathname),
};
