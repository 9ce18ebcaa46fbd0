import { Icon } from '../account/Assessment';
import { sayNetwork } from '../account/words';
import { practiceOf } from '../practices';
import {
  changeChoices,
  choices,
  NETWORKS,
  PRACTICES,
  SENSITIVITIES,
  type Choices,
  type PracticeId,
  type Sensitivity,
} from '../settings';
import { say, type MessageKey } from '../words';
import type { Telling } from './Options';
import { useStored } from './useStored';

const WORDS: Record<Sensitivity, MessageKey> = {
  likely: 'optionsShowLikely',
  confirmed: 'optionsShowConfirmed',
  off: 'optionsShowOff',
};

function useChoices({ tell }: Telling) {
  const [chosen] = useStored(choices);
  const change = async (how: (former: Choices) => Choices) => {
    await changeChoices(how);
    tell({ text: say('optionsChosen') });
  };
  return [chosen, change] as const;
}

/** From which standing on each practice is shown. */
export function ShownPractices({ tell }: Telling) {
  const [chosen, change] = useChoices({ tell });
  const choose = (practice: PracticeId, sensitivity: Sensitivity) =>
    change((former) => ({ ...former, practices: { ...former.practices, [practice]: sensitivity } }));
  return (
    <section id="practices">
      <h2>{say('optionsPracticesHeading')}</h2>
      <p class="hint">{say('optionsPracticesHint')}</p>
      <ul class="choices">
        {chosen &&
          PRACTICES.map((id) => {
            const practice = practiceOf({ practice: id });
            if (practice === null) return null;
            return (
              <li key={id}>
                <label for={`show-${id}`}>
                  <Icon practice={practice} />
                  <span>
                    {say(practice.name)}
                    {practice.onDemand && <span class="hint"> {say('optionsOnDemand')}</span>}
                  </span>
                </label>
                <select
                  id={`show-${id}`}
                  value={chosen.practices[id]}
                  onChange={({ currentTarget }) => {
                    void choose(id, currentTarget.value as Sensitivity);
                  }}
                >
                  {SENSITIVITIES.map((sensitivity) => (
                    <option key={sensitivity} value={sensitivity}>
                      {say(WORDS[sensitivity])}
                    </option>
                  ))}
                </select>
              </li>
            );
          })}
      </ul>
    </section>
  );
}

/** On which networks anything is looked up. */
export function ShownNetworks({ tell }: Telling) {
  const [chosen, change] = useChoices({ tell });
  return (
    <section id="networks">
      <h2>{say('optionsNetworksHeading')}</h2>
      <p class="hint">{say('optionsNetworksHint')}</p>
      <ul class="choices">
        {chosen &&
          NETWORKS.map((network) => (
            <li key={network}>
              <label>
                <input
                  type="checkbox"
                  checked={chosen.networks[network]}
                  onChange={({ currentTarget: { checked } }) => {
                    void change((former) => ({
                      ...former,
                      networks: { ...former.networks, [network]: checked },
                    }));
                  }}
                />
                {sayNetwork(network)}
              </label>
            </li>
          ))}
      </ul>
    </section>
  );
}
