import { Card } from '#app/platform/ui/data/card.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';

export interface MissingPeopleProps {
  people: readonly {
    readonly registrationId: string;
    readonly ticketNo: string | null;
    readonly name: string;
    readonly unitName: string;
  }[];
  total: number;
  isSealed: boolean;
}

/** Who may sit and has no paper yet. */
export function MissingPeople({ people, total, isSealed }: MissingPeopleProps) {
  if (!isSealed || total === 0) return null;
  const more = total - people.length;
  return (
    <Card title="尚无试卷的考生">
      <p className="mb-3 text-sm text-ink-muted">封卷以后审核通过的人员。不补封的，开考时当场组卷。</p>
      <SimpleTable
        caption="尚无试卷的考生"
        hideCaption
        head={['准考证号', '姓名', '单位']}
        rows={people.map((one) => ({
          key: one.registrationId,
          cells: [
            <span key="no" className="tabular-nums">
              {one.ticketNo ?? '–'}
            </span>,
            one.name,
            one.unitName,
          ],
        }))}
      />
      {more > 0 ? <p className="mt-3 text-sm text-ink-muted">{`另有 ${formatCount(more)} 人。`}</p> : null}
    </Card>
  );
}
