import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { sayAccount } from '../account/words';
import { onHandedOver } from '../handover';
import { serviceAddress } from '../settings';
import { say } from '../words';
import { bodyOf, type ToldMessage } from './draft';
import { draftOf, fieldsFor, messageIn, type Fields } from './fields';
import { ReportForm } from './ReportForm';
import type { Outcome } from './reporting';
import { reportsView, sendReport } from './requests';
import { Result } from './Result';
import type { Subject } from './subject';
import { useReports } from './useReports';

/** An order to send, and how it ended; null while it is on its way. */
export interface Ordered {
  id: string;
  service: string;
  shown: string;
  outcome: Outcome | { state: 'failed' } | null;
}

/** The dialog in which an account is reported, in a tab of its own: a page could cover one of its own, or press in it. */
export function ReportPage() {
  const [subject, setSubject] = useState<Subject>({});
  useEffect(() => onHandedOver('report', setSubject), []);
  const isPrivate = subject.isPrivate === true || browser.extension.inIncognitoContext;
  return (
    <>
      <header class="page-head">
        <span class="brand">
          <img src="/icon/64.png" alt="" width="20" height="20" />
          {say('extensionName')}
        </span>
        <h1>{say('reportTitle')}</h1>
      </header>
      {isPrivate ? (
        <>
          <p class="notice">{say('reportNotPrivate')}</p>
          <div class="row start">
            <button type="button" onClick={() => void closeTab()}>
              {say('reportClose')}
            </button>
          </div>
        </>
      ) : (
        <Dialog key={JSON.stringify(subject)} subject={subject} />
      )}
    </>
  );
}

function Dialog({ subject }: { subject: Subject }) {
  const [fields, setFields] = useState<Fields>(() => fieldsFor(subject));
  const [message, setMessage] = useState<ToldMessage | null>(null);
  const [service, setService] = useState<string | null>(null);
  const [ordered, setOrdered] = useState<Ordered | null>(null);
  const share = useReports(() => undefined);
  useEffect(() => void serviceAddress().then(setService), []);
  const { text, names, kind, delaySeconds, practice, account, typed } = fields;
  useEffect(() => {
    let isOver = false;
    void messageIn(fields).then((told) => {
      if (!isOver) setMessage(told);
    });
    return () => {
      isOver = true;
    };
  }, [text, names, kind, delaySeconds, practice, account, typed]);

  const draft = draftOf(fields, message, subject.departure);
  const body = draft && bodyOf(draft);
  const isFirst = useIsFirst(service);

  const send = async (address: string) => {
    if (draft === null || body === null) return;
    const order = { id: crypto.randomUUID(), service: address, shown: sayAccount(draft.account) };
    setOrdered({ ...order, outcome: null });
    // The very text that is shown, whatever was typed since.
    const outcome = (await sendReport({ ...order, body })) ?? (await whatCameOf(order.id));
    setOrdered({ ...order, outcome });
  };

  if (ordered?.outcome) {
    return (
      <Result
        ordered={{ ...ordered, outcome: ordered.outcome }}
        edit={() => {
          setOrdered(null);
        }}
        close={() => void closeTab()}
      />
    );
  }
  return (
    <ReportForm
      fields={fields}
      set={(changed) => {
        setFields((former) => ({ ...former, ...changed }));
      }}
      message={message}
      subject={subject}
      body={body}
      service={service}
      isFirst={isFirst}
      sending={ordered !== null}
      share={share}
      send={send}
      cancel={() => void closeTab()}
    />
  );
}

/** Whether the service does not know the user yet, so that the first report buys a number there. */
function useIsFirst(service: string | null): boolean {
  const [isFirst, setIsFirst] = useState(false);
  useEffect(() => {
    void reportsView().then((view) => {
      setIsFirst(view?.publicId === null);
    });
  }, [service]);
  return isFirst;
}

/** The background was stopped before it could answer: what it took is on its list. */
async function whatCameOf(id: string): Promise<Outcome | { state: 'failed' }> {
  const waiting = (await reportsView())?.waiting.find((one) => one.id === id);
  if (waiting === undefined) return { state: 'failed' };
  return { state: 'waiting', retryAt: waiting.notBefore, tooMany: false };
}

async function closeTab(): Promise<void> {
  const tab = await browser.tabs.getCurrent();
  if (tab?.id !== undefined) await browser.tabs.remove(tab.id);
}
