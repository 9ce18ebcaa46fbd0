import { accountKeys, type ShownAccount } from '../lookup/account';
import type { ProfileFacts } from '../sites/site';
import type { Answered, Chest, Sent } from './chest';
import type { Door } from './door';
import { countersSeen, followSeen, type Observation } from './observation';
import {
  backOff,
  isDue,
  keepOnly,
  nextBatch,
  payloadOf,
  put,
  putBack,
  remove,
  settle,
  stop,
  tidy,
  type Consent,
  type Entry,
  type Outbox,
  type Reporter,
} from './outbox';
import type { Progressed } from './proofOfWork';
import { DoorError } from './reach';

/** What the options page shows; the token is not in it. */
export interface ContributionView {
  /** The service now in use; what was chosen for another one does not count. */
  service: string;
  consent: Consent | null;
  /** What goes next, in the order in which it goes. */
  next: { id: string; shown: string; kind: Observation['kind']; time: string }[];
  /** The literal text that goes; null while nothing waits. */
  payload: string | null;
  /** How many more wait, for a later batch. */
  later: number;
  due: number | null;
  dropped: number;
  /** When the next try is made, after one that failed. */
  retryAt: number | null;
  /** Services that hold something told from here, or may, and whether it is being deleted there. */
  toldTo: { service: string; publicId: string; erasing: boolean }[];
}

/** How a try to send ended; `changed`: what would have gone was not what was shown. */
export type Outcome = 'sent' | 'nothing' | 'away' | 'refused' | 'changed';

/** What a contributor works with. */
export interface Surroundings {
  chest: Chest;
  door: Door;
  /** The address of the service now in use. */
  service: () => Promise<string>;
  /** Whether an account is the user's own: which profile is looked at most would tell who looks. */
  isOwn: (account: ShownAccount) => Promise<boolean>;
  /** Something changed that the options page shows. */
  changed: () => void;
  now: () => number;
  random: () => number;
  newId: () => string;
}

export type Contributor = ReturnType<typeof makeContributor>;

