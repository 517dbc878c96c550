import { createRoot } from 'react-dom/client';
import { useEffect, useState } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router-dom';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';

interface Row {
  readonly id: string;
}

/** What the server would answer: the same three rows each time, some of them done with. */
export interface BulkListState {
  readonly done: readonly string[];
  readonly matching: number;
  readonly total: number;
}

/** The event by which a test gives the list its next answer. */
const ANSWER_EVENT = 'answer';

const ROWS: readonly Row[] = ['a', 'b', 'c'].map((id) => ({ id }));
const COLUMNS: readonly Column<Row>[] = [{ id: 'id', header: '编号', cell: (row) => row.id }];

/** A list with a bulk act over all pages, alone in a browser. */
function BulkList() {
  const [{ done, matching, total }, setState] = useState<BulkListState>({
    done: [],
    matching: 30,
    total: 45,
  });
  useEffect(() => {
    const take = (event: Event): void => {
      if (event instanceof CustomEvent) setState(event.detail as BulkListState);
    };
    window.addEventListener(ANSWER_EVENT, take);
    return () => window.removeEventListener(ANSWER_EVENT, take);
  }, []);
  return (
    <DataTable
      caption="名单"
      rows={ROWS}
      columns={COLUMNS}
      {...{ total, page: 1, pageSize: 3, sort: { field: 'id', direction: 'asc' } }}
      rowKey={(row) => row.id}
      selection={{ label: (row) => row.id, isSelectable: (row) => !done.includes(row.id) }}
      bulk={{
        ...{ commandId: 'command', allowMatching: true, matching },
        actions: [{ intent: 'act', text: '办理', consequence: (count) => `将办理 ${count} 人` }],
      }}
    />
  );
}

const root = document.createElement('div');
document.body.append(root);
createRoot(root).render(
  <RouterProvider router={createMemoryRouter([{ path: '*', element: <BulkList /> }])} />,
);
