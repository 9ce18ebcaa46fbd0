import { sayHost } from '../account/words';
import { openFor } from '../handover';
import type { NewReport } from '../report/draft';
import { practiceOf } from '../practices';
import type { Waiting } from '../report/queue';
import { withdrawWaiting } from '../report/requests';
import { Literal } from '../report/WhatIsSent';
import { say, sayMoment } from '../words';
import { parseNamed } from './named';

interface WaitingReportProps {
  waiting: Waiting;
  done: (text: string) => void;
}

/** A report that has not arrived yet, or was refused, or is on its way back. */
export function WaitingReport({ waiting, done }: WaitingReportProps) {
  const { id, service, shown, body, at, refused, withdrawn, failures, notBefore } = waiting;
  const { account, practice, note, message } = JSON.parse(body) as NewReport;
  const named = practiceOf({ practice });
  const takeBack = async () => {
    const isDone = await withdrawWaiting(id);
    done(isDone === true ? say('reportsNotSent', shown) : say('reportWithdrawLater', sayHost(service)));
  };
  const edit = () =>
    openFor('report', {
      account: parseNamed(account),
      practice,
      ...(note && { note }),
      hadMessage: message !== undefined,
    });
  return (
    <li>
      <div class="report-line">
        <span>
          <bdi class="name">{shown}</bdi> · {named ? say(named.name) : practice}
        </span>
        <span class="standing">{say(stateOf(waiting))}</span>
      </div>
      <p class="hint">
        {sayMoment(at)}, {sayHost(service)}
        {refused === null && failures > 0 && ` · ${say('reportsRetry', sayMoment(notBefore))}`}
      </p>
      {refused !== null && refused !== '' && (
        <p class="notice" lang="en">
          {refused}
        </p>
      )}
      <Literal body={body} />
      {!withdrawn && (
        <div class="links">
          <button
            class="plain"
            type="button"
            aria-label={`${say('reportEdit')}: ${shown}`}
            onClick={() => void edit()}
          >
            {say('reportEdit')}
          </button>
          <button
            class="plain"
            type="button"
            aria-label={`${say('reportWithdraw')}: ${shown}`}
            onClick={() => void takeBack()}
          >
            {say('reportWithdraw')}
          </button>
        </div>
      )}
    </li>
  );
}

function stateOf({ withdrawn, refused }: Waiting) {
  if (withdrawn) return 'reportWithdrawing';
  return refused === null ? 'reportsStateWaiting' : 'reportsStateRefused';
}
