import type { TargetedSubmitEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { onHandedOver, openFor } from '../handover';
import type { ShownAccount } from '../lookup/account';
import type { Answer } from '../lookup/answer';
import { PageHead } from '../PageHead';
import { serviceAddress } from '../settings';
import { say } from '../words';
import { Answered } from './Assessment';
import { useLookUp } from './LookUp';
import { parseName } from './name';
import { sayAccount, sayHost, sayNetwork } from './words';

/** Any account of the three networks, looked up by name. What is typed here stays in this tab. */
export function AccountPage() {
  const [service, setService] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState<ShownAccount | null>(null);
  const [complaint, setComplaint] = useState<string | null>(null);
  const { asking, answer, ask } = useLookUp();
  const field = useRef<HTMLInputElement>(null);

  const start = (account: ShownAccount) => {
    setAsked(account);
    setComplaint(null);
    void ask(account, service);
  };
  useEffect(() => void serviceAddress().then(setService), []);
  useEffect(
    () =>
      onHandedOver('account', (account) => {
        if (account === null) setComplaint(say('accountNotOne'));
        else {
          setTyped(sayAccount(account));
          start(account);
        }
      }),
    [],
  );
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const account = parseName(typed);
    if (account) start(account);
    else {
      setComplaint(say('accountNotRead'));
      field.current?.focus();
    }
  };

  return (
    <>
      <PageHead here="account" />
      <section>
        <form onSubmit={submit} noValidate>
          <label for="account">{say('accountLabel')}</label>
          <div class="row">
            <input
              id="account"
              ref={field}
              autofocus
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              maxLength={2048}
              aria-describedby="account-hint account-complaint"
              aria-invalid={complaint !== null}
              value={typed}
              onInput={(event) => {
                setTyped(event.currentTarget.value);
              }}
            />
            <button class="primary" type="submit" disabled={service === null}>
              {say('accountLookUp')}
            </button>
          </div>
        </form>
        <p class="hint" id="account-hint">
          {say('accountHint')} {service !== null && say('accountSends', sayHost(service))}
        </p>
        <p id="account-complaint" class="bad" role="alert">
          {complaint}
        </p>
      </section>
      <div role="status" class={asking || answer ? '' : 'unseen'}>
        {asking && asked && (
          <p class="muted">{say('accountAsking', sayAccount(asked), sayNetwork(asked.network))}</p>
        )}
        {answer && asked && (
          <section>
            <h2>
              <span class="name">{sayAccount(accountOf(answer) ?? asked)}</span>{' '}
              <span class="muted">{sayNetwork(asked.network)}</span>
            </h2>
            <Answered
              answer={answer}
              retry={() => {
                start(asked);
              }}
            />
            <p>
              <button
                class="plain"
                type="button"
                onClick={() => void openFor('report', { account: accountOf(answer) ?? asked })}
              >
                {say('reportThis')}
              </button>
            </p>
          </section>
        )}
      </div>
      <p class="hint">{say('accountKept')}</p>
    </>
  );
}

/** As the service knows it: what was asked for by its id has a handle there. */
function accountOf(answer: Answer): ShownAccount | null {
  return 'assessment' in answer ? answer.assessment.account : null;
}
