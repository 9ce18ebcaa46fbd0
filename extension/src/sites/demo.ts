import { frontEnd } from './bluesky';
import type { Site } from './site';

const HOSTS = ['localhost', '127.0.0.1'];

/** The invented site the service serves for trying things out: Bluesky's markup, its own addresses. */
export const demo: Site = frontEnd(
  HOSTS.map((host) => `http://${host}/demo/*`),
  HOSTS,
  '/demo',
);
