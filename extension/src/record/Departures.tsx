import { useEffect, useMemo, useState } from 'preact/hooks';
import { openFor } from '../handover';
import { accountsIn, departuresOf, perhapsWithinAWeek, withinAWeek, type Left } from '../ledger/departures';
import { record } from '../ledger/ledger';
import type { Own } from '../ledger/store';
import { say, sayNumber, type MessageKey } from '../words';
import { SortHeading } from '../SortHeading';
import { NewFollowers } from './NewFollowers';
import { departuresCsv } from './files';
import { saveFile } from '../files';
import { handleOf, many, profileOf, tellBetween, tellDoubt, tellStay } from './told';

const DAY = 24 * 3_600_000;
const MOST = 20_000;
const PAGE = 100;
/** Fewer readings than this tell of nobody for certain. */
const ENOUGH = 3;

type Column = 'account' | 'followed' | 'left' | 'stayed' | 'certain';
type Period = 'week' | 'month' | 'all';

const COLUMNS: Record<Column, MessageKey> = {
  account: 'recordAccount',
  followed: 'recordFollowed',
  left: 'recordLeft',
  stayed: 'recordStayed',
  certain: 'recordHowCertain',
};
const PERIODS: Record<Period, { name: MessageKey; days: number }> = {
  week: { name: 'recordWeek', days: 7 },
  month: { name: 'recordMonth', days: 30 },
  all: { name: 'recordAll', days: Infinity },
};

const BY: Record<Column, (left: Left) => string | number> = {
  account: ({ account }) => handleOf(account).toLowerCase(),
  followed: ({ followed }) => followed[0] ?? followed[1],
  left: ({ left }) => left[1],
  stayed: ({ stayed }) => stayed.most ?? Number.MAX_SAFE_INTEGER,
  certain: ({ uncertain }) => (uncertain ? 1 : 0),
};

/** Who followed and left again: in a sentence, and one by one. */
export function Departures({ own, renewed }: { own: Own; renewed: number }) {
  const departures = useDepartures(own, renewed);
  if (departures === null) return null;
  const soon = withinAWeek(departures);
  const perhaps = accountsIn(perhapsWithinAWeek(departures));
  return (
    <>
      <section>
        <p class="headline">
          {soon.length === 0
            ? say('recordHeadlineNone')
            : many('recordHeadlineOne', 'recordHeadlineMany', accountsIn(soon))}
        </p>
        {perhaps > 0 && <p class="muted">{many('recordPerhapsOne', 'recordPerhapsMany', perhaps)}</p>}
        <NewFollowers own={own} renewed={renewed} />
      </section>
      <section>
        <h2>{say('recordDepartures')}</h2>
        {departures.length === 0 ? (
          <p class="muted">{say(own.number < ENOUGH ? 'recordNobodyYet' : 'recordNobody')}</p>
        ) : (
          <Table departures={departures} name={own.account.handle} />
        )}
        <p class="hint">{say('recordOwnDoing')}</p>
      </section>
    </>
  );
}

function useDepartures({ key, last, lastPass, number, deleteAt }: Own, renewed: number): Left[] | null {
  const [departures, setDepartures] = useState<Left[] | null>(null);
  useEffect(() => {
    const look = () => departuresOf(record, key, null, MOST).then(setDepartures);
    const lookAgain = () => void look();
    lookAgain();
    // What pages told while the user was there.
    addEventListener('focus', lookAgain);
    return () => {
      removeEventListener('focus', lookAgain);
    };
  }, [key, last?.number, lastPass?.startedAt, number, deleteAt, renewed]);
  return departures;
}

