import type { TargetedSubmitEvent } from 'preact';
import { useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { sayNetwork } from '../account/words';
import type { OwnAccount } from '../ledger/ownAccounts';
import type { Network } from '../lookup/account';
import { NetworkError } from '../networks/followers';
import { typedAccount } from '../networks/names';
import { followerSources } from '../networks/sources';
import { say, type MessageKey } from '../words';
import { sayFailure } from './sayings';

const NETWORKS = ['bluesky', 'mastodon', 'x'] as const;
const ANOTHER = 'another';

const EXAMPLES: Record<Network, MessageKey> = {
  bluesky: 'followersHandleBluesky',
  mastodon: 'followersHandleMastodon',
  x: 'followersHandleX',
};

/** Whose followers to check: an account of the record's, or one that is typed. */
export function Choice({
  known,
  busy,
  start,
}: {
  known: OwnAccount[];
  busy: boolean;
  start: (own: OwnAccount, everybody: boolean) => Promise<void>;
}) {
  const [chosen, setChosen] = useState(known.length > 0 ? '0' : ANOTHER);
  const [network, setNetwork] = useState<Network>('bluesky');
  const [typed, setTyped] = useState('');
  const [everybody, setEverybody] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);

  const picked = known[Number(chosen)] ?? null;
  const on = picked?.network ?? network;

  const begin = async () => {
    const named = picked ?? typedAccount(network, typed);
    if (named === null) {
      setTrouble(say('followersNotAHandle'));
      return;
    }
    const source = followerSources(named.network);
    if (source === null) {
      openOnX(named.handle);
      return;
    }
    setTrouble(null);
    try {
      // First thing after the click: a browser grants nothing once the gesture is over.
      const granted = await browser.permissions.request({ origins: [source.permission(named)] });
      if (!granted) {
        setTrouble(sayFailure('not-permitted', named.network));
        return;
      }
      setAsking(true);
      await start(picked ?? (await source.resolve(named.handle)), everybody);
    } catch (failure) {
      setTrouble(
        failure instanceof NetworkError ? sayFailure(failure.code, named.network) : say('followersFailed'),
      );
    } finally {
      setAsking(false);
    }
  };
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!asking && !busy) void begin();
  };

  return (
    <form class="panel" onSubmit={submit} noValidate>
      <div class="fields">
        {known.length > 0 && (
          <label class="field">
            <span>{say('followersAccount')}</span>
            <select
              value={chosen}
              onChange={(event) => {
                setChosen(event.currentTarget.value);
              }}
            >
              {known.map(({ network: where, handle }, index) => (
                <option key={`${where} ${handle}`} value={String(index)}>
                  {`${handle} (${sayNetwork(where)})`}
                </option>
              ))}
              <option value={ANOTHER}>{say('followersAnother')}</option>
            </select>
          </label>
        )}
        {picked === null && (
          <>
            <label class="field">
              <span>{say('followersNetwork')}</span>
              <select
                value={network}
                onChange={(event) => {
                  setNetwork(NETWORKS.find((name) => name === event.currentTarget.value) ?? 'bluesky');
                  setTrouble(null);
                }}
              >
                {NETWORKS.map((name) => (
                  <option key={name} value={name}>
                    {sayNetwork(name)}
                  </option>
                ))}
              </select>
            </label>
            <label class="field wide">
              <span>{say('followersHandle')}</span>
              <input
                type="text"
                autocomplete="off"
                autocapitalize="none"
                spellcheck={false}
                maxLength={600}
                placeholder={say(EXAMPLES[network])}
                aria-invalid={trouble !== null}
                aria-describedby="choice-trouble"
                value={typed}
                onInput={(event) => {
                  setTyped(event.currentTarget.value);
                }}
              />
            </label>
          </>
        )}
        <button class="primary" type="submit" aria-disabled={asking || busy}>
          {say(on === 'x' ? 'followersOpenX' : 'followersCheck')}
        </button>
      </div>
      {on === 'x' ? (
        <p class="hint">{say('followersX')}</p>
      ) : (
        <label class="check">
          <input
            type="checkbox"
            checked={everybody}
            onChange={(event) => {
              setEverybody(event.currentTarget.checked);
            }}
          />
          <span>
            {say('followersKeepEverybody')} <span class="hint">{say('followersKeepEverybodyHint')}</span>
          </span>
        </label>
      )}
      <p id="choice-trouble" role="alert" class={trouble === null ? 'empty' : 'bad'}>
        {trouble}
      </p>
    </form>
  );
}

function openOnX(handle: string): void {
  void browser.tabs.create({ url: `https://x.com/${encodeURIComponent(handle)}/followers` });
}
