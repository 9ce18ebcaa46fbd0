import { useEffect, useRef, useState } from 'preact/hooks';
import { sayAccount, sayHost, sayNetwork } from '../account/words';
import { openFor } from '../handover';
import type { Sent } from '../report/answers';
import { practiceOf } from '../practices';
import { profileOf } from '../record/told';
import { PRACTICES } from '../settings';
import { withdrawSent } from '../report/requests';
import { STATES } from '../report/sayings';
import { say, sayDay } from '../words';
import { parseNamed } from './named';

interface SentReportProps {
  report: Sent;
  service: string;
  done: (text: string) => void;
}

/** A report as the service holds it: what has become of it, and how to change it or take it back. */
export function SentReport({ report, service, done }: SentReportProps) {
  const { network, name, practice, state, explanation, note, hasMessage, sentAt, updatedAt } = report;
  const named = practiceOf({ practice });
  const known = STATES.get(state);
  const account = parseNamed({ network, name });
  const shown = account === null ? name : sayAccount(account);
  const profile = account && profileOf(account);
  const edit = () => {
    const chosen = PRACTICES.find((id) => id === practice);
    return openFor('report', {
      account,
      ...(chosen && { practice: chosen }),
      ...(note !== null && { note }),
      hadMessage: hasMessage,
    });
  };
  const takeBack = async () => {
    const isDone = await withdrawSent(service, report);
    done(say(isDone === true ? 'reportWithdrawnText' : 'reportWithdrawLater', sayHost(service)));
  };
  const [sent, updated] = [sayDay(sentAt), sayDay(updatedAt)];
  return (
    <li>
      <div class="report-line">
        <span>
          {profile === null ? (
            <bdi class="name">{shown}</bdi>
          ) : (
            <a class="name" href={profile} target="_blank" rel="noreferrer">
              <bdi>{shown}</bdi>
            </a>
          )}{' '}
          <span class="muted">{sayNetwork(network)}</span> · {named ? say(named.name) : practice}
        </span>
        <span class={`standing state-${state}`}>{known === undefined ? state : say(known)}</span>
      </div>
      {explanation !== null && <p lang="en">{explanation}</p>}
      {note !== null && (
        <p class="muted">
          {say('reportsNote')} <bdi>{note}</bdi>
        </p>
      )}
      <p class="hint">
        {sent === updated ? say('reportsSentOn', sent) : say('reportsSentUpdated', sent, updated)}
        {hasMessage && ` · ${say('reportsWithMessage')}`}
      </p>
      <Actions name={shown} edit={edit} takeBack={takeBack} />
    </li>
  );
}

interface ActionsProps {
  name: string;
  edit: () => Promise<void>;
  takeBack: () => Promise<void>;
}

/** A withdrawal is for good, so it is asked for twice. */
function Actions({ name, edit, takeBack }: ActionsProps) {
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    // The button that was pressed is gone: the keyboard goes on where it stood.
    if (asked.current) (sure ? keep : first).current?.focus();
    asked.current = true;
  }, [sure]);
  if (sure) {
    return (
      <div class="links">
        <button
          class="plain bad"
          type="button"
          aria-label={`${say('reportsWithdrawYes')}: ${name}`}
          disabled={busy}
          onClick={() => {
            setBusy(true);
            void takeBack();
          }}
        >
          {say(busy ? 'reportWithdrawing' : 'reportsWithdrawYes')}
        </button>
        <button
          class="plain"
          type="button"
          ref={keep}
          onClick={() => {
            setSure(false);
          }}
        >
          {say('reportsKeep')}
        </button>
      </div>
    );
  }
  return (
    <div class="links">
      <button
        class="plain"
        type="button"
        aria-label={`${say('reportEdit')}: ${name}`}
        onClick={() => void edit()}
      >
        {say('reportEdit')}
      </button>
      <button
        class="plain"
        type="button"
        ref={first}
        aria-label={`${say('reportWithdraw')}: ${name}`}
        onClick={() => {
          setSure(true);
        }}
      >
        {say('reportWithdraw')}
      </button>
    </div>
  );
}
