import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { Icon, Review, Statement } from '../account/Assessment';
import { LookUp, useLookUp } from '../account/LookUp';
import { sayAccount, sayNetwork } from '../account/words';
import { findOne, hideBadges, pageReport, serviceStatus, showAgain } from '../ask';
import { openFor } from '../handover';
import { hiddenAccounts, hiddenKeys } from '../hidden';
import type { Between, Departure } from '../ledger/departure';
import { accountKeys, type ShownAccount } from '../lookup/account';
import type { Answer } from '../lookup/answer';
import type { Listing } from '../lookup/lookup';
import type { Found, PageReport, ServiceStatus } from '../messages';
import { ServiceState } from '../options/ServiceState';
import { choices, serviceAddress } from '../settings';
import { practiceOf, STANDINGS } from '../practices';
import { say, sayMoment, sayNumber } from '../words';
import { AddSite } from './AddSite';
import { departuresWithinAWeek } from './departures';

interface Seen {
  page: PageReport | null;
  found: Found | null;
  /** Under which keys the account on this page is hidden. */
  hiddenAs: string[];
  /** Whether its network is looked up at all. */
  on: boolean;
  service: string;
  hidden: number;
  departures: number | null;
}

/** What is known about the page, who left the user, how the service is, and what the user hid. */
export function Popup() {
  const [seen, setSeen] = useState<Seen | null>(null);
  // Undefined until it has answered, which takes a while when it is away.
  const [status, setStatus] = useState<ServiceStatus | null>();
  const look = async () => {
    setSeen(await lookAround());
  };
  useEffect(() => {
    void look();
    void serviceStatus().then(async (answered) => {
      setStatus(answered);
      await look();
    });
  }, []);

  return (
    <>
      <h1>{say('extensionName')}</h1>
      <section aria-live="polite">
        <h2>{say('popupAccount')}</h2>
        {seen && <OnThisPage seen={seen} status={status} changed={look} />}
      </section>
      <section>
        <h2>{say('popupFollowers')}</h2>
        {seen && <p>{sayDepartures(seen.departures)}</p>}
        <nav class="links" aria-label={say('popupFollowers')}>
          <a href="/record.html" target="_blank">
            {say('popupRecord')}
          </a>
          <a href="/followers.html" target="_blank">
            {say('popupCheckFollowers')}
          </a>
        </nav>
      </section>
      <section aria-live="polite">
        <h2>{say('popupService')}</h2>
        {status === undefined ? <p class="muted">{say('popupAsking')}</p> : <ServiceState status={status} />}
      </section>
      <footer class="row">
        <span class="links">
          <button class="plain" type="button" onClick={() => void browser.runtime.openOptionsPage()}>
            {say('openOptions')}
          </button>
          <a href="/account.html" target="_blank">
            {say('popupOtherAccount')}
          </a>
          <a href="/reports.html" target="_blank">
            {say('reportsTitle')}
          </a>
        </span>
        {seen !== null && seen.hidden > 0 && <span class="muted">{sayHidden(seen.hidden)}</span>}
      </footer>
    </>
  );
}

async function lookAround(): Promise<Seen> {
  const [page, chosen, service, hidden, departures] = await Promise.all([
    pageReport(),
    choices(),
    serviceAddress(),
    hiddenAccounts(),
    departuresWithinAWeek(),
  ]);
  const profile = page?.profile ?? null;
  const found = profile && (await findOne(profile, page?.isPrivate === true));
  const names = [profile, found?.listing?.account].filter((name) => name != null);
  return {
    page,
    found,
    hiddenAs: await hiddenKeys(names),
    on: profile === null || chosen.networks[profile.network],
    service,
    hidden: hidden.length,
    departures,
  };
}

interface OnThisPageProps {
  seen: Seen;
  status: ServiceStatus | null | undefined;
  changed: () => Promise<void>;
}

function OnThisPage({ seen, status, changed }: OnThisPageProps) {
  const { page, on } = seen;
  if (page === null) return <AddSite added={changed} />;
  if (page.changed) return <p class="notice">{say('popupChanged')}</p>;
  if (page.profile === null) return <p>{say('popupNoProfile')}</p>;
  if (!on) return <p>{say('popupNetworkOff', sayNetwork(page.profile.network))}</p>;
  return (
    <Profile
      key={accountKeys(page.profile).join(' ')}
      account={page.profile}
      seen={seen}
      status={status}
      changed={changed}
    />
  );
}

