import type { Verdict } from './lookup/wire';
import type { MessageKey } from './words';

/** How a practice is named and drawn. */
export interface Practice {
  name: MessageKey;
  /** Strokes on a 16 px grid. */
  icon: string;
}

/** The practices this version can name. Others may come from a newer service and are not shown. */
const PRACTICES = new Map<string, Practice>([
  ['follow-churn', { name: 'practiceFollowChurn', icon: 'M3 5h10M10.2 2.2 13 5M13 11H3M5.8 13.8 3 11' }],
]);

export const STANDINGS: Record<Verdict['standing'], MessageKey> = {
  likely: 'standingLikely',
  confirmed: 'standingConfirmed',
};

const CAVEATS = new Map<string, MessageKey>([
  ['pruning-own-list', 'caveatPruningOwnList'],
  ['never-answered', 'caveatNeverAnswered'],
  ['follow-backs-unseen', 'caveatFollowBacksUnseen'],
]);

export function practiceOf(verdict: Verdict): Practice | null {
  return PRACTICES.get(verdict.practice) ?? null;
}

/** The innocent explanations of a verdict; codes this version has no words for are left out. */
export function caveatsOf(verdict: Verdict): MessageKey[] {
  return verdict.caveats.flatMap((code) => CAVEATS.get(code) ?? []);
}
