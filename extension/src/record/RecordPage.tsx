import { useEffect, useState } from 'preact/hooks';
import { sayNetwork } from '../account/words';
import { recordChoice } from '../ledger/choice';
import { record, recordOfOwn } from '../ledger/ledger';
import { ownAccounts } from '../ledger/ownAccounts';
import type { Own } from '../ledger/store';
import type { Network } from '../lookup/account';
import { PageHead } from '../PageHead';
import { say } from '../words';
import { AddAccount } from './AddAccount';
import { Departures } from './Departures';
import { Keeping } from './Keeping';
import { State } from './State';
import { OnX } from './OnX';

const WHILE_WALKING = 1_000;
const OTHERWISE = 5_000;

/** The records as they are now, looked at again and again: the background writes into them meanwhile. */
function useOwns(): {
  owns: Own[] | null;
  choice: Record<Network, boolean> | null;
  /** How often something was done here that may have changed them. */
  renewed: number;
  look: () => void;
} {
  const [owns, setOwns] = useState<Own[] | null>(null);
  const [choice, setChoice] = useState<Record<Network, boolean> | null>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const look = async () => {
      const now = Date.now();
      for (const account of await ownAccounts()) await recordOfOwn(record, account, now);
      const [found, chosen] = [await record.owns(), await recordChoice()];
      if (isOver) return;
      setOwns(found);
      setChoice(chosen);
      const isWalking = found.some(({ account, nextAt }) => account.network !== 'x' && nextAt <= now);
      timer = setTimeout(() => void look(), isWalking ? WHILE_WALKING : OTHERWISE);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [asked]);
  return {
    owns,
    choice,
    renewed: asked,
    look: () => {
      setAsked((times) => times + 1);
    },
  };
}

/** The user's own record: who followed them, when, and who left again. */
export function RecordPage() {
  const { owns, choice, renewed, look } = useOwns();
  const [chosen, setChosen] = useState<string | null>(null);
  if (owns === null || choice === null) return <PageHead here="record" lead={say('recordLead')} />;
  const kept = owns.filter(({ deleteAt }) => deleteAt === null);
  const own = kept.find(({ key }) => key === chosen) ?? kept[0];
  return (
    <>
      <PageHead here="record" lead={say('recordLead')}>
        {kept.length > 1 && own && (
          <label class="field">
            <span>{say('recordAccount')}</span>
            <select
              value={own.key}
              onChange={(event) => {
                setChosen(event.currentTarget.value);
              }}
            >
              {kept.map(({ key, account }) => (
                <option key={key} value={key}>
                  {account.handle} · {sayNetwork(account.network)}
                </option>
              ))}
            </select>
          </label>
        )}
      </PageHead>
      {own ? (
        <>
          <State key={own.key} own={own} isOn={choice[own.account.network]} look={look} />
          <Departures key={`${own.key} departures`} own={own} renewed={renewed} />
        </>
      ) : (
        <section>
          <h2>{say('recordEmptyHeading')}</h2>
          <p>{say('recordEmptyText')}</p>
        </section>
      )}
      <AddAccount
        isOpen={own === undefined}
        added={(key) => {
          setChosen(key);
          look();
        }}
      />
      <OnX isOn={choice.x} changed={look} />
      <Keeping own={own ?? null} owns={owns} look={look} />
    </>
  );
}
