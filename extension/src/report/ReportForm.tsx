import type { TargetedSubmitEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../account/Assessment';
import { sayAccount, sayHost, sayNetwork } from '../account/words';
import { tellBetween } from '../record/told';
import { practiceOf } from '../practices';
import { PRACTICES, type PracticeId } from '../settings';
import { say, sayNumber } from '../words';
import { datesOf, LONGEST_NOTE, type ToldMessage } from './draft';
import { accountIn, type Fields } from './fields';
import { MessageFields } from './MessageFields';
import { SEEN } from './sayings';
import type { Subject } from './subject';
import { WhatIsSent } from './WhatIsSent';

/** How the parts of the form hand on what was typed and chosen. */
export interface Filling {
  fields: Fields;
  set: (changed: Partial<Fields>) => void;
}

interface ReportFormProps extends Filling {
  message: ToldMessage | null;
  subject: Subject;
  /** The literal text that would go now; null while something is missing. */
  body: string | null;
  service: string | null;
  isFirst: boolean;
  sending: boolean;
  share: number | null;
  send: (service: string) => Promise<void>;
  cancel: () => void;
}

/** What is reported, in the reporter's words, and beneath it exactly what is sent. */
export function ReportForm(props: ReportFormProps) {
  const { fields, set, message, subject, body, service, sending, send, cancel } = props;
  const [complaint, setComplaint] = useState<'account' | 'practice' | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const account = accountIn(fields);

  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sending || service === null) return;
    const missing = account === null || (fields.practice !== null && body === null) ? 'account' : 'practice';
    if (body !== null) {
      setComplaint(null);
      void send(service);
      return;
    }
    setComplaint(missing);
    const first = missing === 'account' ? '#report-account' : '[name=practice]';
    form.current?.querySelector<HTMLElement>(first)?.focus();
  };

  return (
    <form ref={form} class="report-form" onSubmit={submit} noValidate>
      <div class="told">
        <Whom
          fields={fields}
          set={set}
          complaint={complaint === 'account' ? say('reportAccountNotRead') : ''}
        />
        <fieldset aria-describedby="practice-complaint">
          <legend>{say('reportWhatSeen')}</legend>
          {PRACTICES.map((id) => (
            <PracticeChoice
              key={id}
              id={id}
              isChosen={fields.practice === id}
              choose={() => {
                setComplaint(null);
                set({ practice: id });
              }}
            />
          ))}
          <p id="practice-complaint" class="bad" role="alert">
            {complaint === 'practice' && say('reportPracticeMissing')}
          </p>
        </fieldset>
        {fields.practice === 'auto-dm' && <MessageFields fields={fields} set={set} message={message} />}
        {subject.hadMessage === true && <p class="notice">{say('reportHadMessage')}</p>}
        <Note fields={fields} set={set} />
        {subject.departure && <Dates fields={fields} set={set} departure={subject.departure} />}
      </div>
      <div class="goes">
        <WhatIsSent account={account} fields={fields} message={message} body={body} />
        <p class="notice">
          {service !== null && say('reportHonest', sayHost(service))} {props.isFirst && say('reportFirst')}
        </p>
        <div class="row start">
          <button class="primary" type="submit" aria-disabled={sending || service === null}>
            {service === null ? say('reportSend') : say('reportSendTo', sayHost(service))}
          </button>
          <button type="button" onClick={cancel}>
            {say('reportCancel')}
          </button>
        </div>
        <div role="status">
          {sending && (
            <p class="muted">
              {props.share === null ? say('reportSending') : say('reportWorking')}
              {props.share !== null && <progress aria-label={say('reportWorking')} value={props.share} />}
            </p>
          )}
        </div>
      </div>
    </form>
  );
}

/** The account as it was told by where the dialog was opened, or a field to say whom. */
function Whom({ fields, set, complaint }: Filling & { complaint: string }) {
  const { account, typed } = fields;
  const field = useRef<HTMLInputElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    // Where nobody is named, that comes first; and the button that led here is gone.
    if (account === null && (asked.current || typed === '')) field.current?.focus();
    asked.current = true;
  }, [account]);
  if (account !== null) {
    return (
      <p class="row start">
        <span>
          <bdi class="name">{sayAccount(account)}</bdi>{' '}
          <span class="muted">{sayNetwork(account.network)}</span>
        </span>
        <button
          class="plain"
          type="button"
          onClick={() => {
            set({ account: null, typed: sayAccount(account) });
          }}
        >
          {say('reportSomebodyElse')}
        </button>
      </p>
    );
  }
  return (
    <div class="field">
      <label for="report-account">{say('reportWhom')}</label>
      <input
        id="report-account"
        ref={field}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        maxLength={2048}
        aria-describedby="report-account-hint report-account-complaint"
        aria-invalid={complaint !== ''}
        value={typed}
        onInput={(event) => {
          set({ typed: event.currentTarget.value });
        }}
      />
      <p class="hint" id="report-account-hint">
        {say('accountHint')}
      </p>
      <p id="report-account-complaint" class="bad" role="alert">
        {complaint}
      </p>
    </div>
  );
}

function PracticeChoice(props: { id: PracticeId; isChosen: boolean; choose: () => void }) {
  const { id, isChosen, choose } = props;
  const practice = practiceOf({ practice: id });
  return (
    <label class="choice">
      <input type="radio" name="practice" value={id} checked={isChosen} onChange={choose} />
      <span>
        {say(SEEN[id])}{' '}
        {practice && (
          <span class="hint named">
            <Icon practice={practice} />
            {say(practice.name)}
          </span>
        )}
      </span>
    </label>
  );
}

function Note({ fields: { note }, set }: Filling) {
  return (
    <div class="field">
      <label for="report-note">{say('reportNote')}</label>
      <textarea
        id="report-note"
        rows={3}
        maxLength={LONGEST_NOTE}
        aria-describedby="report-note-hint report-note-count"
        value={note}
        onInput={(event) => {
          set({ note: event.currentTarget.value });
        }}
      />
      <p class="row">
        <span class="hint" id="report-note-hint">
          {say('reportNoteHint')}
        </span>
        <span class="hint" id="report-note-count">
          {say('reportNoteCount', sayNumber(note.length), sayNumber(LONGEST_NOTE))}
        </span>
      </p>
    </div>
  );
}

function Dates(props: Filling & { departure: NonNullable<Subject['departure']> }) {
  const { fields, set, departure } = props;
  if (datesOf(departure) === null) return <p class="notice">{say('reportDatesUncertain')}</p>;
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={fields.withDates}
        onChange={(event) => {
          set({ withDates: event.currentTarget.checked });
        }}
      />
      <span>{say('reportWithDates', tellBetween(departure.followed), tellBetween(departure.left))}</span>
    </label>
  );
}
