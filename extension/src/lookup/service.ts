import { DISCREETLY, readBytes } from '../bounded';
import { UnexpectedAnswer, type Service } from '../call';
import { getAccount, getList, getListDelta, getListManifest, getRange } from '../client';
import type { Network } from './account';
import type { Assessment } from './answer';
import {
  parseAssessment,
  parseManifest,
  parseRange,
  problemCode,
  type Manifest,
  type RangeEntry,
} from './wire';

const PROBLEM_BYTES = 64 * 1024;
const MANIFEST_BYTES = 64 * 1024;
const ACCOUNT_BYTES = 512 * 1024;
// About a megabyte with its padding, just before the list outgrows its prefixes: some 500 accounts, each under two keys.
const RANGE_BYTES = 4 * 1024 * 1024;
export const LIST_BYTES = 64 * 1024 * 1024;
const SHORT_TIMEOUT = 10_000;
const LIST_TIMEOUT = 60_000;
const LONGEST_WAIT = 24 * 60 * 60;

export class ServiceError extends Error {
  constructor(
    readonly code:
      'unreachable' | 'invalid' | 'wrong-prefix-length' | 'version-expired' | 'too-many-requests',
    /** After how many seconds to ask again, where the service said so. */
    readonly retryAfter: number | null = null,
  ) {
    super(code);
  }
}

/** What a range call answered; `null` entries: unchanged since the etag that was sent. */
export interface RangeAnswer {
  entries: RangeEntry[] | null;
  etag: string | null;
}

/**
 * The calls this extension makes. Nothing about whoever is looked at leaves but a range's prefix; only `account` tells a
 * name, and only a click leads to it.
 */
export class ServiceClient {
  constructor(
    readonly address: string,
    private readonly fetch: typeof globalThis.fetch = (...call) => globalThis.fetch(...call),
  ) {}

  async manifest(): Promise<Manifest> {
    const answer = await this.ask(MANIFEST_BYTES, SHORT_TIMEOUT, (service) => getListManifest(service));
    if (answer.status !== 200) throw refusal(answer);
    return understood(parseManifest(answer.body));
  }

  async list(version: number): Promise<Uint8Array<ArrayBuffer>> {
    const parameters = { version: String(version) };
    const answer = await this.ask(LIST_BYTES, LIST_TIMEOUT, (service) => getList(service, parameters));
    if (answer.status !== 200) throw refusal(answer);
    return new Uint8Array(await answer.body.arrayBuffer());
  }

  /** What makes a version of an older one, unless that takes more bytes than the limit. */
  async delta(version: number, older: number, limit: number): Promise<Uint8Array<ArrayBuffer>> {
    const parameters = { version: String(version), older: String(older) };
    const answer = await this.ask(limit, LIST_TIMEOUT, (service) => getListDelta(service, parameters));
    if (answer.status !== 200) throw refusal(answer);
    return new Uint8Array(await answer.body.arrayBuffer());
  }

  async range(prefix: string, etag: string | null): Promise<RangeAnswer> {
    const headers: Record<string, string> = etag === null ? {} : { 'If-None-Match': etag };
    const answer = await this.ask(RANGE_BYTES, SHORT_TIMEOUT, (service) =>
      getRange(service, { prefix }, { headers }),
    );
    if (answer.status === 304 && etag !== null) return { entries: null, etag };
    if (answer.status !== 200) throw refusal(answer);
    const entries = understood(parseRange(answer.body, prefix));
    return { entries, etag: answer.headers.get('etag') };
  }

  /** What the service holds of one account; the name as its paths have it. */
  async account(network: Network, name: string): Promise<Omit<Assessment, 'page'>> {
    const answer = await this.ask(ACCOUNT_BYTES, SHORT_TIMEOUT, (service) =>
      getAccount(service, { network, name }),
    );
    if (answer.status === 429) throw new ServiceError('too-many-requests', secondsToWait(answer.headers));
    if (answer.status !== 200) throw refusal(answer);
    return understood(parseAssessment(answer.body));
  }

  private async ask<T>(limit: number, timeout: number, call: (service: Service) => Promise<T>): Promise<T> {
    try {
      const fetch: Service['fetch'] = (url, init) => this.boundedFetch(url, init, limit, timeout);
      return await call({ address: this.address, fetch });
    } catch (failure) {
      if (failure instanceof ServiceError) throw failure;
      const answered = failure instanceof UnexpectedAnswer && failure.response.ok;
      throw new ServiceError(answered ? 'invalid' : 'unreachable');
    }
  }

  private async boundedFetch(
    url: string,
    init: RequestInit,
    limit: number,
    timeout: number,
  ): Promise<Response> {
    const response = await this.fetch(url, {
      ...init,
      ...DISCREETLY,
      signal: AbortSignal.timeout(timeout),
    });
    if (response.body === null || response.status === 304) return response;
    const bytes = await readBytes(response.body, response.ok ? limit : PROBLEM_BYTES);
    if (bytes === null) throw new ServiceError('invalid');
    return new Response(bytes, response);
  }
}

function understood<T>(parsed: T | null): T {
  if (parsed === null) throw new ServiceError('invalid');
  return parsed;
}

function refusal({ status, body }: { status: number; body?: unknown }): ServiceError {
  const code = problemCode(body);
  if (status === 400 && code === 'wrong-prefix-length') return new ServiceError(code);
  if (status === 404 && code === 'version-expired') return new ServiceError(code);
  return new ServiceError('unreachable');
}

function secondsToWait(headers: Headers): number | null {
  const said = headers.get('retry-after') ?? '';
  return /^\d{1,9}$/.test(said) ? Math.min(Number(said), LONGEST_WAIT) : null;
}
