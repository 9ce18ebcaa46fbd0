import { useMemo, useRef, useState } from 'preact/hooks';
import { showAgain } from '../ask';
import { hidingKey } from '../hidden';
import type { OwnAccount } from '../ledger/ownAccounts';
import type { Verdict } from '../lookup/wire';
import { STANDINGS } from '../practices';
import { say, sayNumber } from '../words';
import { hide } from './asking';
import type { Progress } from './check';
import { saveFile } from '../files';
import { fileName, toCsv, toJson } from './exporting';
import {
  COLUMNS,
  nameOf,
  NO_FILTER,
  search,
  select,
  type Column,
  type Filter,
  type Order,
  type Row,
} from './rows';
import { FollowerTable } from './FollowerTable';

const ROWS_A_PAGE = 50;

/** The followers that were found, to filter, order, hide and take along. */
export function Results({
  running: { own, everybody, startedAt },
  progress: { rows, state },
}: {
  running: { own: OwnAccount; everybody: boolean; startedAt: string };
  progress: Progress;
}) {
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const [text, setText] = useState('');
  const [order, setOrder] = useState<Order>({ column: 'seen', descending: true });
  const [page, setPage] = useState(0);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [hidden, setHidden] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [told, setTold] = useState('');

  const size = useRipeSize(rows.length, state !== 'walking');
  // The array only grows, so its size says whether there is something new.
  const ordered = useMemo(() => select(rows.slice(0, size), filter, order), [rows, size, filter, order]);
  const shown = useMemo(() => search(ordered, text), [ordered, text]);
  const columns = useMemo(() => columnsFor(shown), [shown]);
  const practices = useMemo(() => practicesIn(rows.slice(0, size)), [rows, size]);

  const pages = Math.max(Math.ceil(shown.length / ROWS_A_PAGE), 1);
  const current = Math.min(page, pages - 1);
  const visible = shown.slice(current * ROWS_A_PAGE, (current + 1) * ROWS_A_PAGE);
  const isHidden = (row: Row) => hidden.get(row.account.nativeId) ?? row.hidden;
  const chosen = selected.size === 0 ? shown : shown.filter((row) => selected.has(row.account.nativeId));

  const narrow = (change: Partial<Filter>) => {
    setFilter({ ...filter, ...change });
    setPage(0);
  };
  const setHiding = async (some: Row[], hiding: boolean) => {
    const listed = some.filter((row) => row.listing !== null && isHidden(row) !== hiding);
    for (const { listing } of listed) {
      if (listing === null) continue;
      // One after the other: each reads and writes the same list.
      if (hiding) await hide(listing.account);
      else await showAgain(hidingKey(listing.account) ?? '');
    }
    setHidden(new Map([...hidden, ...listed.map(({ account }) => [account.nativeId, hiding] as const)]));
    setTold(say(hiding ? 'followersHiddenNow' : 'followersShownNow', sayNumber(listed.length)));
  };
  const copy = async () => {
    await navigator.clipboard.writeText(toCsv(chosen));
    setTold(say('followersCopied', sayNumber(chosen.length)));
  };
  const save = (ending: 'csv' | 'json') => {
    // The mark tells spreadsheets that it is UTF-8.
    const text = ending === 'csv' ? '\ufeff' + toCsv(chosen) : toJson(chosen, own.handle, startedAt);
    saveFile(fileName(own.handle, startedAt, ending), ending === 'csv' ? 'text/csv' : 'application/json', [
      text,
    ]);
    setTold(say('followersSaved', sayNumber(chosen.length)));
  };

  if (rows.length === 0) return null;
  return (
    <section class="results" aria-labelledby="results-heading">
      <h2 id="results-heading">{say('followersResults')}</h2>
      <div class="fields">
        <label class="field wide">
          <span>{say('followersSearch')}</span>
          <input
            type="search"
            value={text}
            onInput={(event) => {
              setText(event.currentTarget.value);
              setPage(0);
            }}
          />
        </label>
        {everybody && (
          <Select
            label={say('followersShow')}
            value={filter.everybody ? 'everybody' : ''}
            options={[
              ['', say('followersShowListed')],
              ['everybody', say('followersShowEverybody')],
            ]}
            choose={(value) => {
              narrow({ everybody: value !== '' });
            }}
          />
        )}
        <Select
          label={say('followersPractice')}
          value={filter.practice}
          options={[['', say('followersAny')], ...practices]}
          choose={(practice) => {
            narrow({ practice });
          }}
        />
        <Select
          label={say('followersStanding')}
          value={filter.standing}
          options={[
            ['', say('followersAny')],
            ['likely', say(STANDINGS.likely)],
            ['confirmed', say(STANDINGS.confirmed)],
          ]}
          choose={(standing) => {
            narrow({ standing: standing as Verdict['standing'] | '' });
          }}
        />
      </div>
      <div class="actions" role="group" aria-labelledby="chosen">
        <span id="chosen" class="muted">
          {selected.size === 0
            ? say('followersShown', sayNumber(shown.length))
            : say('followersSelected', sayNumber(chosen.length))}
        </span>
        <button type="button" onClick={() => void copy()}>
          {say('followersCopy')}
        </button>
        <button
          type="button"
          onClick={() => {
            save('csv');
          }}
        >
          {say('followersSaveCsv')}
        </button>
        <button
          type="button"
          onClick={() => {
            save('json');
          }}
        >
          {say('followersSaveJson')}
        </button>
        {selected.size > 0 && (
          <>
            <button type="button" onClick={() => void setHiding(chosen, true)}>
              {say('followersHide')}
            </button>
            <button type="button" onClick={() => void setHiding(chosen, false)}>
              {say('showAgain')}
            </button>
          </>
        )}
      </div>
      <p role="status" class={told === '' ? 'empty' : 'hint'}>
        {told}
      </p>
      {shown.length === 0 ? (
        <p class="muted">{say('followersNoneShown')}</p>
      ) : (
        <FollowerTable
          rows={visible}
          columns={columns}
          order={order}
          setOrder={(wanted) => {
            setOrder(wanted);
            setPage(0);
          }}
          selected={selected}
          setSelected={setSelected}
          isHidden={isHidden}
          setHidden={(row, hiding) => void setHiding([row], hiding)}
        />
      )}
      {pages > 1 && (
        <nav class="actions" aria-label={say('followersPages')}>
          <button
            type="button"
            aria-disabled={current === 0}
            onClick={() => {
              setPage(Math.max(current - 1, 0));
            }}
          >
            {say('followersPrevious')}
          </button>
          <span class="muted">
            {say('followersPage', sayNumber(current + 1), sayNumber(pages), sayNumber(shown.length))}
          </span>
          <button
            type="button"
            aria-disabled={current === pages - 1}
            onClick={() => {
              setPage(Math.min(current + 1, pages - 1));
            }}
          >
            {say('followersNext')}
          </button>
        </nav>
      )}
    </section>
  );
}

/**
 * The number of rows the table is made from. It follows a long list at every tenth more, so that one of a hundred times as
 * many is not ordered a hundred times as often, and wholly when the list is ripe.
 */
function useRipeSize(length: number, ripe: boolean): number {
  const size = useRef(0);
  if (ripe || length < 1_000 || length > size.current * 1.1) size.current = length;
  return size.current;
}

/** Who follows again is no longer said to have left, so for most there is nothing in that column. */
function columnsFor(rows: readonly Row[]): Column[] {
  return COLUMNS.filter((column) => column !== 'left' || rows.some(({ departure }) => departure !== null));
}

function practicesIn(rows: readonly Row[]): [string, string][] {
  const names = new Map(
    rows.flatMap(({ verdicts }) => verdicts.map((verdict) => [verdict.practice, nameOf(verdict)] as const)),
  );
  return [...names].sort(([, one], [, other]) => one.localeCompare(other));
}

function Select({
  label,
  value,
  options,
  choose,
}: {
  label: string;
  value: string;
  options: [value: string, text: string][];
  choose: (value: string) => void;
}) {
  return (
    <label class="field">
      <span>{label}</span>
      <select
        value={value}
        onChange={(event) => {
          choose(event.currentTarget.value);
        }}
      >
        {options.map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
