import type { Spark } from '../lookup/wire';
import { say, sayDay, sayNumber } from '../words';
import { draw } from './dom';

const WIDTH = 366;
const HALF = 38;
const GAP = 3;
// A day with one follow beside a day with hundreds is still a day with a follow.
const LEAST = 1.5;

/** The small picture of a verdict: follows upwards, unfollows downwards, a column a day, one scale for both. */
export function drawSpark({ from, followed, unfollowed }: Spark): SVGElement {
  const most = Math.max(1, ...followed, ...unfollowed);
  const step = WIDTH / followed.length;
  const bar = (side: 'followed' | 'unfollowed') => (value: number, day: number) => {
    const height = value === 0 ? 0 : Math.max(LEAST, (value / most) * HALF);
    const y = side === 'followed' ? HALF - height : HALF + 1;
    const x = (day * step).toFixed(1);
    return draw('rect', {
      class: side,
      x,
      y: y.toFixed(1),
      width: (step - GAP).toFixed(1),
      height: height.toFixed(1),
      rx: 1,
    });
  };
  return draw(
    'svg',
    {
      class: 'spark',
      role: 'img',
      viewBox: `0 0 ${WIDTH} ${2 * HALF + 1}`,
      'aria-label': say(
        'sparkLabel',
        sayDay(from, 'without year'),
        sayNumber(sum(followed)),
        sayNumber(sum(unfollowed)),
        followed.length,
      ),
    },
    ...followed.map(bar('followed')),
    ...unfollowed.map(bar('unfollowed')),
  );
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
