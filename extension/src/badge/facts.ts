import type { Reason, Verdict } from '../lookup/wire';
import { say, sayDay, sayNumber, type MessageKey } from '../words';

/** One line of the card's small table. */
export type Fact = [label: string, value: string];

/** What a number is: a share with the bound that matters, or a count. */
type Kind = 'at least' | 'at most' | 'count';

/** The numbers a verdict leads with, in the order they are told; of one verdict at most three are. */
const LEADING: readonly [code: string, label: MessageKey, kind: Kind][] = [
  ['fake-follower-share', 'factFakeShare', 'at least'],
  ['followers-sampled', 'factSampled', 'count'],
  ['within-10-minutes', 'factPrompt', 'at least'],
  ['recipients', 'factRecipients', 'count'],
  ['observer-clusters', 'factClusters', 'count'],
  ['followed-back-within-24-hours', 'factFollowedBack', 'at least'],
  ['follows-received', 'factReceived', 'count'],
  ['unfollow-post-days', 'factUnfollowDays', 'count'],
  ['repeated-share', 'factRepeated', 'at least'],
  ['promotional-share', 'factPromotional', 'at least'],
  ['answered-share', 'factAnswered', 'at most'],
  ['askers', 'factAskers', 'count'],
  ['posts', 'factPosts', 'count'],
];

const LEADING_TOLD = 3;

/** The four facts behind a verdict, as far as its reasons have them; reasons of other codes are left out. */
export function factsOf(verdict: Verdict): Fact[] {
  const reason = (code: string) => verdict.reasons.find((candidate) => candidate.code === code);
  const facts: Fact[] = [];

  const dropped = reason('dropped-within-28-days');
  if (dropped) facts.push([say('factDropped'), share(dropped, 'at least')]);

  const selectivity = reason('selectivity-at-equal-age');
  if (selectivity) facts.push([say('factSelectivity'), timesAsOften(selectivity)]);

  const follows = reason('weeks-with-follows');
  const drops = reason('weeks-with-drops');
  if (follows && drops) {
    facts.push([say('factWeeks'), say('factWeeksValue', sayNumber(follows.value), sayNumber(drops.value))]);
  }

  const leading = LEADING.flatMap(([code, label, kind]): Fact[] => {
    const found = reason(code);
    return found ? [[say(label), kind === 'count' ? sayNumber(found.value) : share(found, kind)]] : [];
  });
  if (facts.length === 0) facts.push(...leading.slice(0, LEADING_TOLD));

  facts.push([say(sourceOf(verdict)), dates(verdict)]);
  return facts;
}

function share({ value, interval }: Reason, kind: 'at least' | 'at most'): string {
  const told = sayNumber(value * 100);
  if (!interval) return say('factShare', told);
  return kind === 'at least'
    ? say('factAtLeast', told, sayNumber(down(interval[0] * 100)))
    : say('factAtMost', told, sayNumber(Math.ceil(interval[1] * 100 - 1e-9)));
}

function timesAsOften({ value, interval }: Reason): string {
  // As the statement above it has them: one decimal below ten, none from there.
  const factor = (times: number) => sayNumber(down(times, times < 10 ? 1 : 0), 1);
  return interval
    ? say('factSelectivityValue', factor(value), factor(interval[0]))
    : say('factSelectivityValueOnly', factor(value));
}

/** Rounded down: "at least" must not promise more than was measured. */
function down(number: number, digits = 0): number {
  // What is 0.3 to people may be 0.29999999999999998 to a computer.
  return Math.floor(number * 10 ** digits + 1e-9) / 10 ** digits;
}

function sourceOf({ sources }: Verdict): 'factMeasured' | 'factReported' | 'factMeasuredAndReported' {
  if (sources.reported === 0) return 'factMeasured';
  return sources.measured === 0 ? 'factReported' : 'factMeasuredAndReported';
}

function dates({ asOf, reviewAt }: Verdict): string {
  if (reviewAt === null) return say('factAsOf', sayDay(asOf));
  return say('factAsOfReview', sayDay(asOf, 'without year'), sayDay(reviewAt));
}
