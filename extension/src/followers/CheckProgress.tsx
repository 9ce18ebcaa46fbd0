import type { OwnAccount } from '../ledger/ownAccounts';
import type { Network } from '../lookup/account';
import { say, sayMoment, sayNumber } from '../words';
import type { Check, Progress } from './check';
import { isOfNote } from './rows';
import { sayFailure, sayFollowers } from './sayings';

// While it is walking the numbers above say the same to the eye.
const LOOKS: Record<Progress['state'], string> = {
  walking: 'unseen',
  paused: '',
  waiting: 'notice',
  done: 'outcome',
  cancelled: 'outcome',
  failed: 'bad',
};

/** How far the check is, what came of it, and how to halt it. */
export function CheckProgress({
  own,
  progress,
  check,
}: {
  own: OwnAccount;
  progress: Progress;
  check: Check | null;
}) {
  const { state, looked, total, failure, unread } = progress;
  const going = state === 'walking' || state === 'waiting';
  const isOver = state === 'done' || state === 'cancelled';
  const most = Math.max(total ?? 0, looked);
  return (
    <section aria-labelledby="progress-heading">
      <h2 id="progress-heading">{own.handle}</h2>
      {!isOver && (
        <>
          {/* Without a value it shows that something is going on, not how far. */}
          <progress
            aria-labelledby="progress-heading"
            max={Math.max(most, 1)}
            {...(total !== null && { value: looked })}
          />
          <p class="count">
            {total === null
              ? sayFollowers(looked)
              : say('followersProgress', sayNumber(looked), sayFollowers(most))}
          </p>
        </>
      )}
      {/* Read aloud: what changed, and every quarter of a long list, not every page of it. */}
      <p role="status" class={LOOKS[state]}>
        {stateOf(progress, own.network)}
      </p>
      {failure !== null && looked > 0 && <p>{say('followersNothingLost')}</p>}
      {isOver && unread > 0 && <p class="hint">{say('followersUnread', sayNumber(unread))}</p>}
      {!isOver && (
        <div class="actions">
          <button
            type="button"
            aria-disabled={state === 'waiting'}
            onClick={() => {
              if (state === 'walking') check?.pause();
              else check?.goOn();
            }}
          >
            {say(going ? 'followersPause' : state === 'failed' ? 'followersRetry' : 'followersGoOn')}
          </button>
          <button type="button" onClick={() => check?.cancel()}>
            {say('followersCancel')}
          </button>
        </div>
      )}
    </section>
  );
}

function stateOf({ state, looked, total, rows, failure, retryAt }: Progress, network: Network): string {
  switch (state) {
    case 'walking': {
      const quarter = total === null || total === 0 ? 0 : Math.min(Math.floor((4 * looked) / total), 3);
      return quarter === 0 ? say('followersWalking') : say('followersWalkingShare', quarter * 25);
    }
    case 'paused':
      return say('followersPaused');
    case 'waiting':
      return say('followersWaiting', sayMoment(retryAt ?? 0));
    case 'failed':
      return sayFailure(failure ?? 'no-answer', network);
    case 'done': {
      const noted = rows.filter(isOfNote).length;
      if (looked === 0) return say('followersNobody');
      if (noted === 0) return say('followersNothing', sayFollowers(looked));
      return say('followersNoted', sayNumber(noted), sayFollowers(looked));
    }
    case 'cancelled': {
      const noted = rows.filter(isOfNote).length;
      return noted === 0
        ? say('followersCancelledNothing', sayFollowers(looked))
        : say('followersCancelledNoted', sayNumber(noted), sayFollowers(looked));
    }
  }
}
