import { useLocation, useNavigation } from '@remix-run/react';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import { LinkButton } from '../data/link-button.tsx';
import { EmptyState } from '../feedback/empty-state.tsx';
import { useHydrated } from '../hydrated.ts';
import { BulkBar } from './bulk-bar.tsx';
import { visibleColumns } from './column.ts';
import type { Bulk, Column, Selection } from './column.ts';
import { Pagination } from './pagination.tsx';
import { selectionKey } from './selection.ts';
import { TableBody } from './table-body.tsx';
import { TableHead } from './table-head.tsx';
import { moveRowFocus, useSlashToSearch } from './table-keyboard.ts';
import { changeSearch, parseTableQuery, standingFilters } from './table-query.ts';
import type { Sort } from './table-query.ts';
import { TableToolbar } from './table-toolbar.tsx';
import { useSelection } from './use-selection.ts';
import type { SelectionState } from './use-selection.ts';

export interface DataTableProps<Row> {
  caption: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  /** rows matching search and filters, over all pages */
  total: number;
  page: number;
  pageSize: number;
  sort: Sort;
  rowKey: (row: Row) => string;
  /** the row's own page; the first column becomes its link */
  rowHref?: ((row: Row) => string) | undefined;
  selection?: Selection<Row> | undefined;
  bulk?: Bulk | undefined;
  /** shown when there is nothing at all; a list emptied by filters says so by itself */
  empty?: ReactNode;
  /** what the search looks through; null leaves it out */
  searchHint?: string | null | undefined;
  /** exports and the like */
  tools?: ReactNode;
}

/** A list of records, paged, sorted and filtered by the server. Its state stands in the URL alone; one such table
 *  per page. Loader: `parseTableQuery`, query, `rows`, `total`. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, rows, total, sort, selection, bulk, searchHint = '关键词' } = props;
  const { search, pathname } = useLocation();
  const isReloading = useIsReloading(pathname);
  const id = useId();
  const filterFormId = `${id}filter`;
  const bulkFormId = `${id}bulk`;
  const filters = standingFilters(search);
  const query = parseTableQuery(new URLSearchParams(search), { sorts: [], defaultSort: sort, filters: [] });
  const columns = visibleColumns(props.columns, query.columns);
  const matching = bulk?.matching ?? total;
  const allowMatching = bulk?.allowMatching ?? false;
  const others = { allowMatching, shown: rows.length, total, matching };
  const selected = useSelection(selectionKey(rows, props.rowKey, selection), others);
  useSlashToSearch();
  const isNarrowed = query.q !== '' || Object.keys(filters).length > 0;
  return (
    <div
      ref={selected.rootRef}
      onKeyDown={moveRowFocus}
      onChange={selected.recount}
      aria-busy={isReloading}
      className="rounded-md border border-line bg-surface-raised"
    >
      <TableToolbar
        columns={props.columns}
        chosen={query.columns}
        {...{ search, q: query.q, filters, filterFormId, searchHint, tools: props.tools }}
      />
      <div
        role="region"
        aria-label={caption}
        tabIndex={0}
        className={cx(
          'print-flow max-h-[75vh] overflow-auto border-t border-line transition-opacity',
          isReloading && 'opacity-60',
        )}
      >
        <table className="w-max min-w-full border-separate border-spacing-0 text-sm lg:w-full print:w-full">
          <caption className="sr-only">{caption}</caption>
          <TableHead
            {...{ columns, sort, search, filters, filterFormId }}
            selectAll={selection ? <SelectAll state={selected} /> : null}
          />
          {rows.length > 0 ? (
            <TableBody
              {...{ rows, columns, selection, bulkFormId, rowKey: props.rowKey, rowHref: props.rowHref }}
            />
          ) : null}
        </table>
        {rows.length === 0 ? (
          <NoRows isNarrowed={isNarrowed} search={search} filters={filters} empty={props.empty} />
        ) : null}
      </div>
      {selection && bulk && total > 0 ? (
        <BulkBar
          {...{ bulk, matching, formId: bulkFormId, count: selected.count }}
          isMatchingOffered={selected.isMatchingOffered}
          isMatching={selected.isMatching}
          onMatchingChange={selected.setIsMatching}
        />
      ) : null}
      <div className="border-t border-line">
        <Pagination total={total} page={props.page} size={props.pageSize} search={search} />
      </div>
    </div>
  );
}

/** True while this list is asked for again, by sorting, filtering or paging. */
function useIsReloading(pathname: string): boolean {
  const navigation = useNavigation();
  return navigation.state === 'loading' && navigation.location.pathname === pathname;
}

/** Ticks every row of the page. It needs JavaScript and stands disabled until then. */
function SelectAll({ state }: { state: SelectionState }) {
  const isHydrated = useHydrated();
  return (
    <input
      ref={state.selectAllRef}
      type="checkbox"
      disabled={!isHydrated}
      aria-label="选择本页全部"
      onChange={(event) => state.toggleAll(event.currentTarget.checked)}
      className="tick"
    />
  );
}

interface NoRowsProps {
  isNarrowed: boolean;
  search: string;
  filters: Readonly<Record<string, string>>;
  empty: ReactNode;
}

function NoRows({ isNarrowed, search, filters, empty }: NoRowsProps) {
  if (!isNarrowed) return <>{empty ?? <EmptyState title="暂无记录" text="有新记录后会显示在这里。" />}</>;
  const cleared = Object.fromEntries(Object.keys(filters).map((name) => [name, '']));
  return (
    <EmptyState
      title="没有符合条件的记录"
      text="请放宽或清除筛选条件后再查。"
      action={<LinkButton to={changeSearch(search, { q: '', filters: cleared })}>清除筛选</LinkButton>}
    />
  );
}
