import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Window } from 'happy-dom';

const FIXTURES = join(import.meta.dirname, '../fixtures');

/** What the fixture pages show: one account that may be listed, and one that is not. */
export interface Cast {
  name: string;
  handle: string;
  did: string;
  organicHandle: string;
  organicDid: string;
}

/** What a public interface answers; without a status it is 200. */
export interface ApiAnswer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** A site on this machine that answers for bsky.app, as strict about scripts and markup as a page can be. */
export interface FixtureSite {
  port: number;
  cast: Cast;
  theme: 'theme--light' | 'theme--dark';
  /** Whole pages by path, or by host and path, where they come from somewhere else. */
  pages: Map<string, string>;
  /** Who answers for other hosts, such as those of public interfaces. */
  hosts: Map<string, (url: URL) => ApiAnswer>;
  /** What those were asked, in order. */
  asked: { url: string; headers: IncomingHttpHeaders }[];
  close(): Promise<void>;
}

const FORBIDDING = "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const STRICT_POLICY = `${FORBIDDING}; connect-src 'self'; img-src 'self'; script-src 'self'; style-src 'self'`;
// Pages from elsewhere carry their layout in style attributes.
const POLICY_FOR_OTHERS = `${FORBIDDING}; img-src 'self'; style-src 'unsafe-inline'`;

const AVATAR =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path fill="#7f9cf0" d="M0 0h4v4H0"/>' +
  '<path fill="#dfe7ff" d="M2 .8a.8.8 0 0 1 0 1.6.8.8 0 0 1 0-1.6M.6 4a1.4 1.3 0 0 1 2.8 0"/></svg>';

export async function startSite(cast: Cast): Promise<FixtureSite> {
  const server = createServer(selfSigned());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const site: FixtureSite = {
    port: (server.address() as AddressInfo).port,
    cast,
    theme: 'theme--light',
    pages: new Map(),
    hosts: new Map(),
    asked: [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.on('request', (request, response) => {
    const path = request.url ?? '/';
    const host = request.headers.host ?? '';
    const api = site.hosts.get(host);
    if (api) {
      const url = new URL(path, `https://${host}`);
      site.asked.push({ url: url.href, headers: request.headers });
      const { status = 200, headers = {}, body } = api(url);
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
    }
    const elsewhere = site.pages.get(`${host}${path}`) ?? site.pages.get(path);
    const policy = elsewhere === undefined ? STRICT_POLICY : POLICY_FOR_OTHERS;
    const send = (type: string, body: string) =>
      response.writeHead(200, { 'content-type': type, 'content-security-policy': policy }).end(body);
    if (path === '/favicon.ico') return response.writeHead(204).end();
    if (path === '/app.js') return send('text/javascript', fixture('app.js'));
    if (path === '/site.css') return send('text/css', fixture('site.css'));
    if (path.startsWith('/img/')) return send('image/svg+xml', AVATAR);
    const page = elsewhere ?? fillPage(path, site);
    if (page === null) return response.writeHead(404).end();
    // In-app navigation fetches the next screen as a tree.
    if (request.headers.accept === 'application/json') return send('application/json', screenOf(page));
    return send('text/html; charset=utf-8', page);
  });
  return site;
}

function fillPage(path: string, { cast, theme }: FixtureSite): string | null {
  const values: Record<string, string> = { ...cast, theme };
  if (path === '/notifications') return fill(fixture('notifications.html'), values);
  const [, handle = '', below] = /^\/profile\/([^/]+)(\/followers)?$/.exec(path) ?? [];
  if (below) return fill(fixture('followers.html'), values);
  if (handle === cast.handle) return fill(fixture('profile.html'), values);
  if (handle === '') return null;
  const did = handle === cast.organicHandle ? cast.organicDid : 'did:plc:strangerstrangerstrange';
  return fill(fixture('profile.html'), { ...values, handle, did, name: 'Rosa Marín' });
}

export function fixture(name: string): string {
  return readFileSync(join(FIXTURES, name), 'utf8');
}

export function fill(template: string, values: Record<string, string>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, key: string) => values[key] ?? '');
}

interface Tree {
  tag: string;
  attributes: Record<string, string>;
  children: (Tree | string)[];
}

function screenOf(page: string): string {
  const { document } = new Window();
  document.write(page);
  const screen = document.querySelector('#root > *') as unknown as Element;
  return JSON.stringify(treeOf(screen));
}

function treeOf(element: Element): Tree {
  return {
    tag: element.tagName.toLowerCase(),
    attributes: Object.fromEntries(Array.from(element.attributes, ({ name, value }) => [name, value])),
    children: Array.from(element.childNodes, (node) =>
      node.nodeType === 1 ? treeOf(node as Element) : (node.textContent ?? ''),
    ),
  };
}

/** Made anew for each run: a key in the project would be a key somebody trusts. */
function selfSigned(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'fairfollow-e2e-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const subject = ['-subj', '/CN=bsky.app', '-addext', 'subjectAltName=DNS:bsky.app', '-days', '2'];
    execFileSync('openssl', [...request, ...subject, '-keyout', key, '-out', cert], { stdio: 'pipe' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
