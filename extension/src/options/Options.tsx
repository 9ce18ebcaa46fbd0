import { useEffect, useState } from 'preact/hooks';
import type { TargetedSubmitEvent } from 'preact';
import { browser } from 'wxt/browser';
import { renewLookup, showAgain, tryService } from '../ask';
import { hiddenAccounts, type HiddenAccount } from '../hidden';
import { parseServiceAddress, permissionFor, saveServiceAddress, serviceAddress } from '../settings';
import { say, sayNumber } from '../words';

export function Options() {
  return (
    <>
      <h1>{say('optionsTitle')}</h1>
      <ServiceChoice />
      <HiddenAccounts />
      <section>
        <h2>{say('optionsPrivacyHeading')}</h2>
        <p>{say('optionsPrivacyList')}</p>
        <p>{say('optionsPrivacyRange')}</p>
        <p>{say('optionsPrivacyNothing')}</p>
        <p>{say('optionsPrivacyKept')}</p>
      </section>
    </>
  );
}

interface Outcome {
  text: string;
  bad: boolean;
}

function ServiceChoice() {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => void serviceAddress().then(setAddress), []);
  return (
    <section>
      <h2>{say('optionsServiceHeading')}</h2>
      {/* Not before the address is known: it must not replace what is being typed. */}
      {address !== null && <ServiceForm address={address} />}
    </section>
  );
}

function ServiceForm({ address: current }: { address: string }) {
  const [typed, setTyped] = useState(current);
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

function HiddenAccounts() {
  const [hidden, setHidden] = useState<HiddenAccount[]>([]);
  const look = async () => {
    setHidden(await hiddenAccounts());
  };
  useEffect(() => void look(), []);
  const undo = async (key: string) => {
    await showAgain(key);
    await look();
  };
  return (
    <section>
      <h2>{say('optionsHiddenHeading')}</h2>
      {hidden.length === 0 && <p class="muted">{say('optionsHiddenNone')}</p>}
      <ul>
        {hidden.map(({ key, name }) => (
          <li key={key}>
            <span class="name">{name}</span>
            <button
              class="plain"
              type="button"
              aria-label={`${say('showAgain')}: ${name}`}
              onClick={() => void undo(key)}
            >
              {say('showAgain')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
