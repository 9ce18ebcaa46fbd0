import type { ShownAccount } from '../lookup/account';
import type { Count } from '../sites/site';

/** One thing a page told about who follows the signed-in user. */
export interface Sighting {
  account: ShownAccount;
  /**
   * `followed`: a "followed you" row; `follows`, `follows-not`: what a header or row says of the account;
   * `listed`: a row of the user's own list of followers.
   */
  what: 'followed' | 'follows' | 'follows-not' | 'listed';
  /** When, as the page says; null where it does not. */
  at: string | null;
}

/** What one page told at once. */
export interface Sightings {
  viewer: ShownAccount;
  /** How many followers the viewer's own profile says they have, on a page that says it. */
  followers: Count | null;
  sightings: Sighting[];
  /** A name the page made up for itself as it loaded, by which what two visits told is told apart. */
  visit?: string;
}
