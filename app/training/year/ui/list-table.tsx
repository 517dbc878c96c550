import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatHoursFigure } from '#app/platform/ui/text/format.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { CONCLUSION_LABELS } from '../../target/year-standing.ts';
import type { ListRow } from '../year-list.ts';

const HOURS = ['公共法律', '业务知识', '其中专业法律', '执法技能', '合计', '应完成'] as const;

function requiredCell(required: ListRow['required']): string {
  const missing = required.filter((course) => !course.isComplete && !course.isLapsed);
  if (required.length === 0) return '–';
  return missing.length === 0 ? '已完成' : `缺：${missing.map((course) => course.title).join('、')}`;
}

/** The list as it goes up: everybody with the sums, what was owed, required courses and the conclusion. */
export function ListTable({
  caption,
  rows,
  year,
}: {
  caption: string;
  rows: readonly ListRow[];
  year: number;
}) {
  return (
    <SimpleTable
      caption={caption}
      hideCaption
      head={[
        '姓名',
        ...HOURS.map((label) => ({ label, unit: '学时', align: 'end' as const })),
        '必修课程',
        '结论',
      ]}
      rows={rows.map((row) => ({
        key: row.personId,
        cells: [
          <TextLink key="name" to={`/coordinate/cards/${row.personId}?year=${year}`}>
            {row.name}
          </TextLink>,
          formatHoursFigure(row.seconds.public_law),
          formatHoursFigure(row.seconds.business + row.seconds.specialised_law),
          formatHoursFigure(row.seconds.specialised_law),
          formatHoursFigure(row.seconds.skill),
          <strong key="total">{formatHoursFigure(row.totalSeconds)}</strong>,
          formatHoursFigure(row.targets.find((target) => target.kind === 'yearly')?.targetSeconds ?? 0),
          requiredCell(row.required),
          CONCLUSION_LABELS[row.conclusion],
        ],
      }))}
    />
  );
}
