import { alone } from '../alone';
import type { Reporter } from '../contribution/outbox';
import type { Progressed } from '../contribution/proofOfWork';
import { DoorError } from '../contribution/reach';
import type { Shelf } from '../lookup/shelf';
import type { Sent, SentPage, Weighed } from './answers';
import type { ReportDoor } from './door';
import { backOff, find, newWaiting, nextTry, put, remove, type Waiting } from './queue';

/** How an order to send ended, so far. */
export type Outcome =
  | { state: 'sent'; report: Sent }
  /** It waits, and is tried again by itself. */
  | { state: 'waiting'; retryAt: number; tooMany: boolean }
  | { state: 'refused'; said: string }
  /** So many wait that this one was not taken. */
  | { state: 'full' }
  /** Taken back, or replaced, meanwhile. */
  | { state: 'gone' };

/** What the pages show of what is on this device. */
export interface ReportsView {
  /** The service now in use. */
  service: string;
  waiting: Waiting[];
  /** Who the user is there; null where they have told it nothing. */
  publicId: string | null;
}

/** What reporting works with. */
export interface Surroundings {
  shelf: Shelf;
  door: ReportDoor;
  /** The right to tell a service something, which contributions have, too. */
  reporter: {
    reporter: (service: string) => Promise<Reporter | null>;
    token: (service: string, signal: AbortSignal, progressed: Progressed) => Promise<string>;
    forget: (service: string, token: string) => Promise<unknown>;
  };
  service: () => Promise<string>;
  changed: () => void;
  progressed: Progressed;
  now: () => number;
  random: () => number;
}

export type Reporting = ReturnType<typeof makeReporting>;

const QUEUE = 'queue';
const NO_LIMIT = new AbortController().signal;

