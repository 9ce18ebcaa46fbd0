import type { Departure } from '../ledger/departure';
import type { Verdict } from '../lookup/wire';
import { DEPARTURE_ICON, STANDINGS, type Practice } from '../practices';
import { say } from '../words';
import { sayDeparture, sayLeft } from './departed';
import { drawIcon, make } from './dom';

/** A verdict together with the practice it is about, which this version knows how to name. */
export interface Nameable {
  verdict: Verdict;
  practice: Practice;
}

// Of what is listed there are few different ones, and pages with thousands: asking the browser for each word takes
// longest of all.
const made = new Map<string, HTMLButtonElement>();

/** The button beside a name: what is listed first, what the user's own record holds after it; at least one of the two. */
export function makeButton(first: Nameable | null, departure: Departure | null): HTMLButtonElement {
  if (first === null || departure !== null) return build(first, departure);
  const { practice, standing, disputed } = first.verdict;
  const key = `${practice} ${standing} ${disputed}`;
  const like = made.get(key) ?? build(first, departure);
  made.set(key, like);
  return like.cloneNode(true) as HTMLButtonElement;
}

function build(first: Nameable | null, departure: Departure | null): HTMLButtonElement {
  // All that may be seen is in the label: people who speak to their browser say what they see.
  const labels = [
    first ? labelOf(first) : departure && sayLeft(departure),
    departure && sayDeparture(departure),
  ];
  const button = make('button', {
    type: 'button',
    class: 'badge',
    dir: 'auto',
    'aria-haspopup': 'dialog',
    'aria-expanded': 'false',
    'aria-label': say('badgeDetails', labels.filter((label) => label !== null).join(', ')),
  });
  if (first) button.append(markOf(first));
  if (departure) button.append(markOfDeparture(departure, first !== null));
  return button;
}

function labelOf({ verdict, practice }: Nameable): string {
  const key = verdict.disputed ? 'badgeLabelDisputed' : 'badgeLabel';
  return say(key, say(practice.name), say(STANDINGS[verdict.standing]));
}

function markOf({ verdict, practice }: Nameable): HTMLElement {
  const classes = `mark ${verdict.standing}${verdict.disputed ? ' disputed' : ''}`;
  return make(
    'span',
    { class: classes },
    drawIcon(practice.icon),
    make('span', { class: 'words' }, say(practice.name)),
  );
}

/** Both wordings stand ready: which one there is room for is told by the style sheet. */
function markOfDeparture(departure: Departure, besideAnother: boolean): HTMLElement {
  return make(
    'span',
    { class: `mark record${besideAnother ? ' beside' : ''}` },
    drawIcon(DEPARTURE_ICON),
    make('span', { class: 'words short' }, sayLeft(departure)),
    make('span', { class: 'words long' }, sayDeparture(departure)),
  );
}