/** Collects what the user chose to give, and sends it once a day. Whatever it knows is on disk before it goes on. */
export function makeContributor({ chest, door, service, isOwn, changed, now, random, newId }: Surroundings) {
  let turn: Promise<unknown> = Promise.resolve();
  let sending: Promise<Outcome> | null = null;
  const entering = new Map<string, Promise<string>>();
  let interrupt = new AbortController();

  /** One at a time, so that nothing is lost between reading and writing. */
  const change = <T>(work: (outbox: Outbox, now: number) => T | Promise<T>): Promise<T> => {
    const mine = turn.then(async () => {
      const outbox = await chest.load();
      const before = JSON.stringify(outbox);
      if (outbox.consent !== null && outbox.consent.service !== (await service())) halt(outbox);
      tidy(outbox, now());
      const result = await work(outbox, now());
      if (JSON.stringify(outbox) !== before) {
        await chest.save(outbox);
        changed();
      }
      return result;
    });
    turn = mine.catch(() => undefined);
    return mine;
  };

  const halt = (outbox: Outbox) => {
    interrupt.abort();
    interrupt = new AbortController();
    stop(outbox);
  };

  const noteFollowing = async (
    kind: 'follow' | 'unfollow',
    own: ShownAccount,
    other: ShownAccount,
    at: string,
  ) => {
    const themselves = accountKeys(own).some((key) => accountKeys(other).includes(key));
    await change((outbox, time) => {
      const observation = followSeen(kind, other, at, time);
      if (outbox.consent?.follows !== true || themselves || observation === null) return;
      const key = `${kind} ${keyOf(other)} ${observation.time}`;
      put(outbox, key, { id: newId(), shown: nameOf(other), observation }, time, random);
    });
  };

  /** A request in the log before it goes, and again when it was answered: what may have arrived stands there too. */
  const logged = async <T>(
    entry: Omit<Sent, 'at' | 'tries' | 'answer'>,
    request: () => Promise<T>,
    read: (answer: T) => Answered,
  ): Promise<T> => {
    const former = await chest.find(entry.id);
    const sent: Sent = { ...entry, at: former?.at ?? now(), tries: (former?.tries ?? 0) + 1, answer: null };
    const write = async (answer: Answered | null) => {
      await chest.write({ ...sent, answer });
      changed();
    };
    await write(null);
    try {
      const answer = await request();
      await write(read(answer));
      return answer;
    } catch (failure) {
      if (failure instanceof DoorError && failure.status !== null) await write({ status: failure.status });
      throw failure;
    }
  };

  /** The token for a service, after a proof of work where there is none yet. */
  const tokenFor = (address: string, signal: AbortSignal, progressed?: Progressed): Promise<string> => {
    // One at a time: whatever else is sent meanwhile goes under the same number.
    const entered =
      entering.get(address) ??
      enter(address, signal, progressed).finally(() => {
        entering.delete(address);
      });
    entering.set(address, entered);
    return entered;
  };

  const enter = async (address: string, signal: AbortSignal, progressed?: Progressed): Promise<string> => {
    const held = (await chest.load()).reporters[address];
    if (held?.erasing === false) return held.token;
    // What the user wants deleted there is deleted first.
    if (held && !(await finishErasing(address))) throw new DoorError('away');
    const body = await door.knock(address, signal, progressed);
    const reporter = await logged(
      { id: newId(), service: address, request: 'POST /v1/reporters', body },
      () => door.enter(address, body, signal),
      () => ({ status: 201 }),
    );
    await change((outbox) => {
      outbox.reporters[address] = { ...reporter, erasing: false };
    });
    return reporter.token;
  };

  const deliver = async (shown: string | null): Promise<Outcome> => {
    const parcel = await change((outbox, time) => {
      const batch = nextBatch(outbox, time);
      if (outbox.consent === null || batch.length === 0) return null;
      const body = payloadOf(batch);
      if (shown !== null && body !== shown) return 'changed';
      outbox.tried ??= { key: newId(), ids: batch.map(({ id }) => id) };
      return { service: outbox.consent.service, body, ...outbox.tried, signal: interrupt.signal };
    });
    if (parcel === null) return 'nothing';
    if (parcel === 'changed') return 'changed';
    const { service: address, body, key, ids, signal } = parcel;
    try {
      const token = await tokenFor(address, signal);
      signal.throwIfAborted();
      await logged(
        { id: key, service: address, request: 'POST /v1/observations', body },
        () => door.tell(address, token, key, body, signal),
        (told) => told,
      );
      await change((outbox, time) => {
        settle(outbox, ids, time, random);
      });
      return 'sent';
    } catch (failure) {
      return failed(address, ids, failure);
    }
  };

  const failed = (address: string, ids: string[], failure: unknown): Promise<Outcome> =>
    change((outbox, time) => {
      const { code, retryAfter } = failure instanceof DoorError ? failure : new DoorError('away');
      // Interrupted: whatever waited is gone already.
      if (outbox.consent?.service !== address) return 'nothing';
      backOff(outbox, time, random, retryAfter);
      const reporter = outbox.reporters[address];
      if (code === 'unknown' && reporter) dropToken(outbox, address, reporter.token);
      if (code !== 'refused') return 'away';
      outbox.dropped += ids.length;
      for (const id of ids) remove(outbox, id);
      return 'refused';
    });

  const erase = async (address: string): Promise<boolean> => {
    await change((outbox) => {
      if (outbox.consent?.service === address) halt(outbox);
      const reporter = outbox.reporters[address];
      if (reporter) reporter.erasing = true;
    });
    // What is on its way is not to arrive after the deletion.
    await sending;
    return finishErasing(address);
  };

  const finishErasing = async (address: string): Promise<boolean> => {
    const reporter = (await chest.load()).reporters[address];
    if (!reporter) return true;
    try {
      await logged(
        { id: newId(), service: address, request: 'DELETE /v1/reporters/me', body: null },
        () => door.erase(address, reporter.token),
        (status) => ({ status }),
      );
    } catch {
      await change((outbox, time) => {
        backOff(outbox, time, random);
      });
      return false;
    }
    await change((outbox) => {
      dropToken(outbox, address, reporter.token);
    });
    return true;
  };

  const dropToken = (outbox: Outbox, address: string, token: string) => {
    const { [address]: dropped, ...others } = outbox.reporters;
    if (dropped?.token === token) outbox.reporters = others;
  };

  const send = (shown: string | null): Promise<Outcome> =>
    (sending ??= deliver(shown).finally(() => {
      sending = null;
    }));

  return {
    /** Whether pages need to tell their numbers at all. */
    wanted: () => change(({ consent }) => consent?.counters === true),

    async note(facts: ProfileFacts): Promise<void> {
      if (await isOwn(facts.account)) return;
      await change((outbox, time) => {
        const observation = countersSeen(facts, time);
        if (outbox.consent?.counters !== true || observation === null) return;
        const entry = { id: newId(), shown: nameOf(facts.account), observation };
        put(outbox, `counters ${keyOf(facts.account)}`, entry, time, random);
      });
    },

    noteFollow: (own: ShownAccount, follower: ShownAccount, at: string) =>
      noteFollowing('follow', own, follower, at),
    noteUnfollow: (own: ShownAccount, follower: ShownAccount, at: string) =>
      noteFollowing('unfollow', own, follower, at),

    /** The user's choice, for the service that was shown to them; false when another one is in use by now. */
    choose: (choice: Consent): Promise<boolean> =>
      change(async (outbox) => {
        if (choice.service !== (await service())) return false;
        if (!choice.counters && !choice.follows) halt(outbox);
        else {
          outbox.consent = choice;
          keepOnly(outbox, ({ kind }) => (kind === 'profile-counters' ? choice.counters : choice.follows));
        }
        return true;
      }),

    /** Ends it without being asked here: consent was taken back elsewhere. */
    stop: () => change(halt),

    view: async (): Promise<ContributionView> => {
      const address = await service();
      return change((outbox, time) => {
        const { consent, queue, due, dropped, notBefore, failures, reporters } = outbox;
        const batch = consent === null ? [] : nextBatch(outbox, time);
        return {
          service: address,
          consent,
          next: batch.map(({ id, shown, observation: { kind, time: at } }) => ({
            id,
            shown,
            kind,
            time: at,
          })),
          payload: batch.length > 0 ? payloadOf(batch) : null,
          later: queue.length - batch.length,
          due,
          dropped,
          retryAt: failures > 0 && notBefore > time ? notBefore : null,
          toldTo: Object.entries(reporters).map(([told, { publicId, erasing }]) => ({
            service: told,
            publicId,
            erasing,
          })),
        };
      });
    },

    /** Sends what was shown, now. */
    send,

    /** Answers what was removed, to be put back should that have been a slip. */
    remove: (id: string): Promise<Entry | null> => change((outbox) => remove(outbox, id)),

    putBack: (entry: Entry) =>
      change((outbox, time) => {
        if (outbox.consent !== null) putBack(outbox, entry, time, random);
      }),

    /** Who this browser is to a service, so far; null where it has told it nothing. */
    reporter: async (address: string): Promise<Reporter | null> =>
      (await chest.load()).reporters[address] ?? null,

    /** The token for whatever else is told to a service, after a proof of work where there is none yet. */
    token: tokenFor,

    /** A service no longer knows this token. */
    forget: (address: string, token: string) =>
      change((outbox) => {
        dropToken(outbox, address, token);
      }),

    /** Stops, and has the service delete what was told; false while it does not answer: that is tried again. */
    erase,

    clearLog: async (): Promise<void> => {
      await chest.clearLog();
      changed();
    },

    /** Does what is due: a batch that goes once a day, a deletion that was not confirmed. */
    async attend(): Promise<void> {
      const { due, erasing } = await change((outbox, time) => ({
        due: outbox.consent !== null && isDue(outbox, time),
        erasing: Object.entries(outbox.reporters).flatMap(([address, { erasing }]) =>
          erasing && isDue({ ...outbox, due: 0 }, time) ? [address] : [],
        ),
      }));
      for (const address of erasing) await finishErasing(address);
      if (due) await send(null);
    },

    /** Whether there is anything to attend to. */
    isActive: () =>
      change(
        ({ consent, reporters }) =>
          consent !== null || Object.values(reporters).some(({ erasing }) => erasing),
      ),
  };
}

function keyOf(account: ShownAccount): string {
  return accountKeys(account)[0] ?? '';
}

function nameOf({ handle, nativeId }: ShownAccount): string {
  return handle ?? nativeId ?? '';
}