function Profile({ account, seen, status, changed }: OnThisPageProps & { account: ShownAccount }) {
  const { found, hiddenAs, service } = seen;
  const lookUp = useLookUp();
  const name = sayAccount(account);
  const listing = found?.listing ?? null;
  const departure = found?.departure ?? null;
  const isHidden = hiddenAs.length > 0;
  const hide = async () => {
    await hideBadges(listing?.account ?? account, seen.page?.isPrivate === true);
    await changed();
  };
  const undo = async () => {
    for (const key of hiddenAs) await showAgain(key);
    await changed();
  };
  return (
    <>
      <p class="name">{name}</p>
      <p class="row">
        <span class="muted">{sayNetwork(account.network)}</span>
        {!isHidden && (listing ?? departure) && (
          <button class="plain" type="button" onClick={() => void hide()}>
            {say('hideHere')}
          </button>
        )}
      </p>
      {isHidden && (
        <p class="row">
          <span>{say('popupHiddenFor', name)}</span>
          <button class="plain" type="button" onClick={() => void undo()}>
            {say('showAgain')}
          </button>
        </p>
      )}
      {!isHidden && departure && <Left departure={departure} />}
      {/* What was looked up says all of this, and more. */}
      {!isHidden &&
        !isAssessed(lookUp.answer) &&
        (listing ? <Listed listing={listing} /> : <NotListed name={name} status={status} />)}
      <LookUp account={listing?.account ?? account} service={service} lookUp={lookUp} />
      {seen.page?.isPrivate === true ? (
        <p class="hint">{say('reportNotPrivate')}</p>
      ) : (
        <p>
          <button class="plain" type="button" onClick={() => void reportIt(listing?.account ?? account)}>
            {say('reportThisAccount')}
          </button>
        </p>
      )}
    </>
  );
}

/** In a tab of its own, beside the page this popup is about. */
async function reportIt(account: ShownAccount): Promise<void> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  await openFor('report', { account }, tab);
  window.close();
}

function isAssessed(answer: Answer | null): boolean {
  return answer !== null && 'assessment' in answer;
}

function Listed({ listing }: { listing: Listing }) {
  return (
    <>
      {listing.verdicts.map((verdict) => {
        const practice = practiceOf(verdict);
        return (
          practice && (
            <div class="listed" key={verdict.practice}>
              <p class="verdict">
                <Icon practice={practice} />
                <span class="practice-standing">
                  <span class="practice">{say(practice.name)}</span>
                  <span class={`standing ${verdict.standing}`}>{say(STANDINGS[verdict.standing])}</span>
                </span>
              </p>
              <Statement text={verdict.statement} />
              <Review verdict={verdict} />
            </div>
          )
        );
      })}
      {listing.confirmed || <p class="notice">{say('awayNote', sayMoment(listing.checkedAt))}</p>}
      <p>
        <a href={listing.page} target="_blank" rel="noopener noreferrer">
          {say('seeEvidence')}
          <span class="unseen"> {say('opensInNewTab')}</span>
        </a>
      </p>
    </>
  );
}

function NotListed({ name, status }: { name: string; status: ServiceStatus | null | undefined }) {
  if (status === undefined) return <p class="muted">{say('popupAsking')}</p>;
  // Without a list nothing can be said, not even that there is nothing.
  return <p>{status?.held ? say('popupNothingListedFor', name) : say('popupNoList')}</p>;
}

function Left({ departure: { followed, left, uncertain } }: { departure: Departure }) {
  return (
    <div class="departed">
      <p>{say('popupLeft', sayBetween(followed), sayBetween(left))}</p>
      <p class="hint">
        {uncertain ? `${say('popupLeftUncertain')} ${say('popupLeftOnDevice')}` : say('popupLeftOnDevice')}
      </p>
    </div>
  );
}

/** On the reader's own calendar: it is their own record. */
function sayBetween([notBefore, notAfter]: Between): string {
  const format = new Intl.DateTimeFormat(say('locale'), { day: 'numeric', month: 'short', year: 'numeric' });
  const last = new Date(notAfter);
  if (notBefore === null) return say('popupBefore', format.format(last));
  return format.formatRange(new Date(notBefore), last);
}

function sayDepartures(count: number | null): string {
  if (count === null) return say('popupNoRecord');
  if (count === 0) return say('popupDeparturesNone');
  return count === 1 ? say('popupDeparturesOne') : say('popupDeparturesMany', sayNumber(count));
}

function sayHidden(count: number): string {
  return count === 1 ? say('hiddenCountOne') : say('hiddenCountMany', sayNumber(count));
}