/** Sends reports, keeps them while that is not possible, and takes them back. What it knows is on disk before it goes on. */
export function makeReporting(surroundings: Surroundings) {
  const { shelf, door, reporter, service, changed, progressed, now, random } = surroundings;
  let turn: Promise<unknown> = Promise.resolve();

  const load = async () => ((await shelf.get(QUEUE)) as Waiting[] | undefined) ?? [];

  /** One at a time, so that nothing is lost between reading and writing. */
  const change = <T>(work: (queue: Waiting[]) => T): Promise<T> =>
    alone('reports', async () => {
      const queue = structuredClone(await load());
      const before = JSON.stringify(queue);
      const result = work(queue);
      if (JSON.stringify(queue) !== before) {
        await shelf.put(QUEUE, queue);
        changed();
      }
      return result;
    });

  /** One request after the other: what was changed or taken back while it was on its way is seen to afterwards. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };

  /** With a token that is known there, even if the one held is not any more. */
  const asReporter = async <T>(address: string, call: (token: string) => Promise<T>): Promise<T> => {
    const token = await reporter.token(address, NO_LIMIT, progressed);
    try {
      return await call(token);
    } catch (failure) {
      if (!isUnknown(failure)) throw failure;
      await reporter.forget(address, token);
      return call(await reporter.token(address, NO_LIMIT, progressed));
    }
  };

  /** Where the user is nobody yet, or no longer, there is nothing of theirs. */
  const ifReporter = async <T>(
    address: string,
    nothing: T,
    call: (token: string) => Promise<T>,
  ): Promise<T> => {
    const held = await reporter.reporter(address);
    if (held === null || held.erasing) return nothing;
    try {
      return await call(held.token);
    } catch (failure) {
      if (!isUnknown(failure)) throw failure;
      await reporter.forget(address, held.token);
      return nothing;
    }
  };

  const deliver = async (id: string): Promise<Outcome> => {
    const waiting = await change((queue) => {
      const found = find(queue, id);
      if (found?.refused !== null) return null;
      return { ...found };
    });
    if (waiting === null) return { state: 'gone' };
    try {
      if (waiting.withdrawn) return await takeBack(waiting);
      const report = await asReporter(waiting.service, async (token) => {
        await change((queue) => {
          const found = find(queue, id);
          if (found) found.tried = true;
        });
        return door.send(waiting.service, token, id, waiting.body);
      });
      const taken = await change((queue) => {
        const found = find(queue, id);
        if (found?.withdrawn !== true) {
          remove(queue, id);
          return null;
        }
        found.report = report.id;
        return { ...found };
      });
      return taken === null ? { state: 'sent', report } : await takeBack(taken);
    } catch (failure) {
      return failed(waiting, failure);
    }
  };

  /** Nothing of it is to be left. What may have arrived unheard of is sent once more, for only the answer says what to delete. */
  const takeBack = async ({ id, service: address, body, report }: Waiting): Promise<Outcome> => {
    await ifReporter(address, undefined, async (token) => {
      const there = report ?? (await door.send(address, token, id, body)).id;
      await door.withdraw(address, token, there);
    });
    await change((queue) => {
      remove(queue, id);
    });
    return { state: 'gone' };
  };

  const failed = ({ id, tried }: Waiting, failure: unknown): Promise<Outcome> =>
    change((queue) => {
      const { code, status, retryAfter, said } =
        failure instanceof DoorError ? failure : new DoorError('away');
      const waiting = find(queue, id);
      if (waiting === undefined) return { state: 'gone' };
      // The service had enough and looked at nothing.
      if (status === 429) waiting.tried = tried;
      if (waiting.withdrawn && (code === 'refused' || !waiting.tried)) {
        remove(queue, id);
        return { state: 'gone' };
      }
      if (code === 'refused') {
        waiting.refused = said ?? '';
        return { state: 'refused', said: waiting.refused };
      }
      backOff(waiting, now(), random, retryAfter);
      return { state: 'waiting', retryAt: waiting.notBefore, tooMany: status === 429 };
    });

  return {
    /** Takes a report and tries to send it at once; one on the same account and practice that waits is replaced. */
    send: async (given: Pick<Waiting, 'id' | 'service' | 'shown' | 'body'>): Promise<Outcome> => {
      const taken = await change((queue) => {
        // The same order again, from a page that did not hear of the first.
        if (find(queue, given.id)) return true;
        return put(queue, newWaiting(given, now()));
      });
      return taken ? inTurn(() => deliver(given.id)) : { state: 'full' };
    },

    /** Takes back what waits; answers true once nothing of it is left anywhere. */
    withdrawWaiting: async (id: string): Promise<boolean> => {
      const isDone = await change((queue) => {
        const waiting = find(queue, id);
        if (waiting === undefined) return true;
        if (!waiting.tried || waiting.refused !== null) {
          remove(queue, id);
          return true;
        }
        waiting.withdrawn = true;
        return false;
      });
      return isDone || (await inTurn(() => deliver(id))).state === 'gone';
    },

    /** Takes back what a service has; answers true once it is gone there, and else it is tried again by itself. */
    withdrawSent: async (address: string, { id, network, name, practice }: Sent): Promise<boolean> => {
      const body = JSON.stringify({ account: { network, name }, practice }, null, 2);
      const order: Waiting = {
        ...newWaiting({ id, service: address, shown: name, body }, now()),
        tried: true,
        withdrawn: true,
        report: id,
      };
      await change((queue) => {
        // There is always room to take something back.
        if (!find(queue, id) && !put(queue, order)) queue.push(order);
      });
      return (await inTurn(() => deliver(id))).state === 'gone';
    },

    view: async (): Promise<ReportsView> => {
      const address = await service();
      const [waiting, held] = await Promise.all([load(), reporter.reporter(address)]);
      return { service: address, waiting, publicId: held?.publicId ?? null };
    },

    /** Own reports at the service now in use, newest first; null where it does not answer. */
    sent: async (after: string | null): Promise<SentPage | null> => {
      const address = await service();
      const nothing: SentPage = { reports: [], next: null };
      return ifReporter(address, nothing, (token) => door.sent(address, token, after)).catch(() => null);
    },

    /** How that service weighs them; null where there is nothing to weigh, or nobody answers. */
    weighed: async (): Promise<Weighed | null> => {
      const address = await service();
      return ifReporter<Weighed | null>(address, null, (token) => door.weighed(address, token)).catch(
        () => null,
      );
    },

    /** Drops what waits for a service that is about to forget the user, once nothing is on its way there. */
    forget: async (address: string): Promise<void> => {
      await change((queue) => {
        for (const { id } of queue.filter((waiting) => waiting.service === address)) remove(queue, id);
      });
      await turn;
    },

    /** Tries what is due, or all of it where somebody asks for that. */
    attend: async (isAsked = false): Promise<void> => {
      const due = (await load()).filter((waiting) => {
        const at = nextTry(waiting, now());
        return at !== null && (isAsked || at <= now());
      });
      for (const { id } of due) await inTurn(() => deliver(id));
    },

    /** When something is to be tried next; null while nothing waits. */
    nextTry: async (): Promise<number | null> => {
      const times = (await load()).flatMap((waiting) => nextTry(waiting, now()) ?? []);
      return times.length === 0 ? null : Math.min(...times);
    },
  };
}

function isUnknown(failure: unknown): boolean {
  return failure instanceof DoorError && failure.code === 'unknown';
}
