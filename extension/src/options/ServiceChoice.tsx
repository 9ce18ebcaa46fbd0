import type { TargetedSubmitEvent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { renewLookup, serviceStatus, tryService } from '../ask';
import type { ServiceStatus } from '../messages';
import { parseServiceAddress, permissionFor, saveServiceAddress, serviceAddress } from '../settings';
import { say, sayNumber } from '../words';
import { ServiceState } from './ServiceState';
import { useStored } from './useStored';

interface Outcome {
  text: string;
  bad: boolean;
}

/** Which service is asked, and how it is. */
export function ServiceChoice({ checked }: { checked: () => void }) {
  const [address] = useStored(serviceAddress);
  return (
    <section id="service-section">
      <h2>{say('optionsServiceHeading')}</h2>
      {/* Not before the address is known: it must not replace what is being typed. */}
      {address !== null && (
        <>
          <ServiceForm address={address} />
          <Health key={address} checked={checked} />
        </>
      )}
    </section>
  );
}

function ServiceForm({ address: current }: { address: string }) {
  const [typed, setTyped] = useState(current);
  useEffect(() => {
    setTyped(current);
  }, [current]);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const good = (text: string) => {
    setOutcome({ text, bad: false });
  };
  const bad = (text: string) => {
    setOutcome({ text, bad: true });
  };

  /** The typed address once it is valid and the browser lets us reach it. */
  const permitted = async (): Promise<string | null> => {
    const address = parseServiceAddress(typed);
    if (address === null) {
      bad(say('optionsInvalidAddress'));
      return null;
    }
    const origin = permissionFor(address);
    // First thing after the click: a browser grants nothing once the gesture is over.
    if (origin !== null && !(await browser.permissions.request({ origins: [origin] }))) {
      bad(say('optionsPermissionRefused'));
      return null;
    }
    return address;
  };
  const save = async () => {
    const address = await permitted();
    if (address === null) return;
    await saveServiceAddress(address);
    await renewLookup();
    setTyped(address);
    good(say('optionsSaved'));
  };
  const test = async () => {
    const address = await permitted();
    if (address === null) return;
    good(say('optionsTesting'));
    const tried = await tryService(address);
    if (tried && 'manifest' in tried) {
      const { version, entries, demo } = tried.manifest;
      good(say(demo ? 'optionsTestGoodDemo' : 'optionsTestGood', sayNumber(version), sayNumber(entries)));
    } else bad(say(tried?.failure === 'invalid' ? 'optionsTestInvalid' : 'optionsTestAway'));
  };
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void save();
  };

  return (
    <>
      <form onSubmit={submit} noValidate>
        <label for="service">{say('optionsServiceLabel')}</label>
        <div class="row">
          <input
            id="service"
            type="url"
            required
            spellcheck={false}
            aria-describedby="service-hint service-outcome"
            aria-invalid={outcome?.bad ?? false}
            value={typed}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
            }}
          />
          <button class="primary" type="submit">
            {say('optionsSave')}
          </button>
          <button type="button" onClick={() => void test()}>
            {say('optionsTest')}
          </button>
        </div>
      </form>
      <p class="hint" id="service-hint">
        {say('optionsServiceHint')}
      </p>
      <p id="service-outcome" role="status" class={outcome?.bad ? 'bad' : ''}>
        {outcome?.text}
      </p>
    </>
  );
}

/** How the service in use is, asked when the page opens and whenever the user wants to know. */
function Health({ checked }: { checked: () => void }) {
  // Undefined while it is being asked.
  const [status, setStatus] = useState<ServiceStatus | null>();
  const check = async () => {
    setStatus(undefined);
    setStatus(await serviceStatus());
    checked();
  };
  useEffect(() => void check(), []);
  return (
    <div class="health" aria-live="polite">
      {status === undefined ? <p class="muted">{say('popupAsking')}</p> : <ServiceState status={status} />}
      <p>
        <button class="plain" type="button" disabled={status === undefined} onClick={() => void check()}>
          {say('serviceCheckAgain')}
        </button>
      </p>
    </div>
  );
}
