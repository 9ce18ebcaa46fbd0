import { sayAccount, sayNetwork } from '../account/words';
import type { ShownAccount } from '../lookup/account';
import { practiceOf } from '../practices';
import { say, sayDay, type MessageKey } from '../words';
import type { NewReport, ToldMessage } from './draft';
import type { Fields } from './fields';
import { DELAYS, KINDS } from './sayings';

interface WhatIsSentProps {
  account: ShownAccount | null;
  fields: Fields;
  message: ToldMessage | null;
  body: string | null;
}

/** Everything that would be sent, in words and to the letter. */
export function WhatIsSent({ account, fields: { practice, text }, message, body }: WhatIsSentProps) {
  if (account === null || practice === null || body === null) {
    return (
      <section class="what-is-sent" aria-labelledby="report-sent">
        <h2 id="report-sent">{say('reportWhatIsSent')}</h2>
        <p class="muted">{say('reportWhatIsSentEmpty')}</p>
      </section>
    );
  }
  const { note, dates } = JSON.parse(body) as NewReport;
  const named = practiceOf({ practice });
  const lines: [MessageKey, string][] = [
    ['reportSentAccount', `${sayAccount(account)} (${sayNetwork(account.network)})`],
    ['reportSentPractice', named ? say(named.name) : practice],
  ];
  if (message) {
    lines.push(
      ['reportSentFingerprint', say('reportSentFingerprintValue', message.fingerprint.slice(0, 8))],
      ['reportKind', say(KINDS[message.kind])],
      ['reportSentDelay', sayDelay(message.delaySeconds)],
      ['reportSentLink', say(message.hasLink ? 'reportYes' : 'reportNo')],
    );
  }
  if (dates) {
    lines.push(['reportSentFollowed', sayDay(dates.followedAt)]);
    if (dates.leftAt) lines.push(['reportSentLeft', sayDay(dates.leftAt)]);
  }
  if (note) lines.push(['reportSentNote', note]);
  return (
    <section class="what-is-sent" aria-labelledby="report-sent">
      <h2 id="report-sent">{say('reportWhatIsSent')}</h2>
      <dl class="terms">
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{say(label)}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
      {message && text !== '' && <p class="hint">{say('reportTextStays')}</p>}
      <Literal body={body} />
    </section>
  );
}

/** The JSON as it goes. */
export function Literal({ body }: { body: string }) {
  return (
    <details>
      <summary>{say('reportLiteral')}</summary>
      <pre class="literal" tabIndex={0} role="group" aria-label={say('reportLiteral')}>
        {body}
      </pre>
    </details>
  );
}

function sayDelay(seconds: number | null): string {
  const [, name] = DELAYS.find(([known]) => known === seconds) ?? [];
  return say(name ?? 'reportDelayUnknown');
}
