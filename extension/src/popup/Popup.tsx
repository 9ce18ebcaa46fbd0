import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { findOne, pageReport, serviceStatus, showAgain } from '../ask';
import { hiddenAccounts, hidingKey } from '../hidden';
import type { Listing } from '../lookup/lookup';
import type { Found, PageReport, ServiceStatus } from '../messages';
import { practiceOf, STANDINGS } from '../practices';
import { say, sayMoment, sayNumber } from '../words';

interface Seen {
  page: PageReport | null;
  found: Found | null;
  service: ServiceStatus | null;
  hidden: number;
}

/** What is known about the page, how the service is, and what the user hid. */
export function Popup() {
  const [seen, setSeen] = useState<Seen | null>(null);
  const look = async () => {
    const [page, service] = await Promise.all([pageReport(), serviceStatus()]);
    const found = page?.profile ? await findOne(page.profile) : null;
    setSeen({ page, service, found, hidden: (await hiddenAccounts()).length });
  };
  useEffect(() => void look(), []);

  return (
    <>
      <h1>{say('extensionName')}</h1>
      <section aria-live="polite">
        <h2>{say('popupAccount')}</h2>
        {seen && <OnThisPage seen={seen} changed={look} />}
      </section>
      <section aria-live="polite">
        <h2>{say('popupService')}</h2>
        {seen ? <Service status={seen.service} /> : <p class="muted">{say('popupAsking')}</p>}
      </section>
      <footer class="row">
        <button class="plain" type="button" onClick={() => void browser.runtime.openOptionsPage()}>
          {say('openOptions')}
        </button>
        <span class="muted">{seen && sayHidden(seen.hidden)}</span>
      </footer>
    </>
  );
}

function OnThisPage({
  seen: { page, found, service },
  changed,
}: {
  seen: Seen;
  changed: () => Promise<void>;
}) {
  if (page === null) return <p>{say('popupOtherSite')}</p>;
  if (page.changed) return <p class="notice">{say('popupChanged')}</p>;
  if (page.profile === null) return <p>{say('popupNoProfile')}</p>;

  const name = page.profile.handle ?? page.profile.nativeId ?? '';
  const listing = found?.listing ?? null;
  if (listing === null) {
    // Without a list nothing can be said, not even that there is nothing.
    return <p>{service?.held ? say('popupNothingListedFor', name) : say('popupNoList')}</p>;
  }
  if (found?.hidden) return <Hidden name={name} listing={listing} changed={changed} />;
  return (
    <>
      <p class="name">{name}</p>
      {listing.verdicts.map((verdict) => {
        const practice = practiceOf(verdict);
        return (
          practice && (
            <>
              <p class="verdict">
                {say(practice.name)}{' '}
                <span class={`standing ${verdict.standing}`}>{say(STANDINGS[verdict.standing])}</span>
              </p>
              <p>{verdict.statement}</p>
            </>
          )
        );
      })}
      {listing.confirmed || <p class="notice">{say('awayNote', sayMoment(listing.checkedAt))}</p>}
      <p>
        <a href={listing.page} target="_blank" rel="noopener noreferrer">
          {say('seeEvidence')}
        </a>
      </p>
    </>
  );
}

function Hidden({
  name,
  listing,
  changed,
}: {
  name: string;
  listing: Listing;
  changed: () => Promise<void>;
}) {
  const undo = async () => {
    await showAgain(hidingKey(listing.account) ?? '');
    await changed();
  };
  return (
    <p class="row">
      <span>{say('popupHiddenFor', name)}</span>
      <button class="plain" type="button" onClick={() => void undo()}>
        {say('showAgain')}
      </button>
    </p>
  );
}

function Service({ status }: { status: ServiceStatus | null }) {
  if (status === null) return <p class="bad">{say('serviceAway')}</p>;
  const { held, address, checkedAt } = status;
  return (
    <>
      {held?.demo && <p class="notice">{say('serviceDemo')}</p>}
      <dl>
        <Line term={say('serviceState')} bad={status.outcome !== 'good'}>
          {say(STATES[status.outcome])}
        </Line>
        <Line term={say('serviceAddress')}>{address}</Line>
        <Line term={say('serviceList')}>
          {held
            ? say('serviceListValue', sayNumber(held.version), sayNumber(held.entries))
            : say('serviceListNone')}
        </Line>
        {held && <Line term={say('servicePublished')}>{sayMoment(held.publishedAt)}</Line>}
        {checkedAt !== null && <Line term={say('serviceChecked')}>{sayMoment(checkedAt)}</Line>}
      </dl>
    </>
  );
}

const STATES = { good: 'serviceReachable', away: 'serviceAway', invalid: 'serviceInvalid' } as const;

function Line({ term, bad = false, children }: { term: string; bad?: boolean; children: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd class={bad ? 'bad' : ''}>{children}</dd>
    </div>
  );
}

function sayHidden(count: number): string {
  if (count === 0) return say('hiddenCountNone');
  return count === 1 ? say('hiddenCountOne') : say('hiddenCountMany', sayNumber(count));
}
