import type { Listing } from '../lookup/lookup';
import type { Verdict } from '../lookup/wire';
import { caveatsOf, STANDINGS, type Practice } from '../practices';
import { say, sayMoment } from '../words';
import { drawIcon, make } from './dom';
import { factsOf } from './facts';
import { drawSpark } from './spark';
import { piecesOf } from './statement';

/** A verdict together with the practice it is about, which this version knows how to name. */
export interface Nameable {
  verdict: Verdict;
  practice: Practice;
}

/** The card: what is seen, how sure, a picture, four facts, what else it could be, what one can do. */
export function makeCard(listing: Listing, shown: Nameable[], hide: () => void): HTMLElement {
  const first = shown[0];
  const name = listing.account.handle ?? listing.account.nativeId ?? '';
  const label =
    first && say('cardLabel', say(first.practice.name), say(STANDINGS[first.verdict.standing]), name);
  const card = make('div', {
    class: 'card',
    popover: 'manual',
    role: 'dialog',
    tabindex: '-1',
    'aria-label': label ?? name,
  });
  for (const { verdict, practice } of shown) card.append(...sections(listing, verdict, practice));
  card.append(actions(listing, hide));
  return card;
}

function sections(listing: Listing, verdict: Verdict, practice: Practice): HTMLElement[] {
  const icon = drawIcon(practice.icon);
  if (verdict.standing === 'confirmed') icon.classList.add('of-confirmed');
  const standing = make('span', { class: `standing ${verdict.standing}` }, say(STANDINGS[verdict.standing]));
  const parts: HTMLElement[] = [
    make('div', { class: 'head' }, icon, make('h2', {}, say(practice.name)), standing),
  ];

  const notices = [
    listing.demo && say('demoNote'),
    !listing.confirmed && say('awayNote', sayMoment(listing.checkedAt)),
    verdict.disputed && say('disputedNote'),
  ].filter((notice) => notice !== false);
  parts.push(make('p', { class: 'statement' }, ...emphasised(verdict.statement)));
  for (const notice of notices) parts.push(make('p', { class: 'notice' }, notice));
  if (verdict.spark) parts.push(picture(verdict.spark));
  parts.push(make('dl', {}, ...factsOf(verdict).map(([label, value]) => fact(label, value))));

  const caveats = caveatsOf(verdict).map((caveat) => say(caveat));
  if (caveats.length > 0) parts.push(make('p', { class: 'caveats' }, caveats.join(' ')));
  return parts;
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

function fact(label: string, value: string): HTMLElement {
  return make('div', {}, make('dt', {}, label), make('dd', {}, value));
}

function actions(listing: Listing, hide: () => void): HTMLElement {
  const evidence = make(
    'a',
    { href: listing.page, target: '_blank', rel: 'noopener noreferrer' },
    say('seeEvidence'),
    make('span', { class: 'unseen' }, ` ${say('opensInNewTab')}`),
  );
  const hiding = make('button', { type: 'button' }, say('hideHere'));
  hiding.addEventListener('click', hide);
  return make('div', { class: 'actions' }, evidence, hiding);
}
