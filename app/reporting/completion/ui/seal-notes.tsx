import { formatDay } from '#app/platform/time/day.ts';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { ReportSeals } from '../seals.ts';
import { sealText } from '../seals.ts';

/** A page names so many; the workbook names all. */
const SHOWN = 10;

/** 封账: under which numbers the figures of a year that is over were sealed. */
export function SealNotes({ seals }: { seals: ReportSeals }) {
  const { sealed, units } = seals;
  const isListed = units > 1 && sealed.length > 0;
  return (
    <section aria-label="年度封账" className="rounded-md border border-line bg-surface-raised px-5 py-4">
      <h2 className="text-base font-semibold">年度封账</h2>
      <p className="mt-2 text-sm">{sealText(seals)}。</p>
      <p className="text-sm text-ink-muted">
        本页按台账统计，包括封账后的调整；封账时的数字以封账编号下的记录为准。
      </p>
      {isListed ? (
        <div className="mt-3">
          <SimpleTable
            caption="封账编号"
            hideCaption
            head={['单位', '封账编号', '封账日期']}
            rows={sealed.slice(0, SHOWN).map(({ unitName, sealNo, closedDay }) => ({
              key: sealNo,
              cells: [unitName, sealNo, formatDay(closedDay)],
            }))}
          />
          {sealed.length > SHOWN ? (
            <p className="mt-2 text-sm text-ink-muted">
              {`另有 ${formatCount(sealed.length - SHOWN)} 个单位的封账编号见导出的工作簿。`}
            </p>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
