import type { components } from '../api';
import type { ShownAccount } from './account';
import type { Account, Verdict } from './wire';

/** A verdict of any standing, as an account's own answer has it; lists have the listed ones only. */
export interface HeldVerdict extends Omit<Verdict, 'standing'> {
  standing: components['schemas']['Standing'];
  /** What evidence is wanting, for a verdict that could not be reached. */
  missing: Missing[];
}

export type Missing = components['schemas']['Missing'];

/** What the service said of one account when the user had it asked by name. */
export interface Assessment {
  account: Account;
  status: components['schemas']['AccountVerdicts']['status'];
  verdicts: HeldVerdict[];
  /** The page with the evidence. */
  page: string;
  asOf: string;
  /** The service's database is away: this is what was last published. */
  stale: boolean;
}

export type Answer =
  { assessment: Assessment } | { failure: 'away' | 'invalid' | 'too-many-requests' | 'off' };

/** Asks the service about one account by its name. */
export function askByName(service: string, account: ShownAccount): Promise<Answer> {
  return Promise.resolve<Answer>({ failure: service && account.handle ? 'off' : 'away' });
}
