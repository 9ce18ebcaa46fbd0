import { browser } from 'wxt/browser';
import { reporter } from '../contribution/contribution';
import { indexedDbShelf } from '../lookup/shelf';
import { isOwnPage } from '../ownPage';
import { serviceAddress } from '../settings';
import { openReportDoor } from './door';
import { makeReporting, type Reporting } from './reporting';
import { parseReportRequest, REPORTS, type ReportRequest } from './requests';

const ALARM = 'reports';

/** Answers the pages about reports and wakes when one is to be tried again. Called once, as the background starts. */
export function startReports(): Reporting {
  const reporting = makeReporting({
    // Content scripts cannot reach it, which they can `storage.local`.
    shelf: indexedDbShelf('reports'),
    door: openReportDoor(),
    reporter,
    service: serviceAddress,
    changed: () => {
      announce(null);
    },
    progressed: announce,
    now: Date.now,
    random: Math.random,
  });

  const setAlarm = async () => {
    const at = await reporting.nextTry();
    if (at === null) await browser.alarms.clear(ALARM);
    else await browser.alarms.create(ALARM, { when: at });
  };

  browser.runtime.onMessage.addListener(
    (message: unknown, sender, sendResponse: (answer: unknown) => void) => {
      const request = isOwnPage(sender) ? parseReportRequest(message) : null;
      if (request === null) return false;
      void answer(reporting, request)
        .then(sendResponse, () => {
          sendResponse(undefined);
        })
        .then(setAlarm);
      return true; // the answer comes later
    },
  );
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) void reporting.attend().then(setAlarm);
  });
  // An update of the extension, or of the browser, may have dropped it.
  void setAlarm();
  return reporting;
}

function answer(reporting: Reporting, request: ReportRequest): Promise<unknown> {
  switch (request.ask) {
    case 'view':
      return reporting.view();
    case 'send':
      return reporting.send(request.order);
    case 'try':
      return reporting.attend(true);
    case 'sent':
      return reporting.sent(request.after);
    case 'weighed':
      return reporting.weighed();
    case 'withdraw-waiting':
      return reporting.withdrawWaiting(request.id);
    case 'withdraw-sent':
      return reporting.withdrawSent(request.service, request.report);
  }
}

function announce(news: number | null): void {
  const channel = new BroadcastChannel(REPORTS);
  channel.postMessage(news);
  channel.close();
}
