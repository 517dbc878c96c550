import { ESTABLISHMENT_LABELS } from '#app/organization/person/person.ts';
import { GRADES, gradeLabel } from '#app/organization/register/assessment.ts';
import type { GradedPerson } from '#app/organization/register/assessment.store.server.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { personPath } from '../roster-tasks.ts';

export interface GradeTableProps {
  readonly year: number;
  readonly rows: readonly GradedPerson[];
  readonly mayRecord: boolean;
  readonly commandId: string;
}

/** Name of the select of one person. */
export const gradeFieldName = (personId: string): string => `grade.${personId}`;

function GradeCell({ row, mayRecord }: { row: GradedPerson; mayRecord: boolean }) {
  if (!mayRecord) return <>{row.grade === null ? '–' : gradeLabel(row.grade, row.establishment)}</>;
  return (
    <select
      name={gradeFieldName(row.personId)}
      aria-label={`${row.personName} 的等次`}
      defaultValue={row.grade ?? ''}
      className="control min-w-32"
    >
      <option value="">未登记</option>
      {GRADES.map((grade) => (
        <option key={grade} value={grade}>
          {gradeLabel(grade, row.establishment)}
        </option>
      ))}
    </select>
  );
}

/** One page of people with their grade, entered where one may. */
export function GradeTable({ year, rows, mayRecord, commandId }: GradeTableProps) {
  const table = (
    <SimpleTable
      caption={`${year} 年度考核结果`}
      hideCaption
      head={['姓名', '单位', '职务/职级', '编制', `${year - 1} 年度`, `${year} 年度`, '提示']}
      rows={rows.map((row) => ({
        key: row.personId,
        cells: [
          <TextLink key="name" to={`${personPath(row.personId)}?tab=assessments`}>
            {row.personName}
          </TextLink>,
          row.unitName,
          row.position ?? '–',
          ESTABLISHMENT_LABELS[row.establishment],
          row.yearBefore === null ? '–' : gradeLabel(row.yearBefore, row.establishment),
          <GradeCell key="grade" row={row} mayRecord={mayRecord} />,
          row.grade === 'incompetent' && row.yearBefore === 'incompetent' ? (
            <StateBadge key="flag" shape="half" tone="danger">
              连续两年
            </StateBadge>
          ) : (
            ''
          ),
        ],
      }))}
    />
  );
  if (!mayRecord) return table;
  return (
    <FormShell id="grades" commandId={commandId} warnUnsaved>
      <input type="hidden" name="year" value={year} />
      {table}
      <TextField
        label="更改理由"
        name="reason"
        hint="更改已登记等次的，须写明理由；首次登记的不用填"
        maxLength={200}
      />
      <SubmitButton busyText="正在保存…">保存本页</SubmitButton>
    </FormShell>
  );
}
