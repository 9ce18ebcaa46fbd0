import type { ProfileFacts } from '../sites/site';

/** What the user may choose to give: public numbers of profiles they see, and follows of themselves. Off until chosen. */
export interface Contribution {
  /** Whether pages need to tell their numbers at all. */
  wanted(): Promise<boolean>;
  note(facts: ProfileFacts): Promise<void>;
}

export const contribution: Contribution = {
  wanted: () => Promise.resolve(false),
  note: () => Promise.resolve(),
};
