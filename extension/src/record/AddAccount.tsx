import type { TargetedSubmitEvent } from 'preact';
import { useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { sayNetwork } from '../account/words';
import { chooseRecord } from '../ledger/choice';
import { record, recordOfOwn } from '../ledger/ledger';
import { addOwnAccount, type OwnAccount } from '../ledger/ownAccounts';
import type { Network } from '../lookup/account';
import { NetworkError } from '../networks/followers';
import { followerSources } from '../networks/sources';
import { say } from '../words';
import { actOn } from './act';

const NETWORKS: readonly Network[] = ['bluesky', 'mastodon', 'x'];
const HINTS = { bluesky: 'recordHintBluesky', mastodon: 'recordHintMastodon', x: 'recordHintX' } as const;

interface Outcome {
  text: string;
  bad: boolean;
}

export function AddAccount({ isOpen, added }: { isOpen: boolean; added: (key: string) => void }) {
  const [network, setNetwork] = useState<Network>('bluesky');
  const [typed, setTyped] = useState('');
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  const add = async () => {
    const name = typed.trim().replace(/^@/, '');
    if (name === '') {
      setOutcome({ text: say('recordNoHandle'), bad: true });
      return;
    }
    const source = followerSources(network);
    // First thing after the click: a browser grants nothing once the gesture is over.
    const asTyped: OwnAccount = { network, handle: name, nativeId: null };
    if (source && !(await permitted(source.permission(asTyped)))) {
      setOutcome({ text: say('recordRefused'), bad: true });
      return;
    }
    setOutcome({ text: say('recordAdding'), bad: false });
    try {
      const account = source ? await source.resolve(name) : xAccount(name);
      if (account === null) throw new NetworkError('not-found');
      await addOwnAccount(account);
      await chooseRecord(network, true);
      const { key } = await recordOfOwn(record, account, Date.now());
      await actOn(key, 'check');
      setTyped('');
      setOutcome({ text: say('recordAdded', account.handle), bad: false });
      added(key);
    } catch (failure) {
      const code = failure instanceof NetworkError ? failure.code : 'away';
      setOutcome({ text: say(code === 'not-found' ? 'recordNotFound' : 'recordAwayNow'), bad: true });
    }
  };
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void add();
  };

  return (
    <details class="panel" open={isOpen}>
      <summary>{say('recordAdd')}</summary>
      <form onSubmit={submit} noValidate>
        <div class="row tools">
          <label class="field">
            <span>{say('recordNetwork')}</span>
            <select
              value={network}
              onChange={(event) => {
                setNetwork(event.currentTarget.value as Network);
                setOutcome(null);
              }}
            >
              {NETWORKS.map((one) => (
                <option key={one} value={one}>
                  {sayNetwork(one)}
                </option>
              ))}
            </select>
          </label>
          <label class="field wide">
            <span>{say('recordHandle')}</span>
            <input
              type="text"
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              aria-describedby="handle-hint add-outcome"
              aria-invalid={outcome?.bad ?? false}
              value={typed}
              onInput={(event) => {
                setTyped(event.currentTarget.value);
              }}
            />
          </label>
          <button class="primary" type="submit">
            {say('recordAddButton')}
          </button>
        </div>
      </form>
      <p class="hint" id="handle-hint">
        {say(HINTS[network])}
      </p>
      <p id="add-outcome" role="status" class={outcome?.bad ? 'bad' : ''}>
        {outcome?.text}
      </p>
    </details>
  );
}

/** A name typed for X; there nobody can be asked whether it is anybody's. */
function xAccount(name: string): OwnAccount | null {
  return /^\w{1,15}$/.test(name) ? { network: 'x', handle: name, nativeId: null } : null;
}

export async function permitted(pattern: string): Promise<boolean> {
  try {
    return await browser.permissions.request({ origins: [pattern] });
  } catch {
    return false; // a pattern no browser takes
  }
}
