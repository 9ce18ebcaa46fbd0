interface SortHeadingProps {
  name: string;
  /** Which way the table is ordered by this column, if it is. */
  order: 'ascending' | 'descending' | null;
  sort: () => void;
  kind?: string;
}

/** The heading of a column by which a table can be ordered. Its role is spelled out: see the tables. */
export function SortHeading({ name, order, sort, kind }: SortHeadingProps) {
  return (
    <th role="columnheader" scope="col" aria-sort={order ?? 'none'} class={kind}>
      <button type="button" onClick={sort}>
        {name}
        <svg aria-hidden="true" viewBox="0 0 10 10" width="10" height="10">
          {order !== null && <path d={order === 'descending' ? 'M1 3l4 4 4-4' : 'M1 7l4-4 4 4'} />}
        </svg>
      </button>
    </th>
  );
}
