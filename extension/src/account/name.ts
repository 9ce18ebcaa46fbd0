import { asciiHost, isHost } from '../hostName';
import type { ShownAccount } from '../lookup/account';

const LONGEST = 2048;

const X_HOSTS = /^(?:(?:www|mobile)\.)?(?:x|twitter)\.com$/;
/** First parts of X's own addresses, which look like handles. */
const X_PAGES = new Set([
  ...['i', 'home', 'explore', 'search', 'settings', 'notifications', 'messages', 'intent', 'hashtag'],
  ...['compose', 'share', 'login', 'logout', 'signup', 'tos', 'privacy', 'jobs', 'about', 'download'],
]);
const X_HANDLE = /^[A-Za-z0-9_]{1,15}$/;

const BLUESKY_HOSTS = /^(?:www\.)?bsky\.app$/;
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const BLUESKY_HANDLE = new RegExp(`^(?=.{1,253}$)(?:${LABEL}\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$`, 'i');
const DID = /^did:(?:plc:[a-z0-9]{1,64}|web:[A-Za-z0-9.%-]{1,253})$/;

const MASTODON_USER = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253}[A-Za-z0-9_])?$/;
const ACTOR_PATH = /^\/(?:ap\/)?users\/[A-Za-z0-9_.-]{1,255}\/?$/;

/**
 * The account meant by what somebody typed or pasted, or by a link: a handle of any network with or without `@`, a DID,
 * or the address of a profile or of something below it. Null when it names nobody for certain: a look-alike is another
 * account, so nothing is ever mended but case and what surrounds the name.
 */
export function parseName(text: string): ShownAccount | null {
  // Sites put invisible direction marks around the handles one copies.
  const name = text.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '');
  if (name === '' || name.length > LONGEST) return null;
  if (/^https?:\/\//i.test(name)) return parseAddress(name);
  if (DID.test(name)) return { network: 'bluesky', handle: null, nativeId: name };
  if (name.includes('/')) return parseAddress(`https://${name}`);
  const bare = name.replace(/^@/, '');
  if (bare.includes('@')) return mastodon(bare);
  if (X_HANDLE.test(bare)) return x(bare);
  return blueskyHandle(bare);
}

function parseAddress(address: string): ShownAccount | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '' || url.port !== '') return null;
  const host = url.hostname.replace(/\.$/, '');
  const [first = '', second = ''] = url.pathname.split('/').filter((part) => part !== '');
  if (X_HOSTS.test(host)) return X_PAGES.has(first.toLowerCase()) ? null : x(first);
  if (BLUESKY_HOSTS.test(host)) return first === 'profile' ? bluesky(decoded(second)) : null;
  if (first.startsWith('@')) return mastodonAt(host, first.slice(1));
  // Elk shows any server's accounts below its own host.
  if (second.startsWith('@') && isHost(first)) return mastodonAt(first, second.slice(1));
  const isActor = url.protocol === 'https:' && url.search === '' && ACTOR_PATH.test(url.pathname);
  if (!isActor || !isHost(host)) return null;
  return { network: 'mastodon', handle: null, nativeId: `https://${host}${url.pathname.replace(/\/$/, '')}` };
}

function x(handle: string): ShownAccount | null {
  return X_HANDLE.test(handle) ? { network: 'x', handle, nativeId: null } : null;
}

function bluesky(actor: string): ShownAccount | null {
  if (DID.test(actor)) return { network: 'bluesky', handle: null, nativeId: actor };
  return blueskyHandle(actor);
}

function blueskyHandle(handle: string): ShownAccount | null {
  return BLUESKY_HANDLE.test(handle) ? { network: 'bluesky', handle, nativeId: null } : null;
}

/** A name below a server's address: one of its own accounts, or another server's as it shows it. */
function mastodonAt(host: string, name: string): ShownAccount | null {
  return mastodon(name.includes('@') ? name : `${name}@${host}`);
}

function mastodon(name: string): ShownAccount | null {
  const [user = '', host = '', ...more] = name.split('@');
  const ascii = asciiHost(host);
  if (!MASTODON_USER.test(user) || ascii === null || more.length > 0) return null;
  return { network: 'mastodon', handle: `${user}@${ascii}`, nativeId: null };
}

/** As a browser's address bar has it: a DID's colons may be escaped. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
