import { browser } from 'wxt/browser';
import { alone } from './alone';
import { isHost } from './hostName';
import { sites } from './sites';

/*
 * Servers whose pages the user wants badges on, beside those the extension comes with. The browser's permission is what
 * counts: a host without it, for instance because the user took it back in the browser's own settings, is no longer added.
 */

const HOSTS = 'hosts';
const ASKED_FOR = 'askedForHost';
const SCRIPT = 'content-scripts/content.js';
const PREFIX = 'host:';

/** The host of a page that could be added; null for what is no web page, and for pages that have badges anyway. */
export function addableHost(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, port } = new URL(address);
  if (protocol !== 'https:' || port !== '' || !isHost(hostname)) return null;
  const builtIn = sites.some(({ matches }) => matches.some((pattern) => hostIn(pattern) === hostname));
  return builtIn ? null : hostname;
}

/** The match pattern of a host's pages, and the permission for them. */
export function patternOf(host: string): string {
  return `https://${host}/*`;
}

export async function addedHosts(): Promise<string[]> {
  const stored = (await browser.storage.local.get(HOSTS))[HOSTS];
  return Array.isArray(stored) ? stored.filter(isHost) : [];
}

/** Where badges can appear: built in and added, for menus and sentences. */
export async function shownOn(): Promise<string[]> {
  return [...sites.flatMap(({ matches }) => matches), ...(await addedHosts()).map(patternOf)];
}

/** Whether a change of the storage is one of the added hosts, which scripts and menus then follow. */
export function concernsHosts(changes: Record<string, unknown>): boolean {
  return HOSTS in changes;
}

/**
 * Notes which host the browser is being asked for: it may close the popup together with its question, and then only the
 * background hears the answer.
 */
export async function expectHost(host: string): Promise<void> {
  await browser.storage.session.set({ [ASKED_FOR]: host });
}

/** Adds the host the user was asked for, once it is permitted; the answer is whether it is. */
export async function addExpectedHost(): Promise<boolean> {
  const host = (await browser.storage.session.get(ASKED_FOR))[ASKED_FOR];
  if (!isHost(host) || !(await addPermittedHost(host))) return false;
  await browser.storage.session.remove(ASKED_FOR);
  return true;
}

/** Adds a host if it is permitted; the answer is whether it is. Both the popup and the browser itself may ask for it. */
export async function addPermittedHost(host: string): Promise<boolean> {
  if (!(await isPermitted(host))) return false;
  if ((await addedHosts()).includes(host)) return true;
  await addHosts([host]);
  await injectInto(host);
  return true;
}

/** Adds hosts that are permitted already: badges appear on them from the next page on. */
export function addHosts(hosts: string[]): Promise<void> {
  return change((known) => [...new Set([...known, ...hosts])].sort());
}

/** Takes a host back, with the browser's permission for it unless the service is there. */
export async function removeHost(host: string, service: string): Promise<void> {
  await change((known) => known.filter((other) => other !== host));
  if (new URL(service).hostname !== host) {
    await browser.permissions.remove({ origins: [patternOf(host)] }).catch(() => false);
  }
}

/** Makes the content scripts that are registered those of the added hosts: an update of the extension drops them all. */
export function registerHosts(): Promise<void> {
  // One after the other: the browser refuses an id that is registered already.
  registering = registering.then(register, register);
  return registering;
}

let registering: Promise<void> = Promise.resolve();

async function register(): Promise<void> {
  const hosts: string[] = [];
  for (const host of await addedHosts()) {
    if (await isPermitted(host)) hosts.push(host);
  }
  const registered = (await browser.scripting.getRegisteredContentScripts())
    .map(({ id }) => id)
    .filter((id) => id.startsWith(PREFIX));
  const ids = hosts.map((host) => PREFIX + host);
  const superfluous = registered.filter((id) => !ids.includes(id));
  if (superfluous.length > 0) await browser.scripting.unregisterContentScripts({ ids: superfluous });
  const missing = hosts.filter((host) => !registered.includes(PREFIX + host));
  if (missing.length === 0) return;
  await browser.scripting.registerContentScripts(
    missing.map((host) => ({
      id: PREFIX + host,
      matches: [patternOf(host)],
      js: [SCRIPT],
      runAt: 'document_idle',
      persistAcrossSessions: true,
    })),
  );
}

/** Forgets hosts whose permission the user took back in the browser's own settings. */
export async function forgetUnpermittedHosts(): Promise<void> {
  const hosts = await addedHosts();
  const permitted = await Promise.all(hosts.map(isPermitted));
  const gone = hosts.filter((_, index) => !permitted[index]);
  if (gone.length > 0) await change((known) => known.filter((host) => !gone.includes(host)));
}

function isPermitted(host: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [patternOf(host)] });
}

function change(how: (known: string[]) => string[]): Promise<void> {
  return alone(HOSTS, async () => {
    await browser.storage.local.set({ [HOSTS]: how(await addedHosts()) });
  });
}

/** Shows badges in tabs that are open already: what is registered only begins with the next page. */
async function injectInto(host: string): Promise<void> {
  const tabs = await browser.tabs.query({ url: patternOf(host) });
  await Promise.allSettled(
    tabs.flatMap(({ id }) =>
      id === undefined
        ? []
        : [browser.scripting.executeScript({ target: { tabId: id }, files: [`/${SCRIPT}`] })],
    ),
  );
}

function hostIn(pattern: string): string {
  return pattern.replace(/^[^:]+:\/\//, '').replace(/\/.*$/, '');
}
