import type { NewReport } from './draft';

/** How many reports wait at most: who reports more while a service is away has to wait as well. */
export const MOST_WAITING = 50;

const MINUTE = 60_000;
const LONGEST_PAUSE = 12 * 60 * MINUTE;
/** The longest a service may ask us to wait. */
const LONGEST_WAIT = 24 * 60 * MINUTE;

/** A report on its way to a service, or on its way back from there. */
export interface Waiting {
  /** Its Idempotency-Key, too: what says something else is another one. */
  id: string;
  /** The service that was named where the user pressed "Send": no other gets it. */
  service: string;
  /** Under which name the user knows the account. */
  shown: string;
  /** The literal text. */
  body: string;
  /** When the user sent it, in milliseconds since 1970. */
  at: number;
  /** A try may have arrived without our hearing of it. */
  tried: boolean;
  failures: number;
  /** Not before this time again. */
  notBefore: number;
  /** What the service said when it refused it for good. */
  refused: string | null;
  /** The user took it back: nothing is to be left there. */
  withdrawn: boolean;
  /** What the service calls it, once it is there. */
  report: string | null;
}

export function newWaiting(given: Pick<Waiting, 'id' | 'service' | 'shown' | 'body'>, now: number): Waiting {
  return {
    ...given,
    at: now,
    tried: false,
    failures: 0,
    notBefore: 0,
    refused: null,
    withdrawn: false,
    report: null,
  };
}

/** What a report is about: of each account and practice there is one. */
export function isAboutTheSame(one: Waiting, other: Waiting): boolean {
  return one.service === other.service && aboutOf(one) === aboutOf(other);
}

function aboutOf({ body }: Waiting): string {
  const { account, practice } = JSON.parse(body) as NewReport;
  return JSON.stringify([account.network, account.name, practice]);
}

/** Puts a report in the place of a former one on the same; false where too many wait. */
export function put(queue: Waiting[], report: Waiting): boolean {
  const at = queue.findIndex((former) => isAboutTheSame(former, report));
  if (at < 0 && queue.length >= MOST_WAITING) return false;
  const former = queue[at];
  // What may have arrived of the former one is what this one changes.
  if (former) queue.splice(at, 1, { ...report, tried: former.tried });
  else queue.push(report);
  return true;
}

export function find(queue: Waiting[], id: string): Waiting | undefined {
  return queue.find((waiting) => waiting.id === id);
}

export function remove(queue: Waiting[], id: string): void {
  const at = queue.findIndex((waiting) => waiting.id === id);
  if (at >= 0) queue.splice(at, 1);
}

/** When it is tried next; null where nothing more is to come of it. */
export function nextTry({ refused, notBefore }: Waiting, now: number): number | null {
  if (refused !== null) return null;
  // A clock that was set back must not keep anything for longer than a pause can be.
  return notBefore - now > LONGEST_WAIT ? now : notBefore;
}

/** Longer pauses after each failure, with jitter, unless the service said how long. */
export function backOff(waiting: Waiting, now: number, random: () => number, wanted: number | null): void {
  const pause = Math.min(MINUTE * 2 ** Math.min(waiting.failures++, 10), LONGEST_PAUSE);
  waiting.notBefore = now + Math.min(wanted ?? pause * (0.5 + random() / 2), LONGEST_WAIT);
}
