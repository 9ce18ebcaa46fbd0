import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { contributionView } from '../contribution/requests';
import { PageHead } from '../PageHead';
import type { Sent, Weighed } from '../report/answers';
import type { ReportsView } from '../report/reporting';
import { reportsView, sentReports, tryReports, weighedReports } from '../report/requests';
import { useReports } from '../report/useReports';
import { sayHost } from '../account/words';
import { WayOut } from '../options/Contribution';
import { say } from '../words';
import { SentReport } from './SentReport';
import { WaitingReport } from './WaitingReport';

/** What the service has; `away`: it did not answer. */
interface There {
  reports: Sent[];
  next: string | null;
  isAway: boolean;
}

/** What the user reported: what waits on this device, what the service made of the rest, and the way out. */
export function MyReports() {
  const [view, setView] = useState<ReportsView | null>(null);
  const [erasing, setErasing] = useState(false);
  const [there, setThere] = useState<There | null>(null);
  const [weighed, setWeighed] = useState<Weighed | null>(null);
  const [done, setDone] = useState('');
  const latest = useRef(0);

  const look = useCallback(async () => {
    const mine = ++latest.current;
    const [seen, given] = await Promise.all([reportsView(), contributionView()]);
    if (seen === null || latest.current !== mine) return;
    setView(seen);
    setErasing(given?.toldTo.some(({ service, erasing }) => service === seen.service && erasing) === true);
    const [page, trust] = await Promise.all([sentReports(null), weighedReports()]);
    // What was asked later knows better.
    if (latest.current !== mine) return;
    setWeighed(trust);
    setThere((former) =>
      page === null
        ? { reports: former?.reports ?? [], next: null, isAway: true }
        : { ...page, isAway: false },
    );
  }, []);
  useReports(() => void look());
  useEffect(() => {
    const lookAgain = () => void look();
    lookAgain();
    addEventListener('online', lookAgain);
    return () => {
      removeEventListener('online', lookAgain);
    };
  }, [look]);

  const more = async (after: string) => {
    const page = await sentReports(after);
    if (page)
      setThere((former) => ({
        ...page,
        reports: [...(former?.reports ?? []), ...page.reports],
        isAway: false,
      }));
  };
  const again = async () => {
    setDone(say('reportsTrying'));
    await tryReports();
    await look();
    setDone('');
  };

  const waiting = view?.waiting ?? [];
  // What is being taken back shows there only.
  const reports = (there?.reports ?? []).filter(({ id }) => waiting.every(({ report }) => report !== id));
  return (
    <>
      <PageHead here="reports" {...(view && { lead: say('reportsLead', sayHost(view.service)) })} />
      {waiting.length > 0 && (
        <section aria-labelledby="waiting">
          <div class="row">
            <h2 id="waiting">{say('reportsWaiting')}</h2>
            <button type="button" onClick={() => void again()}>
              {say('reportsTryNow')}
            </button>
          </div>
          <p class="hint">{say('reportsWaitingHint')}</p>
          <ul class="reports">
            {waiting.map((one) => (
              <WaitingReport key={one.id} waiting={one} done={setDone} />
            ))}
          </ul>
        </section>
      )}
      {view && there && (
        <section aria-labelledby="sent">
          <h2 id="sent">{say('reportsSent')}</h2>
          {there.isAway && (
            <div class="row">
              <p class="bad">{say('reportsAway', sayHost(view.service))}</p>
              <button type="button" onClick={() => void look()}>
                {say('lookUpRetry')}
              </button>
            </div>
          )}
          {!there.isAway && reports.length === 0 && <p class="muted">{say('reportsNone')}</p>}
          <ul class="reports">
            {reports.map((one) => (
              <SentReport key={one.id} report={one} service={view.service} done={setDone} />
            ))}
          </ul>
          <MoreButton next={there.next} more={more} />
        </section>
      )}
      {view?.publicId != null && (
        <section aria-labelledby="weighed">
          <h2 id="weighed">{say('reportsWeighed')}</h2>
          {weighed?.explanation != null && <p lang="en">{weighed.explanation}</p>}
          <p class="hint">{say('reportsWeighedHint')}</p>
          <WayOut
            told={{ service: view.service, publicId: view.publicId, erasing }}
            tell={({ text }) => {
              setDone(text);
              void look();
            }}
          />
        </section>
      )}
      <p role="status">{done}</p>
    </>
  );
}

function MoreButton({ next, more }: { next: string | null; more: (after: string) => Promise<void> }) {
  if (next === null) return null;
  return (
    <div class="row start">
      <button type="button" onClick={() => void more(next)}>
        {say('reportsMore')}
      </button>
    </div>
  );
}
