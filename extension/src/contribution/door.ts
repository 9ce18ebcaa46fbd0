import { becomeReporter, eraseReporter, getChallenge, tellObservations } from '../client';
import { solve, type Progressed } from './proofOfWork';
import { asked, DoorError, notNow, reach, refusal, withToken, type Fetch } from './reach';

const MOST_REJECTED = 500;

/** What a service made of a batch. */
export interface Told {
  status: 202;
  accepted: number;
  duplicates: number;
  rejected: { index: number; code: string }[];
}

/** The calls of contributors. Everything throws `DoorError` and nothing else, but for what the signal throws. */
export interface Door {
  /** A challenge, solved: what becoming a reporter sends. */
  knock(service: string, signal: AbortSignal, progressed?: Progressed): Promise<string>;
  enter(service: string, body: string, signal: AbortSignal): Promise<{ token: string; publicId: string }>;
  tell(service: string, token: string, key: string, body: string, signal: AbortSignal): Promise<Told>;
  /** The status of what was answered; 401 too means that nothing is left. */
  erase(service: string, token: string): Promise<number>;
}

export function openDoor(fetch: Fetch = (...call) => globalThis.fetch(...call)): Door {
  return {
    async knock(address, signal, progressed) {
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
      const number = await solve(named, signal, progressed);
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
      const headers = { ...withToken(token), 'Idempotency-Key': key };
      const answer = await asked(tellObservations(service, JSON.parse(body) as never, { headers }), signal);
      if (answer.status !== 202) throw refusal(answer);
      const { accepted, duplicates, rejected } = answer.body as Partial<typeof answer.body>;
      if (!isCount(accepted) || !isCount(duplicates)) throw new DoorError('away', answer.status);
      return { status: 202, accepted, duplicates, rejected: readRejected(rejected) };
    },

    async erase(address, token) {
      const service = reach(fetch, address, null);
      const answer = await asked(eraseReporter(service, { headers: withToken(token) }), null);
      // A token the service does not know has nothing there any more.
      if (answer.status !== 204 && answer.status !== 401) throw refusal(answer);
      return answer.status;
    },
  };
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
