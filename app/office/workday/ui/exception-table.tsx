import { Form } from '@remix-run/react';
import { cx } from '#app/platform/ui/cx.ts';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import type { KnownException } from '../workday-change.ts';
import { KIND_LABELS, dayWithWeekday } from './workday-words.ts';

/** Another year's calendar; works without JavaScript. */
export function YearSwitch({ years, shown }: { years: readonly number[]; shown: number }) {
  return (
    <Form method="get" className="flex items-center gap-2">
      <label htmlFor="workdays-year" className="shrink-0 text-sm">
        年度
      </label>
      <select id="workdays-year" name="year" defaultValue={shown} className="control">
        {years.map((year) => (
          <option key={year} value={year}>{`${year}年`}</option>
        ))}
      </select>
      <button type="submit" className={cx(buttonClass('secondary'), 'shrink-0')}>
        查看
      </button>
    </Form>
  );
}

export interface ExceptionTableProps {
  year: number;
  exceptions: readonly KnownException[];
  bases: readonly string[];
  mayImport: boolean;
}

/** The days of one year that do not follow the week, with the notice they stand in. */
export function ExceptionTable({ year, exceptions, bases, mayImport }: ExceptionTableProps) {
  if (exceptions.length === 0) {
    return (
      <EmptyState
        title={`${year}年还没有放假调休安排`}
        text="未导入前，期限只按周一至周五计算。请在国务院办公厅发布通知后导入。"
        action={mayImport ? <TextLink to="#workdays-import">导入安排</TextLink> : null}
      />
    );
  }
  return (
    <>
      <SimpleTable
        caption={`${year}年放假调休安排`}
        head={['日期', '安排', '名称', '依据']}
        rows={exceptions.map((exception) => ({
          key: exception.id,
          cells: [
            dayWithWeekday(exception.day),
            <StateBadge
              key="kind"
              shape={exception.kind === 'holiday' ? 'hollow' : 'solid'}
              tone={exception.kind === 'holiday' ? 'positive' : 'neutral'}
            >
              {KIND_LABELS[exception.kind]}
            </StateBadge>,
            exception.name,
            exception.basis,
          ],
        }))}
      />
      {bases.length > 1 ? (
        <p className="mt-3 text-sm text-ink-muted">{`共依据 ${bases.length} 份文件。`}</p>
      ) : null}
    </>
  );
}
