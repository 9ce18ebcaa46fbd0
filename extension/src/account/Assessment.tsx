import { piecesOf } from '../badge/statement';
import type { Answer, Assessment as Assessed, HeldVerdict } from '../lookup/answer';
import {
  caveatsOf,
  missingOf,
  practiceOf,
  sayReviewed,
  STANDINGS_IN_FULL,
  type Practice,
  type Standing,
} from '../practices';
import { say, sayDay, sayMoment } from '../words';

/** What was answered when the user had an account looked up by its name, whatever that was. */
export function Answered({ answer, retry }: { answer: Answer; retry: () => void }) {
  if ('assessment' in answer) return <Assessment assessment={answer.assessment} />;
  return (
    <div class="row">
      <p class="bad">{sayFailure(answer)}</p>
      {answer.failure !== 'off' && (
        <button type="button" onClick={retry}>
          {say('lookUpRetry')}
        </button>
      )}
    </div>
  );
}

/** Every practice with its standing: what speaks against the account open, the rest to be opened. */
export function Assessment({
  assessment: { status, stale, verdicts, page, asOf },
}: {
  assessment: Assessed;
}) {
  const named = verdicts
    .flatMap((verdict) => {
      const practice = practiceOf(verdict);
      return practice ? [{ verdict, practice }] : [];
    })
    .sort((one, other) => ORDER.indexOf(one.verdict.standing) - ORDER.indexOf(other.verdict.standing));
  return (
    <div class="assessment">
      {stale && <p class="notice">{say('lookUpStale', sayMoment(asOf))}</p>}
      {status === 'unknown' && <p class="notice">{say('lookUpUnknown')}</p>}
      {status === 'not-listed' && <p class="notice">{say('lookUpNotListed')}</p>}
      {status === 'assessed' && named.length === 0 && <p class="notice">{say('lookUpNothing')}</p>}
      <ul class="verdicts">
        {named.map(({ verdict, practice }) => (
          <li key={verdict.practice}>
            <Held verdict={verdict} practice={practice} />
          </li>
        ))}
      </ul>
      {status === 'assessed' && (
        <p>
          <a href={page} target="_blank" rel="noopener noreferrer">
            {say('seeEvidence')}
            <span class="unseen"> {say('opensInNewTab')}</span>
          </a>
        </p>
      )}
    </div>
  );
}

function Held({ verdict, practice }: { verdict: HeldVerdict; practice: Practice }) {
  const { standing, statement, asOf, reviewAt } = verdict;
  const missing = missingOf(verdict);
  const caveats = caveatsOf(verdict);
  return (
    <details open={ADVERSE.includes(standing)}>
      <summary>
        <Icon practice={practice} />
        <span class="practice-standing">
          <span class="practice">{say(practice.name)}</span>
          <span class={`standing ${standing}`}>{say(STANDINGS_IN_FULL[standing])}</span>
        </span>
      </summary>
      <Statement text={statement} />
      <Review verdict={verdict} />
      {missing.length > 0 && (
        <ul class="plain-list" aria-label={say('lookUpMissing')}>
          {missing.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {caveats.length > 0 && <p class="hint">{caveats.map((caveat) => say(caveat)).join(' ')}</p>}
      <p class="hint">
        {reviewAt === null
          ? say('factAsOf', sayDay(asOf))
          : say('factAsOfReview', sayDay(asOf, 'without year'), sayDay(reviewAt))}
      </p>
    </details>
  );
}

/** What people said to a verdict: a moderator who looked at it, and the account's owner. */
export function Review({
  verdict,
}: {
  verdict: Pick<HeldVerdict, 'standing' | 'disputed' | 'rebuttal' | 'reviewedAt'>;
}) {
  const { disputed, rebuttal } = verdict;
  const reviewed = sayReviewed(verdict);
  return (
    <>
      {reviewed !== null && <p class="notice">{reviewed}</p>}
      {rebuttal ? (
        <div class="notice">
          <p>{say('reportRebuttal', sayDay(rebuttal.at))}</p>
          {/* Their own language, and their own direction of writing. */}
          <p class="statement" dir="auto" lang="">
            {rebuttal.text}
          </p>
        </div>
      ) : (
        disputed && <p class="notice">{say('disputedNote')}</p>
      )}
    </>
  );
}

/** A statement with its numbers emphasised, in the language in which services write them. */
export function Statement({ text }: { text: string }) {
  return (
    <p class="statement" lang="en">
      {piecesOf(text).map((piece, index) => (piece.strong ? <b key={index}>{piece.text}</b> : piece.text))}
    </p>
  );
}

export function Icon({ practice }: { practice: Practice }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={practice.icon} />
    </svg>
  );
}

const ADVERSE: Standing[] = ['confirmed', 'likely', 'signs'];
const ORDER: Standing[] = [...ADVERSE, 'cleared', 'not-found', 'unknown'];

function sayFailure(answer: Exclude<Answer, { assessment: Assessed }>): string {
  switch (answer.failure) {
    case 'away':
      return say('lookUpAway');
    case 'invalid':
      return say('lookUpInvalid');
    case 'off':
      return say('lookUpOff');
    case 'too-many-requests':
      return answer.retryAt === undefined
        ? say('lookUpTooMany')
        : say('lookUpTooManyUntil', sayMoment(answer.retryAt));
  }
}
