import { Form, Link, useNavigate } from '@remix-run/react';
import type { FormEvent, ReactNode } from 'react';
import { cx } from '../cx.ts';
import { buttonClass } from '../data/button-class.ts';
import { Disclosure } from '../data/disclosure.tsx';
import type { Column } from './column.ts';
import { SyncedInput } from './synced-control.tsx';
import { carriedParams, changeSearch } from './table-query.ts';

export interface TableToolbarProps<Row> {
  columns: readonly Column<Row>[];
  chosen: readonly string[] | null;
  search: string;
  q: string;
  filters: Readonly<Record<string, string>>;
  filterFormId: string;
  /** what the search looks through: `姓名、拼音首字母或证号`; null = no search field */
  searchHint: string | null;
  /** exports and the like, at the end of the bar */
  tools: ReactNode;
}

/** Search, standing filters, column choice and the page's own tools. */
export function TableToolbar<Row>(props: TableToolbarProps<Row>) {
  const { columns, chosen, search, searchHint, filters, tools } = props;
  const hasChoice = columns.some((column) => column.hideable);
  const asksAnything = searchHint !== null || columns.some((column) => column.filter !== undefined);
  const hasStanding = Object.keys(filters).length > 0;
  if (!asksAnything && !hasStanding && !hasChoice && !tools) return null;
  return (
    <div className="no-print flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      {asksAnything ? <FilterForm {...props} /> : null}
      <StandingFilters {...props} />
      <div className="ml-auto flex flex-wrap items-center gap-2">
        {hasChoice ? <ColumnChoice columns={columns} chosen={chosen} search={search} /> : null}
        {tools}
      </div>
    </div>
  );
}

/** Sends search and filters as one GET form. With JavaScript the URL comes out without empty parts. */
function FilterForm<Row>({ columns, search, q, filterFormId, searchHint }: TableToolbarProps<Row>) {
  const navigate = useNavigate();
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '');
    const filtered = columns.filter((column) => data.has(`f.${column.id}`));
    const filters = Object.fromEntries(filtered.map((column) => [column.id, text(`f.${column.id}`)]));
    navigate(changeSearch(search, { q: text('q'), filters }), { preventScrollReset: true });
  };
  return (
    <Form
      id={filterFormId}
      method="get"
      role="search"
      aria-label="查询本表"
      onSubmit={onSubmit}
      className="flex w-full gap-2 sm:w-auto"
    >
      {carriedParams(search, ['q', 'f.*']).map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      {searchHint === null ? null : (
        <SyncedInput
          type="search"
          name="q"
          value={q}
          maxLength={100}
          data-slash="list"
          aria-label={`搜索${searchHint}`}
          aria-keyshortcuts="/"
          placeholder={searchHint}
          className="control control-small min-w-0 flex-1 sm:w-64 sm:flex-none"
        />
      )}
      <button type="submit" className={cx(buttonClass('secondary', 'small'), 'shrink-0')}>
        {searchHint === null ? '筛选' : '查询'}
      </button>
    </Form>
  );
}

/** What the list is narrowed to, in words, each to be taken back: also for columns that are hidden. */
function StandingFilters<Row>({ columns, search, q, filters }: TableToolbarProps<Row>) {
  const standing = columns.flatMap((column) => {
    const value = filters[column.id];
    return value ? [{ id: column.id, text: `${column.header}：${filterWord(column, value)}` }] : [];
  });
  if (standing.length === 0 && q === '') return null;
  const cleared = Object.fromEntries(columns.map((column) => [column.id, '']));
  return (
    <ul aria-label="当前筛选" className="flex flex-wrap items-center gap-2 text-sm">
      {q ? <Standing text={`含“${q}”`} to={changeSearch(search, { q: '' })} /> : null}
      {standing.map(({ id, text }) => (
        <Standing key={id} text={text} to={changeSearch(search, { filters: { [id]: '' } })} />
      ))}
      <li>
        <Link
          to={changeSearch(search, { q: '', filters: cleared })}
          preventScrollReset
          className="inline-block leading-6 text-accent hover:underline"
        >
          全部清除
        </Link>
      </li>
    </ul>
  );
}

function filterWord<Row>({ filter }: Column<Row>, value: string): string {
  if (filter?.kind !== 'select') return value;
  return filter.options.find((option) => option.value === value)?.label ?? value;
}

function Standing({ text, to }: { text: string; to: string }) {
  return (
    <li>
      <Link
        to={to}
        preventScrollReset
        aria-label={`移除筛选：${text}`}
        className="inline-flex items-center gap-2 rounded-sm bg-accent-soft px-2 leading-6 text-accent hover:text-accent-strong"
      >
        {text}
        <span aria-hidden="true">×</span>
      </Link>
    </li>
  );
}

interface ColumnChoiceProps<Row> {
  columns: readonly Column<Row>[];
  chosen: readonly string[] | null;
  search: string;
}

/** Which columns stand. Without JavaScript each ticked box becomes its own `cols=`, which is read the same. */
function ColumnChoice<Row>({ columns, chosen, search }: ColumnChoiceProps<Row>) {
  const navigate = useNavigate();
  const choices = columns.filter((column, index) => index > 0 && column.hideable);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const ticked = new FormData(event.currentTarget).getAll('cols').map(String).filter(Boolean);
    const all = ticked.length === choices.length;
    navigate(changeSearch(search, { columns: all ? null : ticked }), { preventScrollReset: true });
    const details = event.currentTarget.closest('details');
    if (details) details.open = false;
  };
  return (
    <Disclosure summary="选择列" summaryClassName={buttonClass('secondary', 'small')}>
      <Form method="get" onSubmit={onSubmit} key={chosen?.join(',') ?? 'all'} className="p-4">
        {carriedParams(search, ['cols']).map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="cols" value="" />
        <fieldset>
          <legend className="sr-only">显示的列</legend>
          <ul className="max-h-80 space-y-2 overflow-y-auto text-sm">
            {choices.map((column) => (
              <li key={column.id}>
                <label className="flex cursor-pointer items-center gap-3">
                  <input
                    type="checkbox"
                    name="cols"
                    value={column.id}
                    defaultChecked={chosen === null || chosen.includes(column.id)}
                    className="tick"
                  />
                  {column.header}
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        <button type="submit" className={cx(buttonClass('primary', 'small'), 'mt-4 w-full')}>
          应用
        </button>
      </Form>
    </Disclosure>
  );
}
