import { DISCREETLY, readBytes } from '../bounded';
import { NetworkError } from './followers';

const PAGE_BYTES = 2 * 1024 * 1024;
const TIMEOUT = 15_000;
const LONGEST_WAIT = 24 * 60 * 60_000;

/** What a host answered; its body may be anything. */
export interface Reply {
  body: unknown;
  headers: Headers;
}

/** Gets JSON from a network's public interface. Throws `NetworkError` and nothing else. */
export type Ask = (url: URL) => Promise<Reply>;

/** What asking takes from the browser. */
export interface Reach {
  fetch: typeof globalThis.fetch;
  /** Whether the user lets us reach the hosts of a match pattern. */
  permitted: (pattern: string) => Promise<boolean>;
  now: () => number;
}

export function askThrough({ fetch, permitted, now }: Reach): Ask {
  return async (url) => {
    // Without the permission these hosts would answer, too, but the browser would tell them an origin
    // that Firefox makes up for each installation.
    if (!(await permitted(permissionFor(url.hostname)).catch(() => false)))
      throw new NetworkError('not-permitted');
    let response: Response;
    let bytes: Uint8Array<ArrayBuffer> | null = new Uint8Array();
    try {
      response = await fetch(url.href, { ...DISCREETLY, signal: AbortSignal.timeout(TIMEOUT) });
      if (response.ok && response.body !== null) bytes = await readBytes(response.body, PAGE_BYTES);
      else await response.body?.cancel();
    } catch {
      throw new NetworkError('away');
    }
    if (!response.ok) throw refusal(response, now());
    if (bytes === null) throw new NetworkError('invalid');
    try {
      return { body: JSON.parse(new TextDecoder().decode(bytes)), headers: response.headers };
    } catch {
      throw new NetworkError('invalid');
    }
  };
}

/** The match pattern of a host. */
export function permissionFor(host: string): string {
  return `https://${host}/*`;
}

function refusal({ status, headers }: Response, now: number): NetworkError {
  switch (status) {
    case 400:
    case 404:
    case 410:
      return new NetworkError('not-found');
    case 401:
    case 403:
      return new NetworkError('hidden');
    case 429:
      return new NetworkError('too-many-requests', retryAt(headers, now));
    default:
      return new NetworkError(status < 500 ? 'invalid' : 'away', retryAt(headers, now));
  }
}

function retryAt(headers: Headers, now: number): number | null {
  const told = ['Retry-After', 'X-RateLimit-Reset', 'RateLimit-Reset'].map((name) => headers.get(name));
  const instants = told.map((text) => instantOf(text, now)).filter((instant) => instant !== null);
  return instants[0] === undefined ? null : Math.min(Math.max(instants[0], now), now + LONGEST_WAIT);
}

/** Seconds from now, seconds since 1970, or a date: hosts say it in each of these ways. */
function instantOf(text: string | null, now: number): number | null {
  if (text === null || text.length > 64) return null;
  if (/^\d{1,12}$/.test(text)) {
    const seconds = Number(text);
    return seconds > 1_000_000_000 ? seconds * 1000 : now + seconds * 1000;
  }
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : date;
}
