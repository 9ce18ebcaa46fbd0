import { DISCREETLY, readBytes } from '../bounded';
import { UnexpectedAnswer, type Service } from '../call';
import { becomeReporter, eraseReporter, getChallenge, tellObservations } from '../client';
import { solve } from './proofOfWork';

const ANSWER_BYTES = 256 * 1024;
const TIMEOUT = 20_000;
const MOST_REJECTED = 500;
const LONGEST_WAIT = 86_400;

/** What a service made of a batch. */
export interface Told {
  status: 202;
  accepted: number;
  duplicates: number;
  rejected: { index: number; code: string }[];
}

/** Why a service took nothing, and when to come again where it said so. */
export class DoorError extends Error {
  constructor(
    /** `unknown`: the token is none, or no longer; `refused`: the same would be refused again; `away`: later, perhaps. */
    readonly code: 'away' | 'unknown' | 'refused',
    /** Null where nobody answered. */
    readonly status: number | null = null,
    /** In milliseconds. */
    readonly retryAfter: number | null = null,
  ) {
    super(code);
  }
}

/** The calls of contributors. Everything throws `DoorError` and nothing else, but for what the signal throws. */
export interface Door {
  /** A challenge, solved: what becoming a reporter sends. */
  knock(service: string, signal: AbortSignal): Promise<string>;
  enter(service: string, body: string, signal: AbortSignal): Promise<{ token: string; publicId: string }>;
  tell(service: string, token: string, key: string, body: string, signal: AbortSignal): Promise<Told>;
  /** The status of what was answered; 401 too means that nothing is left. */
  erase(service: string, token: string): Promise<number>;
}

type Fetch = typeof globalThis.fetch;

export function openDoor(fetch: Fetch = (...call) => globalThis.fetch(...call)): Door {
  return {
    async knock(address, signal) {
      const answer = await asked(getChallenge(reach(fetch, address, signal)), signal);
      if (answer.status !== 200) throw notNow(answer);
      const {
        algorithm,
        challenge: hash,
        maxnumber,
        salt,
        signature,
      } = answer.body as Partial<typeof answer.body>;
      const texts = [algorithm, hash, salt, signature];
      if (!texts.every((text) => typeof text === 'string') || !isCount(maxnumber))
        throw new DoorError('away');
      // Only what the contract names goes back.
      const named = { algorithm, challenge: hash, maxnumber, salt, signature } as typeof answer.body;
      const number = await solve(named, signal);
      if (number === null) throw new DoorError('away', answer.status);
      return JSON.stringify({ challenge: named, number }, null, 2);
    },

    async enter(address, body, signal) {
      const service = reach(fetch, address, signal, body);
      const answer = await asked(becomeReporter(service, JSON.parse(body) as never), signal);
      if (answer.status !== 201) throw notNow(answer);
      const { secretToken: token, publicId } = answer.body as Partial<typeof answer.body>;
      const named = typeof publicId === 'string' && /^reporter-[0-9a-f]{16}$/.test(publicId);
      if (typeof token !== 'string' || !/^ffr_[\w-]{32}$/.test(token) || !named) throw new DoorError('away');
      return { token, publicId };
    },

    async tell(address, token, key, body, signal) {
      const service = reach(fetch, address, signal, body);
      const headers = { Authorization: `Bearer ${token}`, 'Idempotency-Key': key };
      const answer = await asked(tellObservations(service, JSON.parse(body) as never, { headers }), signal);
      if (answer.status !== 202) throw refusal(answer);
      const { accepted, duplicates, rejected } = answer.body as Partial<typeof answer.body>;
      if (!isCount(accepted) || !isCount(duplicates)) throw new DoorError('away', answer.status);
      return { status: 202, accepted, duplicates, rejected: readRejected(rejected) };
    },

    async erase(address, token) {
      const service = reach(fetch, address, null);
      const answer = await asked(
        eraseReporter(service, { headers: { Authorization: `Bearer ${token}` } }),
        null,
      );
      // A token the service does not know has nothing there any more.
      if (answer.status !== 204 && answer.status !== 401) throw refusal(answer);
      return answer.status;
    },
  };
}

/** Reaches a service without a trace, and reads no more than an answer can have. */
function reach(fetch: Fetch, address: string, signal: AbortSignal | null, body?: string): Service {
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

async function asked<T>(answer: Promise<T>, signal: AbortSignal | null): Promise<T> {
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
}

function refusal(answer: Refused): DoorError {
  const { status } = answer;
  if (status === 401) return new DoorError('unknown', status);
  return status < 500 && status !== 429 ? new DoorError('refused', status) : notNow(answer);
}

function notNow({ status, headers }: Refused): DoorError {
  const seconds = Number(headers.get('retry-after') ?? NaN);
  return new DoorError('away', status, seconds >= 0 ? Math.min(seconds, LONGEST_WAIT) * 1000 : null);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function readRejected(value: unknown): Told['rejected'] {
  if (!Array.isArray(value)) return [];
  const items = (value as unknown[]).slice(0, MOST_REJECTED) as (Partial<Record<string, unknown>> | null)[];
  return items.flatMap((item) => {
    const { index, code } = item ?? {};
    const stable = typeof code === 'string' && /^[a-z0-9-]{1,64}$/.test(code);
    return isCount(index) && stable ? [{ index, code }] : [];
  });
}