function Table({ departures, name }: { departures: Left[]; name: string }) {
  const [period, setPeriod] = useState<Period>('all');
  const [withUncertain, setWithUncertain] = useState(true);
  const [sought, setSought] = useState('');
  const [sort, setSort] = useState<{ by: Column; down: boolean }>({ by: 'left', down: true });
  const [most, setMost] = useState(PAGE);

  const shown = useMemo(() => {
    const { days } = PERIODS[period];
    const since = days === Infinity ? '' : new Date(Date.now() - days * DAY).toISOString();
    const wanted = sought.trim().replace(/^@/, '').toLowerCase();
    const value = BY[sort.by];
    return departures
      .filter(({ left, uncertain }) => left[1] >= since && (withUncertain || !uncertain))
      .filter(
        (one) =>
          handleOf(one.account).toLowerCase().includes(wanted) ||
          (one.name ?? '').toLowerCase().includes(wanted),
      )
      .sort((one, other) => {
        const [first, second] = [value(one), value(other)];
        const order = first < second ? -1 : first > second ? 1 : 0;
        return sort.down ? -order : order;
      });
  }, [departures, period, withUncertain, sought, sort]);

  const export_ = () => {
    saveFile(`fairfollow-${name}.csv`, 'text/csv;charset=utf-8', [departuresCsv(shown)]);
  };

  return (
    <>
      <div class="row tools">
        <label class="field">
          <span>{say('recordPeriod')}</span>
          <select
            value={period}
            onChange={(event) => {
              setPeriod(event.currentTarget.value as Period);
              setMost(PAGE);
            }}
          >
            {Object.entries(PERIODS).map(([key, { name: label }]) => (
              <option key={key} value={key}>
                {say(label)}
              </option>
            ))}
          </select>
        </label>
        <label class="field wide">
          <span>{say('recordSearch')}</span>
          <input
            type="search"
            value={sought}
            onInput={(event) => {
              setSought(event.currentTarget.value);
              setMost(PAGE);
            }}
          />
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={withUncertain}
            onChange={(event) => {
              setWithUncertain(event.currentTarget.checked);
            }}
          />
          <span>{say('recordWithUncertain')}</span>
        </label>
        <button type="button" onClick={export_}>
          {say('recordExportCsv')}
        </button>
      </div>
      {/* Roles are spelled out: where it is narrow the table is laid out as a list, and would lose them. */}
      <table role="table" aria-label={say('recordDepartures')}>
        <thead role="rowgroup">
          <tr role="row">
            {(Object.keys(COLUMNS) as Column[]).map((column) => (
              <SortHeading
                key={column}
                name={say(COLUMNS[column])}
                order={sort.by !== column ? null : sort.down ? 'descending' : 'ascending'}
                sort={() => {
                  setSort({ by: column, down: sort.by === column ? !sort.down : column !== 'account' });
                }}
              />
            ))}
            <th role="columnheader" scope="col">
              <span class="unseen">{say('reportColumn')}</span>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {shown.slice(0, most).map((left) => (
            <Row key={left.id} left={left} />
          ))}
        </tbody>
      </table>
      <div class="row">
        <p class="hint" role="status">
          {say('recordShown', sayNumber(Math.min(most, shown.length)), sayNumber(shown.length))}
        </p>
        {shown.length > most && (
          <button
            type="button"
            onClick={() => {
              setMost(most + PAGE);
            }}
          >
            {say('recordMore')}
          </button>
        )}
      </div>
    </>
  );
}

function Row({ left }: { left: Left }) {
  const { account, name, followed, isBack, uncertain } = left;
  const profile = profileOf(account);
  const handle = handleOf(account);
  return (
    <tr role="row">
      <th role="rowheader" scope="row" class="account">
        {name !== null && name !== '' && <bdi class="name">{name}</bdi>}
        {profile === null ? (
          <bdi>{handle}</bdi>
        ) : (
          <a href={profile} target="_blank" rel="noreferrer">
            <bdi>{handle}</bdi>
          </a>
        )}
        {isBack && <span class="hint"> · {say('recordBack')}</span>}
      </th>
      <td role="cell" class="when" data-label={say('recordFollowed')}>
        {tellBetween(followed)}
      </td>
      <td role="cell" class="when" data-label={say('recordLeft')}>
        {tellBetween(left.left)}
      </td>
      <td role="cell" class="when" data-label={say('recordStayed')}>
        {tellStay(left)}
      </td>
      <td role="cell" class={uncertain ? 'muted' : ''}>
        {tellDoubt(left)}
      </td>
      <td role="cell" class="when">
        <button
          class="plain"
          type="button"
          aria-label={`${say('reportThis')} ${handle}`}
          onClick={() => void reportIt(left)}
        >
          {say('reportThis')}
        </button>
      </td>
    </tr>
  );
}

/** With what the record knows of them as evidence, which the dialog shows and can leave out. */
function reportIt({ account, followed, left, uncertain }: Left): Promise<void> {
  return openFor('report', {
    account,
    practice: 'follow-churn',
    departure: { followed, left, uncertain },
  });
}
