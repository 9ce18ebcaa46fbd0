import { saveFile } from '../files';
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { indexedDbChest, type Sent } from '../contribution/chest';
import type { ContributionView, Outcome } from '../contribution/contributor';
import type { Consent } from '../contribution/outbox';
import {
  CHANGES,
  chooseContribution,
  clearContributionLog,
  contributionView,
  eraseContribution,
  putBackIntoContribution,
  removeFromContribution,
  sendContribution,
} from '../contribution/requests';
import { say, sayDay, sayMoment, sayNumber, type MessageKey } from '../words';
import type { Telling } from './Options';

const chest = indexedDbChest();
const LOG_STEP = 20;

// What Firefox calls these kinds of data; other browsers do not ask.
const BROWSER_CONSENT = { data_collection: ['browsingActivity', 'websiteContent'] };

const KINDS = {
  'profile-counters': 'contributionKindCounters',
  follow: 'contributionKindFollow',
  unfollow: 'contributionKindUnfollow',
} as const;

const OUTCOMES: Record<Outcome, MessageKey> = {
  sent: 'contributionSent',
  nothing: 'contributionNothing',
  away: 'contributionAway',
  refused: 'contributionRefused',
  changed: 'contributionLookAgain',
};

/** What the user gives, if they choose to: the choice, what goes next, everything that went, and the way out. */
export function Contribution({ tell }: Telling) {
  const [view, setView] = useState<ContributionView | null>(null);
  const [log, setLog] = useState<Sent[]>([]);
  const look = useCallback(async () => {
    const [seen, sent] = await Promise.all([contributionView(), chest.log().catch(() => [])]);
    if (seen) setView(seen);
    setLog(sent);
  }, []);
  useEffect(() => {
    const channel = new BroadcastChannel(CHANGES);
    channel.onmessage = () => void look();
    void look();
    return () => {
      channel.close();
    };
  }, [look]);

  return (
    <section id="contribution" class="contribution" aria-labelledby="contribution-heading">
      <h2 id="contribution-heading">{say('contributionHeading')}</h2>
      <p>{say('contributionIntro')}</p>
      {view && <Choice view={view} tell={tell} />}
      {view?.consent && <Next view={view} tell={tell} />}
      {log.length > 0 && <Log log={log} tell={tell} />}
      {view?.toldTo.map((told) => (
        <WayOut key={told.service} told={told} tell={tell} />
      ))}
    </section>
  );
}

function Choice({ view: { service, consent }, tell }: { view: ContributionView } & Telling) {
  const [asksBrowser, setAsksBrowser] = useState(false);
  useEffect(() => {
    // Found out beforehand: a browser asks only as the first thing after a click.
    void browser.permissions.getAll().then((granted) => {
      setAsksBrowser('data_collection' in granted);
    });
  }, []);
  const choose = async (changed: Partial<Consent>) => {
    const consent = { service, counters, follows, ...changed };
    const more = changed.counters === true || changed.follows === true;
    if (more && asksBrowser && !(await browser.permissions.request(BROWSER_CONSENT as object))) {
      tell({ text: say('contributionChoiceRefused') });
      return;
    }
    const taken = await chooseContribution(consent);
    const outcome = consent.counters || consent.follows ? 'contributionChosen' : 'contributionOff';
    tell({ text: say(taken === true ? outcome : 'contributionFailed') });
  };
  const { counters, follows } = consent ?? { counters: false, follows: false };
  return (
    <>
      <Switch
        name="counters"
        label={say('contributionCounters')}
        hint={say('contributionCountersHint')}
        on={counters}
        choose={(on) => void choose({ counters: on })}
      />
      <Switch
        name="follows"
        label={say('contributionFollows')}
        hint={say('contributionFollowsHint')}
        on={follows}
        choose={(on) => void choose({ follows: on })}
      />
      <dl class="terms">
        <div>
          <dt>{say('contributionTo')}</dt>
          <dd>{hostOf(service)}</dd>
        </div>
        <div>
          <dt>{say('contributionWhen')}</dt>
          <dd>{say('contributionWhenValue')}</dd>
        </div>
        <div>
          <dt>{say('contributionNever')}</dt>
          <dd>{say('contributionNeverValue')}</dd>
        </div>
      </dl>
      <p class="notice">{say('contributionHonest')}</p>
    </>
  );
}

