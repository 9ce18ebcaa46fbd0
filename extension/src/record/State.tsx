import { useEffect, useState } from 'preact/hooks';
import { sayNetwork } from '../account/words';
import { record } from '../ledger/ledger';
import type { Own } from '../ledger/store';
import { followerSources } from '../networks/sources';
import { say, sayMoment, sayNumber, type MessageKey } from '../words';
import { actOn } from './act';
import { permitted } from './AddAccount';
import { many } from './told';
import { PAGES_A_DAY } from '../ledger/walk';

const TROUBLES: Record<NonNullable<Own['trouble']>, MessageKey> = {
  away: 'recordTroubleAway',
  invalid: 'recordTroubleInvalid',
  'not-found': 'recordTroubleNotFound',
  hidden: 'recordTroubleHidden',
  'too-many-requests': 'recordTroubleBusy',
  'not-permitted': 'recordTroubleNotPermitted',
};

/** How far the record of an account has come, and what can be done about it. */
export function State({ own, isOn, look }: { own: Own; isOn: boolean; look: () => void }) {
  const { walk, nextAt, trouble, last, account } = own;
  const source = followerSources(account.network);
  const counts = useCounts(own);
  const [isAsked, setAsked] = useState(false);
  const isWalking = isOn && source !== null && nextAt <= Date.now() && (walk !== null || isAsked);
  const act = async (what: 'check' | 'stop') => {
    setAsked(what === 'check');
    await actOn(own.key, what);
    look();
  };
  const allow = async () => {
    if (source && (await permitted(source.permission(account)))) await act('check');
  };
  const spentUp = own.spent.pages >= PAGES_A_DAY && walk !== null && nextAt > Date.now();
  return (
    <section>
      <h2>
        <span class="name">{account.handle}</span> <span class="muted">{sayNetwork(account.network)}</span>
      </h2>
      <p role="status">{stateOf(own, isOn, isWalking, counts.following)}</p>
      {isWalking && (
        <progress
          aria-label={say('recordStateHeading')}
          {...(walk?.count != null &&
            walk.ended === null && { max: Math.max(walk.count, walk.met), value: walk.met })}
        />
      )}
      {trouble !== null && !isWalking && <p class="notice">{say(TROUBLES[trouble])}</p>}
      {trouble !== null && !isWalking && nextAt > Date.now() && (
        <p class="hint">{say('recordAgainAfter', sayMoment(nextAt))}</p>
      )}
      {spentUp && <p class="notice">{say('recordBudget', sayNumber(PAGES_A_DAY), sayMoment(nextAt))}</p>}
      {own.doubtfulSince !== null && <p class="notice">{say('recordDoubtful')}</p>}
      {own.doubtfulSince === null && counts.missing > 0 && (
        <p class="hint">{many('recordMissingOne', 'recordMissingMany', counts.missing)}</p>
      )}
      {source === null && last === null && <p class="hint">{say('recordXHow')}</p>}
      {source !== null && isOn && (
        <div class="row start">
          {trouble === 'not-permitted' ? (
            <button type="button" class="primary" onClick={() => void allow()}>
              {say('recordAllow')}
            </button>
          ) : isWalking ? (
            <button type="button" onClick={() => void act('stop')}>
              {say('recordStop')}
            </button>
          ) : (
            <button type="button" onClick={() => void act('check')}>
              {say(walk === null ? 'recordCheck' : 'recordGoOn')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

function stateOf(
  { walk, last, account, nextAt }: Own,
  isOn: boolean,
  isWalking: boolean,
  following: number,
): string {
  if (!isOn) return say('recordOff');
  if (account.network === 'x') return many('recordGrowingOne', 'recordGrowing', following);
  if (isWalking) {
    if (walk?.ended != null) return say('recordSettling');
    if (walk?.count == null) return say('recordWalking', sayNumber(walk?.met ?? 0));
    return say('recordWalkingOf', sayNumber(walk.met), sayNumber(walk.count));
  }
  if (walk !== null) return say('recordStopped', sayNumber(walk.met));
  if (last === null) return say('recordNever');
  return say('recordComplete', sayMoment(last.endedAt), sayNumber(following), sayMoment(nextAt));
}

function useCounts({ key, last, walk, pass, number }: Own): { following: number; missing: number } {
  const [counts, setCounts] = useState({ following: 0, missing: 0 });
  useEffect(() => {
    const look = async () => {
      const [following, missing] = await record.read((rows) =>
        Promise.all([rows.following(key), rows.missing(key)]),
      );
      setCounts({ following, missing });
    };
    void look();
  }, [key, last?.number, walk?.ended?.at, pass?.lastAt, number]);
  return counts;
}
