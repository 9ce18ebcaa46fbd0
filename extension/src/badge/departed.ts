import type { Between, Departure } from '../ledger/departure';
import { say } from '../words';
import type { Fact } from './facts';

const DAY = 24 * 60 * 60 * 1000;

/** The user's own dates, on their own calendar; with a year where it is not this one. */
function calendar(end: Date): Intl.DateTimeFormat {
  const thisYear = end.getFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat(say('locale'), {
    day: 'numeric',
    month: 'short',
    ...(thisYear ? {} : { year: 'numeric' }),
  });
}

/** Whether a record can be told: a torn one says nothing rather than something wrong. */
export function isTellable({ followed, left }: Departure): boolean {
  return [followed, left].every(([notBefore, notAfter]) => {
    const [from, to] = [notBefore === null ? -Infinity : Date.parse(notBefore), Date.parse(notAfter)];
    return from <= to;
  });
}

/** "followed and left you (3 Mar → 5 Mar)", with all that is uncertain about it. */
export function sayDeparture({ followed, left, uncertain }: Departure): string {
  return say(uncertain ? 'badgeDepartureUncertain' : 'badgeDeparture', sayShort(followed), sayShort(left));
}

/** "Left you 5 Mar", for where there is little room. */
export function sayLeft({ left, uncertain }: Departure): string {
  return say(uncertain ? 'badgeLeftUncertain' : 'badgeLeft', sayShort(left));
}

/** When they came, when they went, and how long that was. */
export function factsOfDeparture(departure: Departure): Fact[] {
  const stay = sayStay(departure);
  return [
    [say('badgeFactFollowed'), sayInFull(departure.followed)],
    [say('badgeFactLeft'), sayInFull(departure.left)],
    ...(stay === null ? [] : [[say('badgeFactStay'), stay] satisfies Fact]),
  ];
}

/** "5 Mar", "3–5 Mar", "by 5 Mar". */
function sayShort([notBefore, notAfter]: Between): string {
  const to = new Date(notAfter);
  if (notBefore === null) return say('badgeBy', calendar(to).format(to));
  return calendar(to).formatRange(new Date(notBefore), to);
}

/** "5 Mar", "between 3 and 5 Mar", "5 Mar or earlier". */
function sayInFull([notBefore, notAfter]: Between): string {
  const to = new Date(notAfter);
  const last = calendar(to).format(to);
  if (notBefore === null) return say('badgeOrEarlier', last);
  const from = new Date(notBefore);
  const first = calendar(from).format(from);
  if (first === last) return last;
  const sameMonth = from.getFullYear() === to.getFullYear() && from.getMonth() === to.getMonth();
  return say('badgeBetween', sameMonth ? from.getDate() : first, last);
}

/** The bound that is known; null where neither is. */
function sayStay({ followed, left }: Departure): string | null {
  const days = (count: number) =>
    new Intl.NumberFormat(say('locale'), { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(count);
  if (followed[0] !== null) {
    return say(
      'badgeAtMost',
      days(Math.max(1, Math.ceil((Date.parse(left[1]) - Date.parse(followed[0])) / DAY))),
    );
  }
  const least = left[0] === null ? 0 : Math.floor((Date.parse(left[0]) - Date.parse(followed[1])) / DAY);
  return least > 0 ? say('badgeAtLeast', days(least)) : null;
}
