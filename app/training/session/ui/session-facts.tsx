import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { formatHours } from '#app/platform/ui/text/format.ts';
import { CATEGORY_LABELS } from '../../ledger/hours.ts';
import { OFF_POST_LABEL } from '../../ledger/off-post.ts';
import type { SessionView } from '../session-view.server.ts';

export type SessionHead = Omit<SessionView, 'people'> & { readonly count: number; readonly unmarked: number };

/** Where, when, by whom, for how many hours. */
export function SessionFacts({ view }: { view: SessionHead }) {
  const { session, blocks } = view;
  return (
    <div className="mb-6 rounded-md border border-line bg-surface-raised px-5 py-2">
      <DefinitionList
        columns={2}
        items={[
          {
            term: '上课时段',
            value: (
              <ul>
                {blocks.map((block) => (
                  <li key={block.id}>{block.when}</li>
                ))}
              </ul>
            ),
          },
          { term: '地点', value: session.place },
          { term: '授课人', value: session.lecturer },
          { term: '培训类别', value: CATEGORY_LABELS[session.category] },
          {
            term: '学时',
            value:
              session.statedCreditSeconds === null
                ? `按到课时间折算（${view.minutesPerCreditHour} 分钟为 1 学时）`
                : `规定 ${formatHours(session.statedCreditSeconds)}，按出勤比例计；出勤不足 ${view.minimumPercent}% 不计`,
          },
          ...(session.purpose === 'off_post'
            ? [{ term: '培训性质', value: `${OFF_POST_LABEL}（证件暂扣人员）` }]
            : []),
          { term: '名额', value: `${session.capacity} 人` },
        ]}
      />
    </div>
  );
}
