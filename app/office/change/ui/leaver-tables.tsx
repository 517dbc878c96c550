import type { Month } from '#app/organization/change/leaving.ts';
import { LEAVING_LABELS } from '#app/organization/change/leaving.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import type { LeaversPage } from '../leavers-view.server.ts';

const monthText = (month: Month): string => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`;

/** Probably of age first, because they wait for somebody; then who has left. */
export function LeaverTables({ page }: { page: LeaversPage }) {
  return (
    <div className="space-y-8">
      {page.suspected.length > 0 ? (
        <section className="space-y-3">
          <Callout tone="info" title={`疑似到龄 ${page.suspected.length} 人`}>
            按渐进式延迟法定退休年龄推算，仅供核对；是否退休由组织人事部门确认后再登记离岗。
          </Callout>
          <SimpleTable
            caption="疑似到龄人员"
            hideCaption
            head={['姓名', '单位', '身份证号', '出生年月', '推算到龄', '办理']}
            rows={page.suspected.map((row) => ({
              key: row.personId,
              cells: [
                row.name,
                row.unitName,
                row.idNumberMasked,
                monthText(row.birthMonth),
                monthText(row.retirementMonth),
                <TextLink key="leave" to={`?person=${row.personId}`}>
                  登记离岗
                </TextLink>,
              ],
            }))}
          />
        </section>
      ) : null}
      {page.leavers.length === 0 ? (
        <EmptyState title="暂无离岗登记" text="人员退休、调出、辞职等离岗的，请及时登记。" />
      ) : (
        <SimpleTable
          caption="已登记离岗"
          head={['姓名', '原单位', '身份证号', '离岗日期', '原因', '证明文号']}
          rows={page.leavers.map((row) => ({
            key: row.id,
            cells: [
              row.name,
              row.unitName,
              row.idNumberMasked,
              formatDay(row.awayFromDay),
              LEAVING_LABELS[row.reason],
              row.documentNo,
            ],
          }))}
        />
      )}
    </div>
  );
}
