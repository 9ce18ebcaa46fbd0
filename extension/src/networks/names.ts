import { asciiHost } from '../hostName';
import type { OwnAccount } from '../ledger/ownAccounts';
import type { Network } from '../lookup/account';
import { words } from '../lookup/wire';

const DID = /^did:(?:plc:[a-z0-9]{1,64}|web:[a-zA-Z0-9.%-]{1,253})$/;
const NOT_PUBLIC = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa|onion)$/;
const USER = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253}[A-Za-z0-9_])?$/;
const X_HANDLE = /^[A-Za-z0-9_]{1,15}$/;
const ACTOR = /^https:\/\/([^/?#]+)(\/[A-Za-z0-9._~:/?@!$&'()*+,;=%-]{1,1024})$/i;

/** The account meant by what somebody typed or pasted: a handle, a DID, or the address of a profile; null when it cannot be one. */
export function typedAccount(network: Network, text: string): OwnAccount | null {
  // Handles are copied from pages, which put direction marks around them.
  const plain = words(text, 600) ?? '';
  switch (network) {
    case 'x': {
      const name = plain.replace(/^https:\/\/(?:www\.)?(?:x|twitter)\.com\//, '').replace(/^@/, '');
      return X_HANDLE.test(name) ? { network, handle: name, nativeId: null } : null;
    }
    case 'bluesky': {
      const name = plain.replace(/^https:\/\/bsky\.app\/profile\//, '').replace(/^@/, '');
      if (isDid(name)) return { network, handle: name, nativeId: name };
      const handle = publicHost(name);
      return handle === null ? null : { network, handle, nativeId: null };
    }
    case 'mastodon': {
      const [, host = '', user = ''] = /^https:\/\/([^/]+)\/@([^/@]+)\/?$/.exec(plain) ?? [];
      const handle = mastodonHandle(user === '' ? plain.replace(/^@/, '') : `${user}@${host}`);
      return handle === null ? null : { network, handle, nativeId: null };
    }
  }
}

/** A handle as it is written everywhere: `user@host`, the host in ASCII. */
export function mastodonHandle(text: string): string | null {
  const [user = '', name = '', ...more] = text.split('@');
  const host = publicHost(name);
  return USER.test(user) && host !== null && more.length === 0 ? `${user}@${host}` : null;
}

/** The host of a handle `user@host`. */
export function hostOf(handle: string): string | null {
  return publicHost(handle.slice(handle.indexOf('@') + 1));
}

/** A name others can resolve, in ASCII and lower case: no address, no port, nothing that leads into the user's own network. */
export function publicHost(text: string): string | null {
  const host = asciiHost(text);
  return host !== null && !NOT_PUBLIC.test(host) ? host : null;
}

export function isDid(text: unknown): text is string {
  return typeof text === 'string' && DID.test(text);
}

/** The canonical form of an actor's address, which is what Mastodon accounts are known by. */
export function actorUri(text: unknown): string | null {
  if (typeof text !== 'string' || text.length > 2048) return null;
  const [, name = '', path = ''] = ACTOR.exec(text) ?? [];
  const host = publicHost(name);
  return host === null ? null : `https://${host}${path}`;
}