interface SwitchProps {
  name: string;
  label: string;
  hint: string;
  on: boolean;
  choose: (on: boolean) => void;
}

function Switch({ name, label, hint, on, choose }: SwitchProps) {
  const [id, hintId] = [`contribution-${name}`, `contribution-${name}-hint`];
  return (
    <div class="switch">
      <input
        id={id}
        type="checkbox"
        aria-describedby={hintId}
        checked={on}
        onChange={(event) => {
          const wanted = event.currentTarget.checked;
          // It shows what holds, which is not what was clicked until the background took it.
          event.currentTarget.checked = on;
          choose(wanted);
        }}
      />
      <div>
        <label for={id}>{label}</label>
        <p class="hint" id={hintId}>
          {hint}
        </p>
      </div>
    </div>
  );
}

function Next({ view, tell }: { view: ContributionView } & Telling) {
  const { service, next, payload, later, due, dropped, retryAt } = view;
  const [sending, setSending] = useState(false);
  const heading = useRef<HTMLElement>(null);
  const send = async (shown: string) => {
    setSending(true);
    tell({ text: say('contributionSending') });
    const outcome = await sendContribution(shown);
    setSending(false);
    tell({ text: say(outcome === null ? 'contributionFailed' : OUTCOMES[outcome]) });
  };
  const remove = async (id: string, shown: string) => {
    const removed = await removeFromContribution(id);
    const undo = async () => {
      if (removed) await putBackIntoContribution(removed);
    };
    tell({ text: say('contributionRemoved', shown), ...(removed && { undo }) });
    heading.current?.focus(); // its button is gone
  };
  return (
    <details open>
      <summary ref={heading}>{`${say('contributionNext')} (${sayNumber(next.length)})`}</summary>
      <div class="inside">
        {payload === null && <p class="muted">{say('contributionNothing')}</p>}
        {retryAt !== null && <p>{say('contributionRetry', sayMoment(retryAt))}</p>}
        {retryAt === null && due !== null && <p>{say('contributionDue', sayMoment(due), hostOf(service))}</p>}
        {later > 0 && <p class="muted">{many(later, 'contributionLaterOne', 'contributionLaterMany')}</p>}
        {dropped > 0 && (
          <p class="muted">{many(dropped, 'contributionDroppedOne', 'contributionDroppedMany')}</p>
        )}
        {payload !== null && (
          <>
            <ul class="scrolls" tabIndex={0} aria-label={say('contributionNext')}>
              {next.map(({ id, shown, kind, time }) => (
                <li key={id}>
                  <span>
                    <span class="name">{shown}</span>{' '}
                    <span class="muted">{`${say(KINDS[kind])}, ${kind === 'profile-counters' ? sayDay(time) : sayMoment(time)}`}</span>
                  </span>
                  <button
                    class="plain"
                    type="button"
                    disabled={sending}
                    aria-label={`${say('contributionRemove')}: ${shown}`}
                    onClick={() => void remove(id, shown)}
                  >
                    {say('contributionRemove')}
                  </button>
                </li>
              ))}
            </ul>
            <Literal text={payload} />
            <Buttons>
              <button type="button" disabled={sending} onClick={() => void send(payload)}>
                {say('contributionSend')}
              </button>
            </Buttons>
          </>
        )}
      </div>
    </details>
  );
}

