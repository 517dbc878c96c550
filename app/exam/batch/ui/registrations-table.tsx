import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import type { Sort } from '#app/platform/ui/table/table-query.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { VERDICTS, VERDICT_LABELS } from '../../eligibility/eligibility.ts';
import { REGISTRATION_LABELS, REGISTRATION_STATUSES } from '../../sitting/registration.ts';
import { registrationPath } from '../batch.ts';
import type { RegistrationLine } from '../batch-view.server.ts';
import { RegistrationBadge, VerdictBadge } from './badges.tsx';
import { ReasonLines } from './reason-list.tsx';
import { ASKED_WORDS, ROUTE_WORDS } from '../registration/registration-words.ts';

const COLUMNS: readonly Column<RegistrationLine>[] = [
  {
    id: 'name',
    header: '姓名',
    sortable: true,
    cell: (row) => <span className="whitespace-nowrap">{row.personName}</span>,
  },
  {
    id: 'unit',
    header: '单位',
    sortable: true,
    filter: { kind: 'text' },
    cell: (row) => <span className="block min-w-32">{row.unitName}</span>,
  },
  {
    id: 'status',
    header: '状态',
    sortable: true,
    filter: {
      kind: 'select',
      options: REGISTRATION_STATUSES.map((value) => ({ value, label: REGISTRATION_LABELS[value] })),
    },
    cell: (row) => (
      <span className="grid gap-0.5">
        <RegistrationBadge status={row.status} />
        {row.isHeld ? <span className="text-ink-muted">该场最迟入场时间已过</span> : null}
        {row.waitsForFirstCheck ? <span className="text-ink-muted">待司法所初审</span> : null}
      </span>
    ),
  },
  {
    id: 'verdict',
    header: '资格审查',
    filter: { kind: 'select', options: VERDICTS.map((value) => ({ value, label: VERDICT_LABELS[value] })) },
    cell: (row) => (row.verdict === null ? '–' : <VerdictBadge verdict={row.verdict} />),
  },
  { id: 'reasons', header: '审查说明', hideable: true, cell: (row) => <ReasonLines reasons={row.reasons} /> },
  {
    id: 'asked',
    header: '申请',
    filter: {
      kind: 'select',
      options: [
        { value: 'any', label: '有申请的' },
        { value: 'defer', label: ASKED_WORDS.defer },
        { value: 'exempt', label: ASKED_WORDS.exempt },
      ],
    },
    cell: (row) => (row.asked === null ? '–' : `申请${ASKED_WORDS[row.asked]}`),
  },
  {
    id: 'route',
    header: '方式',
    hideable: true,
    filter: {
      kind: 'select',
      options: [
        { value: 'regular', label: ROUTE_WORDS.regular },
        { value: 'late', label: ROUTE_WORDS.late },
      ],
    },
    cell: (row) => ROUTE_WORDS[row.route],
  },
  {
    id: 'registeredAt',
    header: '报名时间',
    sortable: true,
    hideable: true,
    cell: (row) => <span className="whitespace-nowrap">{formatInstant(row.registeredAt)}</span>,
  },
];

interface RegistrationsTableProps {
  readonly batchId: string;
  readonly rows: readonly RegistrationLine[];
  readonly total: number;
  /** Of those, over all pages, for whom the bulk approval is offered. */
  readonly forBulk: number;
  readonly page: number;
  readonly size: number;
  readonly sort: Sort;
  readonly search: string;
  readonly commandId: string;
  readonly mayDecide: boolean;
}

/** Everybody registered in the batch with the reasons; the clean ones are approved together, the others one by one. */
export function RegistrationsTable(props: RegistrationsTableProps) {
  const { batchId, rows, total, forBulk, page, size, sort, search, commandId, mayDecide } = props;
  return (
    <DataTable
      caption="报名名单"
      columns={COLUMNS}
      rows={rows}
      total={total}
      page={page}
      pageSize={size}
      sort={sort}
      rowKey={(row) => row.id}
      rowHref={(row) => registrationPath(row.id)}
      searchHint="姓名或单位"
      {...(mayDecide
        ? {
            selection: {
              label: (row: RegistrationLine) => `${row.personName}，${row.unitName}`,
              isSelectable: (row: RegistrationLine) => row.isClean,
            },
            bulk: {
              commandId,
              allowMatching: true,
              matching: forBulk,
              actions: [
                {
                  intent: 'approve_clean',
                  text: '批量审核通过',
                  tone: 'primary' as const,
                  consequence: (count: number) =>
                    `将对所选 ${count} 人重新审查，符合条件且无需核实的审核通过，并通知单位和本人`,
                },
              ],
            },
          }
        : {})}
      tools={
        <LinkButton
          to={`/bureau/exams/batches/${batchId}/registrations.xlsx${search}`}
          size="small"
          reloadDocument
        >
          导出
        </LinkButton>
      }
      empty={<EmptyState title="还没有人报名" text="开放报名后，各单位报名的人员显示在这里。" />}
    />
  );
}
