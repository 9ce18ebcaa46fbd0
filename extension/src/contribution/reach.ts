import { DISCREETLY, readBytes } from '../bounded';
import { UnexpectedAnswer, type Service } from '../call';
import { problemCode, read, words } from '../lookup/wire';

/* How reporters' calls are made, and what the service's refusals mean. */

export type Fetch = typeof globalThis.fetch;

const ANSWER_BYTES = 256 * 1024;
const TIMEOUT = 20_000;
const LONGEST_WAIT = 86_400;

/** Why a service took nothing, and when to come again where it said so. */
export class DoorError extends Error {
  constructor(
    /** `unknown`: the token is none, or no longer; `refused`: the same would be refused again; `away`: later, perhaps. */
    readonly code: 'away' | 'unknown' | 'refused',
    /** Null where nobody answered. */
    readonly status: number | null = null,
    /** In milliseconds. */
    readonly retryAfter: number | null = null,
    /** The service's own sentence about what is wrong. */
    readonly said: string | null = null,
  ) {
    super(code);
  }
}

/** Reaches a service without a trace, and reads no more than an answer can have. */
export function reach(fetch: Fetch, address: string, signal: AbortSignal | null, body?: string): Service {
  const timeout = AbortSignal.timeout(TIMEOUT);
  return {
    address,
    fetch: async (url, init) => {
      const response = await fetch(url, {
        ...init,
        // The very text that was shown: the client would print it anew, and in other words than these.
        ...(body !== undefined && { body }),
        ...DISCREETLY,
        signal: signal === null ? timeout : AbortSignal.any([signal, timeout]),
      });
      if (response.body === null || response.status === 204) return response;
      const bytes = await readBytes(response.body, ANSWER_BYTES);
      if (bytes === null) throw new DoorError('away', response.status);
      return new Response(bytes, response);
    },
  };
}

export async function asked<T>(answer: Promise<T>, signal: AbortSignal | null): Promise<T> {
  try {
    return await answer;
  } catch (failure) {
    signal?.throwIfAborted();
    if (failure instanceof DoorError) throw failure;
    throw new DoorError('away', failure instanceof UnexpectedAnswer ? failure.response.status : null);
  }
}

interface Refused {
  status: number;
  headers: Headers;
  body?: unknown;
}

export function refusal(answer: Refused): DoorError {
  const { status, body } = answer;
  if (status === 401) return new DoorError('unknown', status);
  if (status >= 500 || status === 429) return notNow(answer);
  const said = words(read<{ detail: string }>(body).detail, 300) ?? problemCode(body);
  return new DoorError('refused', status, null, said);
}

export function notNow({ status, headers }: Refused): DoorError {
  const seconds = Number(headers.get('retry-after') ?? NaN);
  return new DoorError('away', status, seconds >= 0 ? Math.min(seconds, LONGEST_WAIT) * 1000 : null);
}

export function withToken(token: string): { Authorization: string } {
  return { Authorization: `Bearer ${token}` };
}
