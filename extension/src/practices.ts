import type { HeldVerdict, Missing } from './lookup/answer';
import { say, sayDay, sayNumber, type MessageKey } from './words';

/** How a practice is named and drawn. */
export interface Practice {
  name: MessageKey;
  /** Strokes on a 16 px grid. */
  icon: string;
  /** A measure more than an accusation: told in card and popup, never by a badge of its own. */
  onDemand?: boolean;
}

/** The practices this version can name. Others may come from a newer service and are not shown. */
const PRACTICES = new Map<string, Practice>([
  ['follow-churn', { name: 'practiceFollowChurn', icon: 'M3 5h10M10.2 2.2 13 5M13 11H3M5.8 13.8 3 11' }],
  [
    'buys-followers',
    {
      name: 'practiceBuysFollowers',
      icon: 'M2.4 4a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0M7 4a.8.8 0 1 0 1.6 0A.8.8 0 1 0 7 4M11.6 4a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0M2.4 8.2h7.8l3.4 3-3.4 3H2.4z',
    },
  ],
  ['auto-dm', { name: 'practiceAutoDm', icon: 'M2 4h12v8.6H2zM2.4 4.6 8 9l5.6-4.4' }],
  [
    'auto-follow-back',
    {
      name: 'practiceAutoFollowBack',
      icon: 'M5.2 1.6 2.2 4.4l3 2.8M2.2 4.4h7.6a4.2 4.2 0 0 1 .6 8.4M3.8 12.2a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0M5.3 9.6v.4M5.3 14.4v.4M2.7 12.2h.4M7.5 12.2h.4',
    },
  ],
  [
    'unfollow-shaming',
    {
      name: 'practiceUnfollowShaming',
      icon: 'M2.4 6.4v3.2h2.4l6 3.4V3l-6 3.4zM5.2 9.8l.8 3.8h1.8M13.4 6.2c.9 1 .9 2.6 0 3.6',
    },
  ],
  [
    'automated-promotion',
    { name: 'practiceAutomatedPromotion', icon: 'M2.4 2.6h5.4l6 6-5.2 5.2-6.2-6.2zM7.4 5.6v2.6l1.8 1.2' },
  ],
  [
    'never-replies',
    {
      name: 'practiceNeverReplies',
      icon: 'M2.4 3.4h11.2v7.4H7.4l-2.8 2.6v-2.6H2.4zM2 14.4 14 1.8',
      onDemand: true,
    },
  ],
]);

/** How sure a verdict is, by the form as well as the colour of its mark: see badge/style.ts. */
export type Standing = HeldVerdict['standing'];

export const STANDINGS: Record<Standing, MessageKey> = {
  signs: 'standingSigns',
  likely: 'standingLikely',
  confirmed: 'standingConfirmed',
  'not-found': 'standingNotFound',
  unknown: 'standingUnknown',
  cleared: 'standingCleared',
};

/** The same for where there is room to say what was found. */
export const STANDINGS_IN_FULL: Record<Standing, MessageKey> = {
  ...STANDINGS,
  confirmed: 'standingConfirmedLong',
};

const CAVEATS = new Map<string, MessageKey>([
  ['pruning-own-list', 'caveatPruningOwnList'],
  ['never-answered', 'caveatNeverAnswered'],
  ['follow-backs-unseen', 'caveatFollowBacksUnseen'],
  ['blocks-or-suspensions', 'caveatBlocksOrSuspensions'],
  ['mutual-aid-community', 'caveatMutualAidCommunity'],
  ['answered-in-shifts', 'caveatAnsweredInShifts'],
  ['looks-deceive', 'caveatLooksDeceive'],
  ['who-ordered-unknown', 'caveatWhoOrderedUnknown'],
  ['cause-unknown', 'caveatCauseUnknown'],
  ['classifier-elsewhere', 'caveatClassifierElsewhere'],
  ['seen-by-recipients-only', 'caveatSeenByRecipientsOnly'],
  ['told-not-measured', 'caveatToldNotMeasured'],
  ['pasted-by-hand', 'caveatPastedByHand'],
  ['observers-told-of-nothing-else', 'caveatObserversToldOfNothingElse'],
  ['announces-by-schedule', 'caveatAnnouncesBySchedule'],
  ['feed-of-offers', 'caveatFeedOfOffers'],
  ['answers-unseen', 'caveatAnswersUnseen'],
  ['silence-is-normal', 'caveatSilenceIsNormal'],
  ['replies-elsewhere-unseen', 'caveatRepliesElsewhereUnseen'],
  ['app-unnoticed', 'caveatAppUnnoticed'],
  ['wording-typed', 'caveatWordingTyped'],
  ['posts-unseen', 'caveatPostsUnseen'],
]);

