import { ABSENCE_LABELS } from '#app/organization/change/absence.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import type { AbsenceLine } from '../absences-view.server.ts';
import { AbsenceBadge } from './change-badge.tsx';

/** Everybody who is away or came back within a year; the acts of one stand above the list. */
export function AbsenceTable({
  rows,
  open,
  commandId,
}: {
  rows: readonly AbsenceLine[];
  open: AbsenceLine | null;
  commandId: string;
}) {
  return (
    <div className="space-y-6">
      {open && open.validTo === null ? <AbsenceActs absence={open} commandId={commandId} /> : null}
      <SimpleTable
        caption="离岗人员"
        hideCaption
        head={['姓名', '单位', '类型', '去向', '离岗日期', '预计返岗', '证件代管', '状态', '办理']}
        rows={rows.map((row) => ({
          key: row.absenceId,
          cells: [
            row.name,
            row.unitName,
            ABSENCE_LABELS[row.kind],
            row.destination ?? '–',
            <Whole key="from">{formatDay(row.validFrom)}</Whole>,
            <Whole key="return">
              {row.validTo === null ? formatDay(row.expectedReturnDay) : `已于 ${formatDay(row.validTo)}返岗`}
            </Whole>,
            row.cardKeeper ?? '本人持有',
            <AbsenceBadge key="standing" standing={row.standing} />,
            row.validTo === null ? (
              <TextLink key="act" to={`?absence=${row.absenceId}`}>
                <Whole>返岗或延长</Whole>
              </TextLink>
            ) : (
              '–'
            ),
          ],
        }))}
      />
    </div>
  );
}

/** A day or a short act that reads badly over two lines. */
function Whole({ children }: { children: string }) {
  return <span className="whitespace-nowrap">{children}</span>;
}

function AbsenceActs({ absence, commandId }: { absence: AbsenceLine; commandId: string }) {
  return (
    <Card title={`${absence.name}：${ABSENCE_LABELS[absence.kind]}`}>
      <FormShell id="absence-act" commandId={commandId}>
        <input type="hidden" name="absenceId" value={absence.absenceId} />
        <DateField
          label="返岗日期或新的预计返岗日期"
          name="day"
          required
          hint={`原预计 ${formatDay(absence.expectedReturnDay)}返岗`}
        />
        <div className="flex flex-wrap gap-3">
          <SubmitButton name="act" value="end">
            登记返岗
          </SubmitButton>
          <SubmitButton name="act" value="extend" tone="secondary">
            延长至该日期
          </SubmitButton>
        </div>
      </FormShell>
    </Card>
  );
}
