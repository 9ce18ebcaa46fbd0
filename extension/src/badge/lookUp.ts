import type { Answer, Assessment, HeldVerdict } from '../lookup/answer';
import { caveatsOf, missingOf, practiceOf, sayReviewed, STANDINGS, type Standing } from '../practices';
import { say, sayDay, sayMoment, type MessageKey } from '../words';
import { linkTo } from './card';
import { drawIcon, make } from './dom';

const FAILURES: Record<Extract<Answer, { failure: string }>['failure'], MessageKey> = {
  away: 'badgeLookUpAway',
  invalid: 'badgeLookUpInvalid',
  'too-many-requests': 'badgeLookUpTooMany',
  off: 'badgeLookUpOff',
};

const STATUSES: Record<Assessment['status'], MessageKey> = {
  assessed: 'badgeLookUpAssessed',
  unknown: 'badgeLookUpUnknown',
  'not-listed': 'badgeLookUpNotListed',
};

/** What was found stands above what was not. */
const ORDER: readonly Standing[] = ['confirmed', 'likely', 'signs', 'cleared', 'not-found', 'unknown'];

/** What is said with what else it could be. */
const FOUND: readonly Standing[] = ['confirmed', 'likely', 'signs'];

/** What a look-up needs from where it stands. */
export interface LookUp {
  ask: () => Promise<Answer>;
  /** The host that learns the account's name; null where it is not known here. */
  host: () => Promise<string | null>;
  /** Whether a link to the evidence stands elsewhere already. */
  hasEvidence: boolean;
  /** The section has become larger or smaller. */
  resized: () => void;
}

/** A section to ask the service about every practice, by the account's name, and to read its answer in. */
export function makeLookUp({ ask, host, hasEvidence, resized }: LookUp): HTMLElement {
  const hint = make('span', { class: 'hint', id: 'hint' }, say('badgeLookUpHint'));
  const button = make(
    'button',
    { type: 'button', class: 'ask', 'aria-describedby': 'hint' },
    say('badgeLookUp'),
  );
  const status = make('p', { class: 'status', role: 'status' });
  const section = make('div', { class: 'look-up' }, button, hint, status);
  let asking = false;

  void host().then(
    (name) => {
      if (name !== null) hint.textContent = say('badgeLookUpHintHost', name);
      resized();
    },
    () => undefined, // it stays unnamed
  );

  const show = (answer: Answer) => {
    section.classList.remove('asking');
    button.removeAttribute('aria-disabled');
    if ('failure' in answer) {
      status.textContent = say(FAILURES[answer.failure]);
      button.textContent = say('badgeLookUpAgain');
      return;
    }
    const { assessment } = answer;
    status.replaceChildren(
      [
        say(STATUSES[assessment.status], sayMoment(assessment.asOf)),
        assessment.stale && say('badgeLookUpStale'),
      ]
        .filter((sentence) => sentence !== false)
        .join(' '),
    );
    const hadFocus = section.matches(':focus-within');
    const list = listOf(assessment);
    const evidence = hasEvidence ? null : linkTo(assessment.page, say('seeEvidence'));
    section.append(...(list ? [list] : []), ...(evidence ? [evidence] : []));
    // Not to the void that the button leaves: a card without focus closes.
    if (hadFocus) (list ?? status).focus();
    button.remove();
    hint.remove();
  };

  button.addEventListener('click', () => {
    if (asking) return;
    asking = true;
    section.classList.add('asking');
    // Not `disabled`: that would take the focus away.
    button.setAttribute('aria-disabled', 'true');
    status.textContent = say('badgeLookUpAsking');
    resized();
    void ask()
      .catch((): Answer => ({ failure: 'off' }))
      .then((answer) => {
        asking = false;
        show(answer);
        resized();
      });
  });
  return section;
}

function listOf({ verdicts }: Assessment): HTMLElement | null {
  const items = [...verdicts]
    .sort((one, other) => ORDER.indexOf(one.standing) - ORDER.indexOf(other.standing))
    .flatMap((verdict) => itemOf(verdict) ?? []);
  return items.length === 0
    ? null
    : make('ul', { tabindex: '-1', 'aria-label': say('badgeLookUpList') }, ...items);
}

function itemOf(verdict: HeldVerdict): HTMLElement | null {
  const practice = practiceOf(verdict);
  if (practice === null) return null;
  const { standing, statement, disputed, rebuttal } = verdict;
  const missing = missingOf(verdict);
  const item = make(
    'li',
    {},
    make(
      'div',
      { class: 'line' },
      drawIcon(practice.icon),
      make('span', { class: 'name' }, say(practice.name)),
      make('span', { class: `standing ${standing}` }, say(STANDINGS[standing])),
    ),
  );
  // The statement on too little evidence says what is missing, in the service's language.
  if (standing !== 'unknown' || missing.length === 0) item.append(make('p', {}, statement));
  if (FOUND.includes(standing)) {
    const caveats = caveatsOf(verdict).map((caveat) => say(caveat));
    item.append(make('p', { class: 'aside' }, caveats.join(' ')));
  }
  const reviewed = sayReviewed(verdict);
  if (reviewed !== null) item.append(make('p', { class: 'aside' }, reviewed));
  if (rebuttal) {
    const said = make('span', { class: 'rebuttal', dir: 'auto', lang: '' }, rebuttal.text);
    item.append(make('p', {}, say('reportRebuttal', sayDay(rebuttal.at)), said));
  } else if (disputed) item.append(make('p', {}, say('disputedNote')));
  if (missing.length > 0) item.append(make('p', { class: 'aside' }, say('badgeMissing', missing.join(' '))));
  return item;
}
