import type { Reason, Verdict } from '../lookup/wire';
import { say, sayDay, sayNumber } from '../words';

/** One line of the card's small table. */
export type Fact = [label: string, value: string];

/** The four facts behind a verdict, as far as its reasons have them; reasons of other codes are left out. */
export function factsOf(verdict: Verdict): Fact[] {
  const reason = (code: string) => verdict.reasons.find((candidate) => candidate.code === code);
  const facts: Fact[] = [];

  const dropped = reason('dropped-within-28-days');
  if (dropped) facts.push([say('factDropped'), droppedShare(dropped)]);

  const selectivity = reason('selectivity-at-equal-age');
  if (selectivity) facts.push([say('factSelectivity'), timesAsOften(selectivity)]);

  const follows = reason('weeks-with-follows');
  const drops = reason('weeks-with-drops');
  if (follows && drops) {
    facts.push([say('factWeeks'), say('factWeeksValue', sayNumber(follows.value), sayNumber(drops.value))]);
  }

  facts.push([say(sourceOf(verdict)), dates(verdict)]);
  return facts;
}

function droppedShare({ value, interval }: Reason): string {
  const share = sayNumber(value * 100);
  return interval
    ? say('factDroppedValue', share, sayNumber(down(interval[0] * 100)))
    : say('factDroppedValueOnly', share);
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
