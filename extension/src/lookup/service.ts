import { parseManifest, parseRange, problemCode, type Manifest, type RangeEntry } from './wire';

const MANIFEST_BYTES = 64 * 1024;
const RANGE_BYTES = 1024 * 1024;
export const LIST_BYTES = 64 * 1024 * 1024;
const SHORT_TIMEOUT = 10_000;
const LIST_TIMEOUT = 60_000;

export class ServiceError extends Error {
  constructor(readonly code: 'unreachable' | 'invalid' | 'wrong-prefix-length') {
    super(code);
  }
}

/** What a range call answered; `null` entries: unchanged since the etag that was sent. */
export interface RangeAnswer {
  entries: RangeEntry[] | null;
  etag: string | null;
}

/** The calls this extension makes. Nothing about whoever is looked at leaves but a range's prefix. */
export class ServiceClient {
  constructor(
    readonly address: string,
    private readonly fetch: typeof globalThis.fetch = (...call) => globalThis.fetch(...call),
  ) {}

  async manifest(): Promise<Manifest> {
    const response = await this.get('/v1/list', SHORT_TIMEOUT);
    return understood(parseManifest(await readJson(response, MANIFEST_BYTES)));
  }

  async list(version: number): Promise<Uint8Array<ArrayBuffer>> {
    return readBytes(await this.get(`/v1/list/${version}`, LIST_TIMEOUT), LIST_BYTES);
  }

  async range(prefix: string, etag: string | null): Promise<RangeAnswer> {
    const response = await this.get(`/v1/ranges/${prefix}`, SHORT_TIMEOUT, etag);
    if (response.status === 304) return { entries: null, etag };
    const entries = understood(parseRange(await readJson(response, RANGE_BYTES), prefix));
    return { entries, etag: response.headers.get('etag') };
  }

  private async get(path: string, timeout: number, etag: string | null = null): Promise<Response> {
    let response: Response;
    try {
      response = await this.fetch(this.address + path, {
        // The browser's own cache would keep a trace of what was looked at, and for longer than we may use it.
        cache: 'no-store',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        redirect: 'error',
        headers: etag === null ? {} : { 'If-None-Match': etag },
        signal: AbortSignal.timeout(timeout),
      });
    } catch {
      throw new ServiceError('unreachable');
    }
    if (response.ok || (etag !== null && response.status === 304)) return response;
    if (response.status === 400 && (await codeOf(response)) === 'wrong-prefix-length') {
      throw new ServiceError('wrong-prefix-length');
    }
    await response.body?.cancel();
    throw new ServiceError('unreachable');
  }
}

function understood<T>(parsed: T | null): T {
  if (parsed === null) throw new ServiceError('invalid');
  return parsed;
}

async function codeOf(response: Response): Promise<string | null> {
  try {
    return problemCode(await readJson(response, MANIFEST_BYTES));
  } catch {
    return null;
  }
}

async function readJson(response: Response, limit: number): Promise<unknown> {
  const bytes = await readBytes(response, limit);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw new ServiceError('invalid');
  }
}

/** Reads a body and gives up at the limit, not after it: the length a server states is only a claim. */
async function readBytes(response: Response, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const reader = response.body?.getReader();
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      length += read.value.length;
      if (length > limit) {
        await reader?.cancel();
        break;
      }
      chunks.push(read.value);
    }
  } catch {
    throw new ServiceError('unreachable');
  }
  if (length > limit) throw new ServiceError('invalid');
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
