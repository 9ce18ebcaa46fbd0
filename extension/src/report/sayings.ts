import type { PracticeId } from '../settings';
import type { MessageKey } from '../words';
import type { MessageKind } from './messageKind';

/** Each practice as somebody would tell of it. */
export const SEEN: Record<PracticeId, MessageKey> = {
  'follow-churn': 'reportSeenFollowChurn',
  'auto-dm': 'reportSeenAutoDm',
  'buys-followers': 'reportSeenBuysFollowers',
  'auto-follow-back': 'reportSeenAutoFollowBack',
  'unfollow-shaming': 'reportSeenUnfollowShaming',
  'automated-promotion': 'reportSeenAutomatedPromotion',
  'never-replies': 'reportSeenNeverReplies',
};

export const KINDS: Record<MessageKind, MessageKey> = {
  greeting: 'reportKindGreeting',
  promotion: 'reportKindPromotion',
  threat: 'reportKindThreat',
  other: 'reportKindOther',
};

/** How long after the follow a message came, at most: in seconds, as far as the contract goes. */
export const DELAYS: [seconds: number, name: MessageKey][] = [
  [60, 'reportDelayMinute'],
  [600, 'reportDelayTenMinutes'],
  [3_600, 'reportDelayHour'],
  [86_400, 'reportDelayDay'],
  [604_800, 'reportDelayWeek'],
  [2_678_400, 'reportDelayMonth'],
];

export const STATES = new Map<string, MessageKey>([
  ['received', 'reportStateReceived'],
  ['upheld', 'reportStateUpheld'],
  ['not-upheld', 'reportStateNotUpheld'],
  ['set-aside', 'reportStateSetAside'],
]);
