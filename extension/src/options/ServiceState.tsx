import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { ServiceStatus } from '../messages';
import { permissionFor } from '../settings';
import { say, sayMoment, sayNumber, type MessageKey } from '../words';

/** How the service is: whether it answers, what list it has, how old that is, and what is wrong. */
export function ServiceState({ status }: { status: ServiceStatus | null }) {
  const permitted = usePermitted(status?.address ?? null);
  if (status === null) return <p class="bad">{say('serviceAway')}</p>;
  const { held, address, checkedAt, outcome } = status;
  const trouble = troubleOf(outcome, permitted);
  return (
    <>
      {held?.demo && <p class="notice">{say('serviceDemo')}</p>}
      <dl>
        <Line term={say('serviceState')} bad={outcome !== 'good'}>
          {say(STATES[outcome])}
        </Line>
        <Line term={say('serviceAddress')}>{address}</Line>
        <Line term={say('serviceList')}>
          {held
            ? say('serviceListValue', sayNumber(held.version), sayNumber(held.entries))
            : say('serviceListNone')}
        </Line>
        {held && (
          <Line term={say('servicePublished')}>
            {say('serviceWhen', sayMoment(held.publishedAt), sayAge(Date.parse(held.publishedAt)))}
          </Line>
        )}
        {checkedAt !== null && <Line term={say('serviceChecked')}>{sayMoment(checkedAt)}</Line>}
      </dl>
      {trouble && <p class="hint">{say(trouble)}</p>}
    </>
  );
}

const STATES = { good: 'serviceReachable', away: 'serviceAway', invalid: 'serviceInvalid' } as const;

function troubleOf(outcome: ServiceStatus['outcome'], permitted: boolean): MessageKey | null {
  if (outcome === 'good') return null;
  if (outcome === 'invalid') return 'serviceTroubleInvalid';
  if (!permitted) return 'serviceTroublePermission';
  return navigator.onLine ? 'serviceTroubleAway' : 'serviceTroubleOffline';
}

/** Whether the browser lets us reach the service: users may take that back at any time. */
function usePermitted(address: string | null): boolean {
  const [permitted, setPermitted] = useState(true);
  useEffect(() => {
    const origin = address === null ? null : permissionFor(address);
    if (origin !== null) void browser.permissions.contains({ origins: [origin] }).then(setPermitted);
  }, [address]);
  return permitted;
}

/** How long ago, in the largest unit of which there is a whole one. */
function sayAge(moment: number): string {
  const minutes = Math.max(0, Math.round((Date.now() - moment) / 60_000));
  const format = new Intl.RelativeTimeFormat(say('locale'), { numeric: 'auto' });
  if (minutes < 60) return format.format(-minutes, 'minute');
  if (minutes < 48 * 60) return format.format(-Math.floor(minutes / 60), 'hour');
  return format.format(-Math.floor(minutes / (24 * 60)), 'day');
}

function Line({ term, bad = false, children }: { term: string; bad?: boolean; children: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd class={bad ? 'bad' : ''}>{children}</dd>
    </div>
  );
}
