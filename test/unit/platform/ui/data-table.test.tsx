import { describe, expect, it } from 'vitest';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { renderAt } from './render.tsx';

interface Person {
  id: string;
  name: string;
  hours: number;
}

const COLUMNS: readonly Column<Person>[] = [
  { id: 'name', header: '姓名', sortable: true, filter: { kind: 'text' }, cell: (row) => row.name },
  {
    id: 'hours',
    header: '学时',
    unit: '学时',
    align: 'end',
    sortable: true,
    hideable: true,
    cell: (row) => row.hours,
  },
];
const ROWS: readonly Person[] = [
  { id: 'a', name: '林海燕', hours: 60 },
  { id: 'b', name: '周立新', hours: 12 },
];

function table(url: string, rows: readonly Person[] = ROWS, total = 41): string {
  return renderAt(
    url,
    <DataTable
      caption="人员"
      columns={COLUMNS}
      rows={rows}
      total={total}
      page={2}
      pageSize={20}
      sort={{ field: 'name', direction: 'asc' }}
      rowKey={(row) => row.id}
      rowHref={(row) => `/officers/${row.id}`}
      selection={{ label: (row) => row.name, isSelectable: (row) => row.id !== 'b' }}
      bulk={{
        commandId: 'command-1',
        actions: [{ intent: 'remind', text: '发送提醒', consequence: (count) => `将提醒 ${count} 人` }],
      }}
    />,
  );
}

describe('a list in the server’s HTML', () => {
  const html = table('/list?unit=7&page=2&f.name=%E6%9E%97');

  it('sorts by links that keep scope and filters and go back to page 1', () => {
    expect(html).toContain('aria-sort="ascending"');
    expect(html).toContain('href="/list?unit=7&amp;f.name=%E6%9E%97&amp;sort=name:desc"');
    expect(html).toContain('href="/list?unit=7&amp;f.name=%E6%9E%97&amp;sort=hours:asc"');
  });

  it('filters by a GET form that carries the scope on', () => {
    expect(html).toMatch(/<form[^>]*method="get"/);
    expect(html).toContain('<input type="hidden" name="unit" value="7"/>');
    expect(html).toMatch(/<input[^>]*name="f\.name"[^>]*value="林"/);
    expect(html).toContain('移除筛选：姓名：林');
  });

  it('leads from each row to its own page and names each box', () => {
    expect(html).toContain('href="/officers/a"');
    expect(html).toContain('aria-label="选择 林海燕"');
    expect(html).toMatch(/<input[^>]*disabled=""[^>]*aria-label="选择 周立新"/);
  });

  it('offers the bulk act before JavaScript, with its command id', () => {
    expect(html).toContain('name="commandId" value="command-1"');
    expect(html).toMatch(/<button type="submit" name="intent" value="remind"(?! aria-disabled)/);
  });

  it('says which rows of how many, with units in the head', () => {
    expect(html).toContain('第 21–40 条，共 41 条');
    expect(html).toContain('（学时）');
  });

  it('leaves out columns the person did not choose, never the first', () => {
    const chosen = table('/list?cols=');
    expect(chosen).toContain('林海燕');
    expect(chosen).not.toContain('（学时）');
  });

  it('tells an empty list from one emptied by filters', () => {
    expect(table('/list', [], 0)).toContain('暂无记录');
    const narrowed = table('/list?q=x', [], 0);
    expect(narrowed).toContain('没有符合条件的记录');
    expect(narrowed).toContain('清除筛选');
  });
});
