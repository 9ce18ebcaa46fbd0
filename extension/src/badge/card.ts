import type { Departure } from '../ledger/departure';
import type { Listing } from '../lookup/lookup';
import type { Verdict } from '../lookup/wire';
import { caveatsOf, DEPARTURE_ICON, sayReviewed, STANDINGS, type Practice } from '../practices';
import { say, sayDay, sayMoment } from '../words';
import { factsOfDeparture, sayDeparture } from './departed';
import { drawIcon, make } from './dom';
import { factsOf, type Fact } from './facts';
import type { Nameable } from './marks';
import { drawSpark } from './spark';
import { piecesOf } from './statement';

/** What a card tells: of a listing the verdicts this version can name, of the user's own record that they left. */
export interface Told {
  listing: Listing | null;
  shown: Nameable[];
  departure: Departure | null;
}

/** What one can do at the foot of a card. */
export interface CardActions {
  hide: () => void;
  report?: (() => void) | undefined;
}

/** The card: what is seen, how sure, a picture, four facts, what else it could be, what one can do. */
export function makeCard(told: Told, lookUp: HTMLElement, can: CardActions): HTMLElement {
  const { listing, shown, departure } = told;
  const card = make('div', {
    class: 'card',
    popover: 'manual',
    role: 'dialog',
    tabindex: '-1',
    dir: 'auto',
    'aria-label': labelOf(told),
  });
  if (listing)
    for (const { verdict, practice } of shown) card.append(...sections(listing, verdict, practice));
  if (departure) card.append(...sectionsOfDeparture(departure));
  card.append(lookUp, actions(listing, can));
  return card;
}

function labelOf({ listing, shown, departure }: Told): string {
  const [first] = shown;
  if (!listing || !first) return departure ? sayDeparture(departure) : '';
  const name = listing.account.handle ?? listing.account.nativeId ?? '';
  return say('cardLabel', say(first.practice.name), say(STANDINGS[first.verdict.standing]), name);
}

function sections(listing: Listing, verdict: Verdict, practice: Practice): HTMLElement[] {
  const { standing } = verdict;
  const parts: HTMLElement[] = [head(practice.icon, standing, say(practice.name), say(STANDINGS[standing]))];
  parts.push(make('p', { class: 'statement' }, ...emphasised(verdict.statement)));
  if (listing.demo) parts.push(notice(say('demoNote')));
  if (!listing.confirmed) parts.push(notice(say('awayNote', sayMoment(listing.checkedAt))));
  const reviewed = sayReviewed(verdict);
  if (reviewed !== null) parts.push(notice(reviewed));
  if (verdict.rebuttal) {
    const { text, at } = verdict.rebuttal;
    // Their own language, and their own direction of writing.
    const said = make('span', { class: 'rebuttal', dir: 'auto', lang: '' }, text);
    parts.push(notice(say('reportRebuttal', sayDay(at)), said));
  } else if (verdict.disputed) {
    const words = linkTo(listing.page, say('badgeOwnersWords'));
    parts.push(notice(say('disputedNote'), ...(words ? [' ', words] : [])));
  }
  if (verdict.spark) parts.push(picture(verdict.spark));
  parts.push(table(factsOf(verdict)));
  const caveats = caveatsOf(verdict).map((caveat) => say(caveat));
  if (caveats.length > 0) parts.push(make('p', { class: 'caveats' }, caveats.join(' ')));
  return parts;
}

function sectionsOfDeparture(departure: Departure): HTMLElement[] {
  const title = sayDeparture({ ...departure, uncertain: false });
  const parts: HTMLElement[] = [head(DEPARTURE_ICON, 'record', title, say('badgeOwnRecord'))];
  if (departure.uncertain) parts.push(notice(say('badgeUncertainNote')));
  const remarks = [say('caveatPruningOwnList'), say('badgeRecordStays')];
  parts.push(table(factsOfDeparture(departure)), make('p', { class: 'caveats' }, remarks.join(' ')));
  return parts;
}

function head(icon: string, standing: string, title: string, chip: string): HTMLElement {
  const drawn = drawIcon(icon);
  drawn.classList.add(`of-${standing}`);
  return make(
    'div',
    { class: 'head' },
    drawn,
    make('h2', {}, title),
    make('span', { class: `standing ${standing}` }, chip),
  );
}

function notice(...words: (Node | string)[]): HTMLElement {
  return make('p', { class: 'notice' }, ...words);
}

function emphasised(statement: string): (Node | string)[] {
  return piecesOf(statement).map(({ text, strong }) => (strong ? make('b', {}, text) : text));
}

function picture(spark: NonNullable<Verdict['spark']>): HTMLElement {
  const legend = (side: string, text: string) => make('span', {}, make('i', { class: side }), text);
  // The picture's label says the same to those who do not see it.
  const caption = make(
    'figcaption',
    { 'aria-hidden': 'true' },
    legend('followed', say('sparkFollowed')),
    legend('unfollowed', say('sparkUnfollowed')),
  );
  return make('figure', {}, drawSpark(spark), caption);
}

function table(facts: Fact[]): HTMLElement {
  const lines = facts.map(([label, value]) => make('div', {}, make('dt', {}, label), make('dd', {}, value)));
  return make('dl', {}, ...lines);
}

function actions(listing: Listing | null, { hide, report }: CardActions): HTMLElement {
  const row = make('div', { class: 'actions' });
  const evidence = listing && linkTo(listing.page, say('seeEvidence'));
  if (evidence) row.append(evidence);
  const offer = (name: string, words: string, act: () => void) => {
    const button = make('button', { type: 'button', class: `plain ${name}` }, words);
    button.addEventListener('click', act);
    row.append(button);
  };
  if (report) offer('report', say('reportThis'), report);
  offer('hide', say('hideHere'), hide);
  return row;
}

/** A link that leaves the page alone; null where the address is none to be opened. */
export function linkTo(page: string, words: string): HTMLElement | null {
  if (!/^https?:\/\//.test(page)) return null;
  return make(
    'a',
    { href: page, target: '_blank', rel: 'noopener noreferrer' },
    words,
    make('span', { class: 'unseen' }, ` ${say('opensInNewTab')}`),
  );
}
