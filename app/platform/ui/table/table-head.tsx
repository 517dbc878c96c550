import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import { Options } from '../form/select-field.tsx';
import type { Column } from './column.ts';
import { SyncedInput, SyncedSelect } from './synced-control.tsx';
import { changeSearch } from './table-query.ts';
import type { Direction, Sort } from './table-query.ts';

export interface TableHeadProps<Row> {
  columns: readonly Column<Row>[];
  sort: Sort;
  search: string;
  filters: Readonly<Record<string, string>>;
  /** the GET form the filter controls belong to */
  filterFormId: string;
  /** the box that selects the page's rows; null without selection */
  selectAll: ReactNode;
}

const HEAD_CELL = 'border-b border-line-strong bg-surface-sunken px-3 text-left align-bottom';

/** On narrow screens, over its column, which stays in view as well. */
const FIRST_HEAD_CELL = 'sticky left-0 z-head md:static';

/** Column heads with their sort links and, below, the filter row. */
export function TableHead<Row>(props: TableHeadProps<Row>) {
  const { columns, selectAll } = props;
  const hasFilters = columns.some((column) => column.filter);
  return (
    <thead className="sticky top-0 z-head">
      <tr>
        {selectAll ? (
          <th scope="col" className={cx(HEAD_CELL, 'w-10 py-2', hasFilters && 'border-b-0')}>
            {selectAll}
          </th>
        ) : null}
        {columns.map((column, index) => (
          <HeadCell
            key={column.id}
            column={column}
            isFirst={index === 0}
            hasFilters={hasFilters}
            {...props}
          />
        ))}
      </tr>
      {hasFilters ? <FilterRow {...props} /> : null}
    </thead>
  );
}

const SORT_WORDS: Record<Direction, 'ascending' | 'descending'> = { asc: 'ascending', desc: 'descending' };

interface HeadCellProps<Row> {
  column: Column<Row>;
  sort: Sort;
  search: string;
  isFirst: boolean;
  hasFilters: boolean;
}

function HeadCell<Row>({ column, sort, search, isFirst, hasFilters }: HeadCellProps<Row>) {
  const direction = sort.field === column.id ? sort.direction : null;
  const look = cx(
    HEAD_CELL,
    'whitespace-nowrap py-2 font-semibold',
    column.align === 'end' && 'text-right',
    isFirst && FIRST_HEAD_CELL,
    hasFilters && 'border-b-0',
  );
  if (!column.sortable) {
    return (
      <th scope="col" className={look}>
        <HeadText column={column} />
      </th>
    );
  }
  const next: Sort = { field: column.id, direction: direction === 'asc' ? 'desc' : 'asc' };
  return (
    <th scope="col" className={look} aria-sort={direction ? SORT_WORDS[direction] : 'none'}>
      <Link
        to={changeSearch(search, { sort: next })}
        preventScrollReset
        className="inline-flex items-center gap-1 hover:text-accent"
      >
        <HeadText column={column} />
        <SortMark direction={direction} />
      </Link>
    </th>
  );
}

function HeadText<Row>({ column }: { column: Column<Row> }) {
  return (
    <span>
      {column.header}
      {column.unit ? <span className="font-normal text-ink-muted">（{column.unit}）</span> : null}
    </span>
  );
}

/** Both arrows stand always, the one in force dark, so that the head keeps its width. */
function SortMark({ direction }: { direction: Direction | null }) {
  const tone = (of: Direction) => (direction === of ? 'fill-accent' : 'fill-line-strong opacity-60');
  return (
    <svg viewBox="0 0 8 12" aria-hidden="true" className="h-3 w-2 shrink-0">
      <path d="M4 0.5 7.5 5h-7z" className={tone('asc')} />
      <path d="M4 11.5 0.5 7h7z" className={tone('desc')} />
    </svg>
  );
}

function FilterRow<Row>({ columns, filters, filterFormId, selectAll }: TableHeadProps<Row>) {
  const look = cx(HEAD_CELL, 'pb-2 font-normal');
  return (
    <tr className="no-print">
      {selectAll ? <td className={look} /> : null}
      {columns.map((column, index) => (
        <td key={column.id} className={cx(look, index === 0 && FIRST_HEAD_CELL)}>
          <FilterControl column={column} value={filters[column.id] ?? ''} form={filterFormId} />
        </td>
      ))}
    </tr>
  );
}

interface FilterControlProps<Row> {
  column: Column<Row>;
  value: string;
  form: string;
}

/** A choice filters at once; a text waits for Enter or the button. */
function FilterControl<Row>({ column, value, form }: FilterControlProps<Row>) {
  const shared = { form, name: `f.${column.id}`, value, 'aria-label': `按${column.header}筛选` };
  if (!column.filter) return null;
  if (column.filter.kind === 'text') {
    return <SyncedInput {...shared} type="text" maxLength={100} className="control control-small min-w-24" />;
  }
  return (
    <SyncedSelect
      {...shared}
      onChange={(event) => event.currentTarget.form?.requestSubmit()}
      className="control control-small min-w-24 max-w-36"
    >
      <option value="">全部</option>
      <Options options={column.filter.options} />
    </SyncedSelect>
  );
}
