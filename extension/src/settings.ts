import { browser } from 'wxt/browser';

export const DEFAULT_SERVICE = 'http://localhost:8080';
const SERVICE = 'service';

const LOCAL_HOSTS = ['localhost', '127.0.0.1'];

/** The canonical form of a service's address, null when it cannot be one: https, or http on this machine. */
export function parseServiceAddress(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return null;
  }
  const local = LOCAL_HOSTS.includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) return null;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null;
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/** The host permission the background needs for a service, null for those the manifest has from the start. */
export function permissionFor(address: string): string | null {
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' ? null : `https://${hostname}/*`;
}

export async function serviceAddress(): Promise<string> {
  const stored = (await browser.storage.local.get(SERVICE))[SERVICE];
  return (typeof stored === 'string' ? parseServiceAddress(stored) : null) ?? DEFAULT_SERVICE;
}

export async function saveServiceAddress(address: string): Promise<void> {
  await browser.storage.local.set({ [SERVICE]: address });
}
