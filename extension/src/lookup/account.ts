import type { components } from '../api';

export type Network = components['schemas']['NetworkId'];

/** An account as a page shows it: by handle, by native id (a DID, a number, an actor URI), or by both. */
export interface ShownAccount {
  network: Network;
  handle: string | null;
  nativeId: string | null;
}

// ASCII only: toLowerCase() would fold look-alikes such as the Kelvin sign into the name they imitate,
// and a look-alike is another account.
const lowerCase = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

export function sameHandle(one: string, other: string): boolean {
  return lowerCase(one) === lowerCase(other);
}

export function handleKey(network: Network, handle: string): string {
  return `${network}:@${lowerCase(handle)}`;
}

export function nativeIdKey(network: Network, nativeId: string): string {
  switch (network) {
    case 'bluesky':
      return `bluesky:${nativeId}`;
    case 'x':
      return `x:#${nativeId}`;
    case 'mastodon':
      // Only the host of an actor URI is case-insensitive.
      return `mastodon:#${nativeId.replace(/^[^:]+:\/\/[^/?#]*/, lowerCase)}`;
  }
}

/** The account's keys, the native id's first: it stays when the handle changes hands. */
export function accountKeys({ network, handle, nativeId }: ShownAccount): string[] {
  return [
    ...(nativeId === null ? [] : [nativeIdKey(network, nativeId)]),
    ...(handle === null ? [] : [handleKey(network, handle)]),
  ];
}

/** The first 16 bytes of SHA-256 of an account key, in hex. */
export async function accountHash(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key));
  return toHex(new Uint8Array(digest, 0, 16));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