function Log({ log, tell }: { log: Sent[] } & Telling) {
  const [shown, setShown] = useState(LOG_STEP);
  const clear = async () => {
    await clearContributionLog();
    tell({ text: say('contributionLogCleared') });
  };
  return (
    <details>
      <summary>{`${say('contributionLog')} (${sayNumber(log.length)})`}</summary>
      <div class="inside">
        <p class="muted">{say('contributionLogHint')}</p>
        {log.slice(0, shown).map((sent) => (
          <details key={sent.id} class="sent">
            <summary>
              <span>
                {sayMoment(sent.at)} <span class="muted">{sayAnswer(sent)}</span>
              </span>
            </summary>
            <div class="inside">
              <p class="hint">
                <code>{`${sent.request}, ${hostOf(sent.service)}`}</code>
              </p>
              {sent.body === null ? (
                <p class="muted">{say('contributionBodyNone')}</p>
              ) : (
                <Literal text={sent.body} />
              )}
              {sent.answer?.rejected !== undefined && sent.answer.rejected.length > 0 && (
                <p class="hint">
                  <code>{sent.answer.rejected.map(({ index, code }) => `${index}: ${code}`).join(', ')}</code>
                </p>
              )}
            </div>
          </details>
        ))}
        <Buttons>
          {log.length > shown && (
            <button
              type="button"
              onClick={() => {
                setShown(shown + LOG_STEP);
              }}
            >
              {say('contributionLogMore')}
            </button>
          )}
          <button
            type="button"
            onClick={() => {
              saveFile('fairfollow-sent.json', 'application/json', [JSON.stringify(log, null, 2)]);
            }}
          >
            {say('contributionLogExport')}
          </button>
          <button type="button" onClick={() => void clear()}>
            {say('contributionLogClear')}
          </button>
        </Buttons>
      </div>
    </details>
  );
}

/** Has a service delete everything told to it, and says so until it did. */
export function WayOut({ told, tell }: { told: ContributionView['toldTo'][number] } & Telling) {
  const { service, publicId, erasing } = told;
  const [sure, setSure] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const confirmation = useRef<HTMLButtonElement>(null);
  const host = hostOf(service);
  const asked = useRef(false);
  useEffect(() => {
    // The button that was pressed is gone: the keyboard goes on where it stood.
    if (asked.current) (sure ? confirmation : first).current?.focus();
    asked.current = true;
  }, [sure]);
  const erase = async () => {
    setSure(false);
    const erased = await eraseContribution(service);
    tell({ text: say(erased === true ? 'contributionErased' : 'contributionErasing', host) });
  };
  const hint = erasing ? 'contributionErasing' : sure ? 'contributionEraseSure' : 'contributionEraseHint';
  return (
    <div class="way-out">
      <p class="hint">{say(hint, host, publicId)}</p>
      <Buttons>
        {erasing ? (
          <button type="button" onClick={() => void erase()}>
            {say('contributionEraseAgain')}
          </button>
        ) : sure ? (
          <>
            <button class="bad" type="button" onClick={() => void erase()}>
              {say('contributionEraseYes')}
            </button>
            <button
              type="button"
              ref={confirmation}
              onClick={() => {
                setSure(false);
              }}
            >
              {say('contributionCancel')}
            </button>
          </>
        ) : (
          <button
            type="button"
            ref={first}
            onClick={() => {
              setSure(true);
            }}
          >
            {say('contributionErase')}
          </button>
        )}
      </Buttons>
    </div>
  );
}

function Literal({ text }: { text: string }) {
  return (
    <pre class="literal" tabIndex={0} role="group" aria-label={say('contributionPayload')}>
      {text}
    </pre>
  );
}

function Buttons({ children }: { children: ComponentChildren }) {
  return <div class="row start">{children}</div>;
}

function many(count: number, one: MessageKey, more: MessageKey): string {
  return count === 1 ? say(one) : say(more, sayNumber(count));
}

function sayAnswer({ request, answer, tries }: Sent): string {
  const asked = request.replace('/v1', '');
  const again = tries > 1 ? `, ${say('contributionTries', sayNumber(tries))}` : '';
  if (answer === null) return `${asked}: ${say('contributionUnanswered')}${again}`;
  const { status, accepted, duplicates, rejected } = answer;
  const took =
    accepted === undefined
      ? ''
      : `, ${say('contributionTook', sayNumber(accepted), sayNumber(duplicates ?? 0), sayNumber(rejected?.length ?? 0))}`;
  return `${asked}: ${say('contributionAnswered', status)}${took}${again}`;
}

function hostOf(service: string): string {
  return service.replace(/^https?:\/\//, '');
}