const MISSING = new Map<string, [sentence: MessageKey, numbers: 'count' | 'share' | 'none']>([
  ['follows', ['missingFollows', 'count']],
  ['coverage', ['missingCoverage', 'share']],
  ['unreturned-drops', ['missingUnreturnedDrops', 'count']],
  ['weeks-with-follows', ['missingWeeksWithFollows', 'count']],
  ['weeks-with-drops', ['missingWeeksWithDrops', 'count']],
  ['drop-windows', ['missingDropWindows', 'none']],
  ['follows-received', ['missingFollowsReceived', 'count']],
  ['throwaway-followers', ['missingThrowawayFollowers', 'count']],
  ['other-followers', ['missingOtherFollowers', 'count']],
  ['shared-text', ['missingSharedText', 'none']],
  ['recipients', ['missingRecipients', 'count']],
  ['observer-clusters', ['missingObserverClusters', 'count']],
  ['followers-sampled', ['missingFollowersSampled', 'count']],
  ['followers-judged', ['missingFollowersJudged', 'share']],
  ['sample-ranks', ['missingSampleRanks', 'none']],
  ['followers-hidden', ['missingFollowersHidden', 'none']],
  ['classifier', ['missingClassifier', 'none']],
  ['purchase-pattern', ['missingPurchasePattern', 'none']],
  ['posts', ['missingPosts', 'count']],
  ['days-sampled', ['missingDaysSampled', 'count']],
  ['schedule', ['missingSchedule', 'none']],
  ['unfollow-post-days', ['missingUnfollowPostDays', 'count']],
  ['askers', ['missingAskers', 'count']],
  ['certainty', ['missingCertainty', 'none']],
]);

/** What an account that followed and left is marked with: an arrow out of a door. */
export const DEPARTURE_ICON = 'M8.6 2.8H3.4v10.4h5.2M6.8 8h6.8M10.8 5.2 13.6 8l-2.8 2.8';

export function practiceOf(verdict: Pick<HeldVerdict, 'practice'>): Practice | null {
  return PRACTICES.get(verdict.practice) ?? null;
}

/** The innocent explanations of a verdict; codes this version has no words for are left out. */
export function caveatsOf(verdict: Pick<HeldVerdict, 'caveats'>): MessageKey[] {
  return verdict.caveats.flatMap((code) => CAVEATS.get(code) ?? []);
}

/** That a person looked at what the machine found, and when; null where nobody did. */
export function sayReviewed({
  standing,
  reviewedAt,
}: Pick<HeldVerdict, 'standing' | 'reviewedAt'>): string | null {
  const isRuled = standing === 'confirmed' || standing === 'cleared';
  // What older versions kept on the device has no such field.
  return isRuled && reviewedAt ? say('reportReviewed', sayDay(reviewedAt)) : null;
}

/** What evidence a verdict lacks, a sentence each; where this version has no words, the service's own. */
export function missingOf({ missing }: Pick<HeldVerdict, 'missing'>): string[] {
  return [...new Set(missing.map(sayMissing))].filter((sentence) => sentence !== '');
}

function sayMissing({ code, have, need, detail }: Missing): string {
  const [sentence, numbers] = MISSING.get(code) ?? [];
  if (sentence === undefined) return detail;
  // Rounded as the service rounds them: what falls short must not look as though it sufficed.
  const scale = numbers === 'share' ? 100 : 1;
  return say(sentence, sayNumber(Math.floor(have * scale + 1e-9)), sayNumber(Math.ceil(need * scale - 1e-9)));
}
