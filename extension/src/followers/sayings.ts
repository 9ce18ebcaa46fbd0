import type { Network } from '../lookup/account';
import type { MessageKey } from '../words';
import { say, sayNumber } from '../words';
import type { Failure } from './check';

const FAILURES: Record<Failure, MessageKey> = {
  away: 'followersNetworkAway',
  invalid: 'followersNetworkInvalid',
  'not-found': 'followersNotFound',
  hidden: 'followersHidden',
  'too-many-requests': 'followersTooMany',
  'not-permitted': 'followersNotPermitted',
  'no-answer': 'followersNoAnswer',
};

/** What went wrong, and what can be done about it. */
export function sayFailure(failure: Failure, network: Network): string {
  // A server's handles may bear another name than the server: nothing tells the two apart from here.
  const elsewhere = failure === 'away' && network === 'mastodon';
  return say(elsewhere ? 'followersServerAway' : FAILURES[failure]);
}

/** A number of followers in words. */
export function sayFollowers(count: number): string {
  return count === 1 ? say('followersOne') : say('followersMany', sayNumber(count));
}
