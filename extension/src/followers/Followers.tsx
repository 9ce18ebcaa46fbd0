import { useEffect, useRef, useState } from 'preact/hooks';
import { serviceStatus } from '../ask';
import { ownAccounts, type OwnAccount } from '../ledger/ownAccounts';
import type { ServiceStatus } from '../messages';
import { followerSources } from '../networks/sources';
import { PageHead } from '../PageHead';
import { say, sayMoment } from '../words';
import { lookUp, wait } from './asking';
import { checkFollowers, type Check, type Progress } from './check';
import { CheckProgress } from './CheckProgress';
import { Choice } from './Choice';
import { Results } from './Results';

interface Running {
  own: OwnAccount;
  everybody: boolean;
  startedAt: string;
}

/** The whole follower list of one account, checked on this device. */
export function Followers() {
  const [known, setKnown] = useState<OwnAccount[] | null>(null);
  const [running, setRunning] = useState<Running | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [service, setService] = useState<ServiceStatus | 'no-answer' | null>(null);
  const check = useRef<Check | null>(null);
  useEffect(() => void ownAccounts().then(setKnown), []);

  const askService = async () => {
    const status = (await serviceStatus()) ?? 'no-answer';
    setService(status);
    return status !== 'no-answer' && status.held !== null;
  };
  const start = async (own: OwnAccount, everybody: boolean) => {
    const source = followerSources(own.network);
    if (source === null) return;
    check.current?.cancel();
    setProgress(null);
    setRunning(null);
    // Without a list nothing can be said of anybody, not even that there is nothing.
    if (!(await askService())) return;
    setRunning({ own, everybody, startedAt: new Date().toISOString() });
    const tell = (told: Progress) => {
      setProgress(told);
      // A service that went away meanwhile leaves gaps, and the reader must know.
      if (told.state === 'done') void askService();
    };
    check.current = checkFollowers(own, everybody, { source, lookUp, wait, now: Date.now, tell });
  };

  const busy = progress !== null && ['walking', 'paused', 'waiting'].includes(progress.state);
  useEffect(() => {
    if (!busy) return;
    // The browser asks first: a long list is not read twice for a slip.
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => {
      removeEventListener('beforeunload', ask);
    };
  }, [busy]);
  return (
    <>
      <PageHead here="followers" lead={say('followersIntroduction')} />
      {known !== null && <Choice known={known} busy={busy} start={start} />}
      <ServiceNotice service={service} />
      {running && progress && (
        <>
          <CheckProgress own={running.own} progress={progress} check={check.current} />
          <Results key={running.startedAt} running={running} progress={progress} />
        </>
      )}
    </>
  );
}

function ServiceNotice({ service }: { service: ServiceStatus | 'no-answer' | null }) {
  if (service === null) return null;
  const text = noticeOf(service);
  return (
    <p role="alert" class={text === null ? 'empty' : 'notice'}>
      {text}
    </p>
  );
}

function noticeOf(service: ServiceStatus | 'no-answer'): string | null {
  if (service === 'no-answer') return say('followersNoAnswer');
  if (service.held === null) return say('followersNoList');
  if (service.held.demo) return say('serviceDemo');
  if (service.outcome === 'good') return null;
  return say('followersServiceAway', sayMoment(service.checkedAt ?? service.held.publishedAt));
}
