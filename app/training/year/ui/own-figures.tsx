import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { Card } from '#app/platform/ui/data/card.tsx';
import { formatHours } from '#app/platform/ui/text/format.ts';
import { CATEGORIES, CATEGORY_LABELS } from '../../ledger/hours.ts';
import { CONCLUSION_LABELS } from '../../target/year-standing.ts';
import type { ListRow } from '../year-list.ts';

/** One line of the list, spelled out. */
export function OwnFigures({ row }: { row: ListRow }) {
  const yearly = row.targets.find((target) => target.kind === 'yearly');
  const missing = row.required.filter((course) => !course.isComplete && !course.isLapsed);
  return (
    <Card title="名单上您的学时">
      <DefinitionList
        columns={2}
        items={[
          ...CATEGORIES.map((category) => ({
            term: CATEGORY_LABELS[category],
            value: formatHours(row.seconds[category]),
          })),
          { term: '合计', value: formatHours(row.totalSeconds) },
          { term: '应完成', value: yearly === undefined ? '–' : formatHours(yearly.targetSeconds) },
          {
            term: '必修课程',
            value: missing.length === 0 ? '已完成' : `缺：${missing.map((one) => one.title).join('、')}`,
          },
          { term: '年度结论', value: CONCLUSION_LABELS[row.conclusion] },
        ]}
      />
    </Card>
  );
}
