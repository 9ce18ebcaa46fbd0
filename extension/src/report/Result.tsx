import { useEffect, useRef, useState } from 'preact/hooks';
import { sayHost } from '../account/words';
import { say, sayMoment } from '../words';
import type { Ordered } from './ReportPage';
import { withdrawSent, withdrawWaiting } from './requests';

type Settled = Ordered & { outcome: NonNullable<Ordered['outcome']> };

interface ResultProps {
  ordered: Settled;
  edit: () => void;
  close: () => void;
}

/** How it ended, and how to take it back. */
export function Result({ ordered, edit, close }: ResultProps) {
  const [withdrawing, setWithdrawing] = useState(false);
  /** Whether nothing of it is left; null while it was not taken back. */
  const [withdrawn, setWithdrawn] = useState<boolean | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // What had the focus is gone.
    heading.current?.focus();
  }, [withdrawn]);

  const { outcome, service, id } = ordered;
  const takeBack = async () => {
    setWithdrawing(true);
    const done =
      outcome.state === 'sent' ? await withdrawSent(service, outcome.report) : await withdrawWaiting(id);
    setWithdrawing(false);
    setWithdrawn(done === true);
  };
  const [title, text] = withdrawn === null ? told(ordered) : toldWithdrawn(withdrawn, service);
  const canWithdraw = withdrawn === null && (outcome.state === 'sent' || outcome.state === 'waiting');
  return (
    <section aria-live="polite">
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p>{text}</p>
      {outcome.state === 'refused' && outcome.said !== '' && (
        <p class="notice" lang="en">
          {outcome.said}
        </p>
      )}
      <div class="row start">
        <button class="primary" type="button" onClick={close}>
          {say('reportClose')}
        </button>
        {withdrawn !== false && (
          <button type="button" onClick={edit}>
            {say(withdrawn === null ? 'reportEdit' : 'reportEditAgain')}
          </button>
        )}
        {canWithdraw && (
          <button type="button" aria-disabled={withdrawing} onClick={() => void (withdrawing || takeBack())}>
            {say(withdrawing ? 'reportWithdrawing' : 'reportWithdraw')}
          </button>
        )}
        <a href="/reports.html">{say('reportsTitle')}</a>
      </div>
    </section>
  );
}

function told({ outcome, service, shown }: Settled): [title: string, text: string] {
  const host = sayHost(service);
  switch (outcome.state) {
    case 'sent':
      return [say('reportDone', shown), say('reportDoneText', host)];
    case 'waiting':
      return [
        say('reportWaits'),
        outcome.tooMany
          ? say('reportWaitsTooMany', host, sayMoment(outcome.retryAt))
          : say('reportWaitsAway', host),
      ];
    case 'refused':
      return [say('reportRefused'), say('reportRefusedText', host)];
    case 'full':
      return [say('reportNotTaken'), say('reportFull')];
    case 'gone':
      return [say('reportNotTaken'), say('reportGone')];
    case 'failed':
      return [say('reportNotTaken'), say('reportFailed')];
  }
}

function toldWithdrawn(isDone: boolean, service: string): [title: string, text: string] {
  const host = sayHost(service);
  return isDone
    ? [say('reportWithdrawn'), say('reportWithdrawnText', host)]
    : [say('reportWithdrawing'), say('reportWithdrawLater', host)];
}
