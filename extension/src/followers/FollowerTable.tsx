import type { Departure } from '../ledger/departure';
import type { Verdict } from '../lookup/wire';
import { practiceOf, STANDINGS } from '../practices';
import { Icon } from '../account/Assessment';
import { SortHeading } from '../SortHeading';
import { say, sayDay, type MessageKey } from '../words';
import { profileOf, type Column, type Order, type Row } from './rows';

const HEADINGS: Record<Column, MessageKey> = {
  account: 'followersColumnAccount',
  seen: 'followersColumnSeen',
  statement: 'followersColumnStatement',
  left: 'followersColumnLeft',
  asOf: 'followersColumnAsOf',
};

/** One page of followers. Roles are spelled out: where it is narrow the table is laid out as a list, and would lose them. */
export function FollowerTable({
  rows,
  columns,
  order,
  setOrder,
  selected,
  setSelected,
  isHidden,
  setHidden,
}: {
  rows: Row[];
  columns: Column[];
  order: Order;
  setOrder: (order: Order) => void;
  selected: ReadonlySet<string>;
  setSelected: (selected: ReadonlySet<string>) => void;
  isHidden: (row: Row) => boolean;
  setHidden: (row: Row, hiding: boolean) => void;
}) {
  const ids = rows.map(({ account }) => account.nativeId);
  const picked = ids.filter((id) => selected.has(id)).length;
  const pick = (some: string[], picking: boolean) => {
    const next = new Set(selected);
    for (const id of some) {
      if (picking) next.add(id);
      else next.delete(id);
    }
    setSelected(next);
  };
  return (
    <table role="table" aria-label={say('followersResults')}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col" class="select">
            <input
              type="checkbox"
              aria-label={say('followersSelectPage')}
              checked={picked === rows.length}
              indeterminate={picked > 0 && picked < rows.length}
              onChange={(event) => {
                pick(ids, event.currentTarget.checked);
              }}
            />
          </th>
          {columns.map((column) => (
            <SortHeading
              key={column}
              name={say(HEADINGS[column])}
              kind={column}
              order={order.column !== column ? null : order.descending ? 'descending' : 'ascending'}
              sort={() => {
                setOrder({
                  column,
                  descending: order.column === column ? !order.descending : column !== 'account',
                });
              }}
            />
          ))}
          <th role="columnheader" scope="col">
            <span class="unseen">{say('followersColumnActions')}</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <FollowerRow
            key={row.account.nativeId}
            row={row}
            columns={columns}
            selected={selected.has(row.account.nativeId)}
            select={(picking) => {
              pick([row.account.nativeId], picking);
            }}
            hidden={isHidden(row)}
            setHidden={(hiding) => {
              setHidden(row, hiding);
            }}
          />
        ))}
      </tbody>
    </table>
  );
}

function FollowerRow({
  row: { account, listing, verdicts, departure },
  columns,
  selected,
  select,
  hidden,
  setHidden,
}: {
  row: Row;
  columns: Column[];
  selected: boolean;
  select: (picking: boolean) => void;
  hidden: boolean;
  setHidden: (hiding: boolean) => void;
}) {
  const { handle, name } = account;
  return (
    <tr role="row" class={hidden ? 'hidden' : ''}>
      <td role="cell" class="select">
        <input
          type="checkbox"
          aria-label={say('followersSelect', handle)}
          checked={selected}
          onChange={(event) => {
            select(event.currentTarget.checked);
          }}
        />
      </td>
      <th role="rowheader" scope="row" class="account">
        {name !== '' && <bdi class="name">{name}</bdi>}
        <a href={profileOf(account)} target="_blank" rel="noopener noreferrer">
          <bdi>{handle}</bdi>
          <span class="unseen"> {say('opensInNewTab')}</span>
        </a>
      </th>
      <td role="cell" class="seen">
        {verdicts.map((verdict) => (
          <Mark key={verdict.practice} verdict={verdict} />
        ))}
        {verdicts.length === 0 && <span class="muted">{say('followersNotListed')}</span>}
      </td>
      <td role="cell" class="statement">
        {verdicts.map(({ practice, statement }) => (
          <p key={practice}>
            <bdi>{statement}</bdi>
          </p>
        ))}
        {listing && !listing.confirmed && (
          <p class="hint">{say('awayNote', sayDay(new Date(listing.checkedAt).toISOString()))}</p>
        )}
      </td>
      {columns.includes('left') && (
        <td role="cell" class="left" data-label={say('followersColumnLeft')}>
          {departure && <Left departure={departure} />}
        </td>
      )}
      <td role="cell" class="asOf" data-label={say('followersColumnAsOf')}>
        {verdicts[0] && sayDay(verdicts[0].asOf)}
      </td>
      <td role="cell" class="acts">
        {listing && verdicts.length > 0 && (
          <>
            <a
              href={listing.page}
              target="_blank"
              rel="noopener noreferrer"
              aria-label={`${say('followersEvidence')}: ${handle} ${say('opensInNewTab')}`}
            >
              {say('followersEvidence')}
            </a>
            <button
              class="plain"
              type="button"
              aria-label={`${say(hidden ? 'showAgain' : 'followersHide')}: ${handle}`}
              onClick={() => {
                setHidden(!hidden);
              }}
            >
              {say(hidden ? 'showAgain' : 'followersHide')}
            </button>
          </>
        )}
      </td>
    </tr>
  );
}

/** A practice with its standing, told by words and form as well as colour. */
function Mark({ verdict }: { verdict: Verdict }) {
  const practice = practiceOf(verdict);
  if (practice === null) return null;
  return (
    <div>
      <span class={`mark ${verdict.standing}`}>
        <Icon practice={practice} />
        <span>
          <span class="practice">{say(practice.name)}</span>
          <span class="told">{` · ${say(STANDINGS[verdict.standing])}`}</span>
        </span>
      </span>
      {verdict.disputed && <span class="disputed">{say('followersDisputed')}</span>}
    </div>
  );
}

function Left({ departure: { left, uncertain } }: { departure: Departure }) {
  return (
    <span class="mark left">
      {sayDay(left[1])}
      {uncertain && ` (${say('followersUncertain')})`}
    </span>
  );
}
