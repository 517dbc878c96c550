import { GRADES, gradeLabel } from '#app/organization/register/assessment.ts';
import type { Establishment } from '#app/organization/person/person.ts';
import { formatInstant, yearOf } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { ConfirmDialog } from '#app/platform/ui/feedback/confirm-dialog.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { PERSON_ACT_LABELS } from '../register.schema.ts';
import { ActForm } from './act-form.tsx';
import type { RegisterProps } from './person-registers.tsx';

const YEARS_BACK = 10;

/** 年度考核: every entry with who made it, the flag of two bad years, and entering a grade. */
export function AssessmentSection({ page, commandIds, answer }: RegisterProps) {
  const { assessments, may, home, today } = page;
  if (assessments === null) return <p className="text-ink-muted">您没有查看年度考核结果的权限。</p>;
  const establishment = home?.establishment ?? null;
  const { entries, badPair } = assessments;
  const corrected = new Set(entries.map((entry) => entry.correctsId));
  return (
    <div className="space-y-6">
      {badPair === null ? null : (
        <Callout
          tone="warning"
          title={`${badPair.earlier}、${badPair.later} 连续两个年度考核为${gradeLabel('incompetent', establishment)}`}
        >
          有的省份规定连续两年不合格取消执法资格或者调离执法岗位。本系统只作提示，由司法局按本省规定研究处理。
        </Callout>
      )}
      {entries.length === 0 ? (
        <p className="text-ink-muted">还没有年度考核结果。</p>
      ) : (
        <SimpleTable
          caption="年度考核结果"
          hideCaption
          head={['年度', '等次', '考核单位', '登记', '说明', '']}
          rows={entries.map((entry) => {
            const stands = entry.state === 'stands' && !corrected.has(entry.id);
            const word = gradeLabel(entry.grade, establishment);
            return {
              key: entry.id,
              cells: [
                String(entry.year),
                stands ? word : <s key="grade">{word}</s>,
                entry.unitName,
                `${formatInstant(entry.occurredAt)} ${entry.actorName ?? '导入'}`,
                entry.reason ?? '–',
                stands && may.record ? (
                  <ConfirmDialog
                    id={`grade-withdraw-${entry.id}`}
                    title="撤销年度考核登记"
                    trigger="撤销"
                    size="small"
                    confirm="撤销这条登记"
                    reasonLabel="撤销理由"
                    commandId={commandIds['grade-withdraw'] ?? ''}
                    hidden={{ intent: 'grade-withdraw', year: String(entry.year) }}
                  >
                    {entry.year} 年度的“{word}”将不再有效；登记和撤销都会留存。
                  </ConfirmDialog>
                ) : (
                  ''
                ),
              ],
            };
          })}
        />
      )}
      {may.record ? <GradeForm {...{ commandIds, answer, establishment, thisYear: yearOf(today) }} /> : null}
    </div>
  );
}

function GradeForm({
  commandIds,
  answer,
  establishment,
  thisYear,
}: Pick<RegisterProps, 'commandIds' | 'answer'> & {
  establishment: Establishment | null;
  thisYear: number;
}) {
  const years = Array.from({ length: YEARS_BACK }, (_, index) => String(thisYear - index));
  return (
    <Card title="登记年度考核">
      <ActForm
        intent="grade"
        commandId={commandIds.grade ?? ''}
        answer={answer}
        labels={PERSON_ACT_LABELS}
        submit="登记等次"
      >
        {(field) => (
          <>
            <SelectField
              label="年度"
              required
              options={years.map((year) => ({ value: year, label: `${year} 年度` }))}
              {...field('year')}
            />
            <SelectField
              label="等次"
              required
              options={GRADES.map((grade) => ({ value: grade, label: gradeLabel(grade, establishment) }))}
              {...field('grade')}
            />
            <TextField label="更改理由" hint="这一年度已登记其他等次的，须写明" {...field('reason')} />
          </>
        )}
      </ActForm>
    </Card>
  );
}
