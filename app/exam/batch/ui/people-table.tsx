import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import type { Sort } from '#app/platform/ui/table/table-query.ts';
import { VERDICTS, VERDICT_LABELS } from '../../eligibility/eligibility.ts';
import { REGISTRATION_LABELS, REGISTRATION_STATUSES } from '../../sitting/registration.ts';
import type { Phase } from '../batch.ts';
import { registrationPath } from '../batch.ts';
import { ASKED_WORDS } from '../registration/registration-words.ts';
import type { UnitPeoplePage } from '../registration/unit-people-view.server.ts';
import { RegistrationBadge, VerdictBadge } from './badges.tsx';
import { ReasonLines } from './reason-list.tsx';

type Row = UnitPeoplePage['rows'][number];

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'name',
    header: '姓名',
    sortable: true,
    cell: (row) => (
      <span className="block">
        <span className="whitespace-nowrap">{row.name}</span>
        <br />
        <span className="whitespace-nowrap text-ink-muted">{row.idNumberMasked}</span>
      </span>
    ),
  },
  {
    id: 'unit',
    header: '单位',
    sortable: true,
    hideable: true,
    cell: (row) => (
      <span className="block min-w-32">
        {row.unitName}
        {row.position === null ? null : <span className="block text-ink-muted">{row.position}</span>}
      </span>
    ),
  },
  {
    id: 'verdict',
    header: '资格审查',
    sortable: true,
    filter: { kind: 'select', options: VERDICTS.map((value) => ({ value, label: VERDICT_LABELS[value] })) },
    cell: (row) => <VerdictBadge verdict={row.judgement.verdict} />,
  },
  { id: 'reasons', header: '审查说明', cell: (row) => <ReasonLines reasons={row.judgement.reasons} /> },
  {
    id: 'standing',
    header: '报名',
    filter: {
      kind: 'select',
      options: [
        { value: 'none', label: '未报名' },
        ...REGISTRATION_STATUSES.map((value) => ({ value, label: REGISTRATION_LABELS[value] })),
      ],
    },
    cell: (row) =>
      row.registration === null ? (
        <span className="text-ink-muted">未报名</span>
      ) : (
        <span className="grid gap-0.5">
          {row.registration.isOurs ? (
            <TextLink to={registrationPath(row.registration.id)}>
              <RegistrationBadge status={row.registration.status} />
            </TextLink>
          ) : (
            <span className="grid gap-0.5">
              <RegistrationBadge status={row.registration.status} />
              <span className="text-ink-muted">由原单位报名</span>
            </span>
          )}
          {row.registration.asked === null ? null : `申请${ASKED_WORDS[row.registration.asked]}`}
          {row.registration.answerNote === null ? null : (
            <span className="text-ink-muted">{row.registration.answerNote}</span>
          )}
        </span>
      ),
  },
];

interface PeopleTableProps {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly page: number;
  readonly size: number;
  readonly sort: Sort;
  readonly phase: Phase;
  readonly mayRegister: boolean;
  readonly commandId: string;
}

/** The own people with what the rules say of each; whoever may be registered can be chosen. */
export function PeopleTable({
  rows,
  total,
  page,
  size,
  sort,
  phase,
  mayRegister,
  commandId,
}: PeopleTableProps) {
  const isOpen = phase === 'regular' || phase === 'late';
  const verb = phase === 'late' ? '补报' : '报名';
  return (
    <DataTable
      caption="本单位人员"
      columns={COLUMNS}
      rows={rows}
      total={total}
      page={page}
      pageSize={size}
      sort={sort}
      rowKey={(row) => row.personId}
      searchHint="姓名或单位"
      {...(mayRegister && isOpen
        ? {
            selection: {
              label: (row: Row) => `${row.name}，${row.unitName}`,
              isSelectable: (row: Row) => row.mayBeChosen,
            },
            bulk: {
              commandId,
              actions: [
                {
                  intent: 'prepare',
                  text: `为所选人员${verb}`,
                  tone: 'primary' as const,
                  consequence: (count: number) => `下一步核对 ${count} 人的情况，确认后提交${verb}`,
                },
              ],
            },
          }
        : {})}
      empty={
        <EmptyState title="没有需要参加考试的人员" text="已持证、已合格和不在报考范围内的人员不在此列。" />
      }
    />
  );
}
