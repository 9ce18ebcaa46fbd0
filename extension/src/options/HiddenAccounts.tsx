import { sayNetwork } from '../account/words';
import { renewLookup, showAgain } from '../ask';
import { hiddenAccounts, hideAgain, type HiddenAccount } from '../hidden';
import { NETWORKS } from '../settings';
import { say } from '../words';
import type { Telling } from './Options';
import { useStored } from './useStored';

/** Whose badges the user hid, to be shown again. */
export function HiddenAccounts({ tell }: Telling) {
  const [hidden] = useStored(hiddenAccounts);
  const undo = async (account: HiddenAccount) => {
    const { key, name } = account;
    await showAgain(key);
    tell({
      text: say('optionsShownAgain', name),
      undo: async () => {
        await hideAgain([account]);
        await renewLookup();
      },
    });
  };
  return (
    <section id="hidden">
      <h2>{say('optionsHiddenHeading')}</h2>
      {hidden?.length === 0 && <p class="muted">{say('optionsHiddenNone')}</p>}
      <ul class="scrolls" tabIndex={hidden && hidden.length > 8 ? 0 : undefined}>
        {hidden?.map((account) => (
          <li key={account.key}>
            <span>
              <span class="name">{account.name}</span> <span class="muted">{networkOf(account)}</span>
            </span>
            <button
              class="plain"
              type="button"
              aria-label={`${say('showAgain')}: ${account.name}`}
              onClick={() => void undo(account)}
            >
              {say('showAgain')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function networkOf({ key }: HiddenAccount): string {
  const network = NETWORKS.find((known) => key.startsWith(`${known}:`));
  return network ? sayNetwork(network) : '';
}
