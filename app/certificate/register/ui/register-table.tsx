import { formatDay } from '#app/platform/time/day.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import type { Sort } from '#app/platform/ui/table/table-query.ts';
import { formatCount, groupDigits } from '#app/platform/ui/text/format.ts';
import type { ShownStanding } from '../certificate.ts';
import { STANDING_WORDS } from '../certificate.ts';
import type { RegisterLine } from '../register-view.server.ts';
import { StandingBadge } from './standing-badge.tsx';

export interface RegisterTableProps {
  rows: readonly RegisterLine[];
  total: number;
  page: number;
  pageSize: number;
  sort: Sort;
  counts: readonly { readonly standing: ShownStanding; readonly count: number }[];
  fields: readonly { readonly code: string; readonly name: string }[];
}

const DUE = [
  { value: 'within30', label: '30 日内届满' },
  { value: 'within90', label: '90 日内届满' },
  { value: 'within180', label: '180 日内届满' },
];

function columnsOf({ counts, fields }: RegisterTableProps): readonly Column<RegisterLine>[] {
  return [
    {
      id: 'name',
      header: '姓名',
      sortable: true,
      cell: (row) => <span className="whitespace-nowrap">{row.personName}</span>,
    },
    {
      id: 'number',
      header: '证号',
      sortable: true,
      hideable: true,
      cell: (row) => <span className="whitespace-nowrap">{groupDigits(row.certificateNo)}</span>,
    },
    {
      id: 'state',
      header: '状态',
      filter: {
        kind: 'select',
        options: counts.map(({ standing, count }) => ({
          value: standing,
          label: `${STANDING_WORDS[standing]}（${formatCount(count)}）`,
        })),
      },
      cell: (row) => <StandingBadge standing={row.standing} />,
    },
    { id: 'unit', header: '单位', hideable: true, filter: { kind: 'text' }, cell: (row) => row.unitName },
    {
      id: 'field',
      header: '执法领域',
      hideable: true,
      filter: { kind: 'select', options: fields.map(({ code, name }) => ({ value: code, label: name })) },
      cell: (row) => row.fieldName,
    },
    {
      id: 'validTo',
      header: '有效期至',
      sortable: true,
      hideable: true,
      filter: { kind: 'select', options: DUE },
      cell: (row) => <span className="whitespace-nowrap">{formatDay(row.validToDay)}</span>,
    },
    {
      id: 'issued',
      header: '发证日期',
      sortable: true,
      hideable: true,
      cell: (row) => <span className="whitespace-nowrap">{formatDay(row.issuedDay)}</span>,
    },
  ];
}

/** The register: filters by what officials ask, counts in the state filter, every state of it in the URL. */
export function RegisterTable(props: RegisterTableProps) {
  const { rows, total, page, pageSize, sort } = props;
  return (
    <DataTable
      caption="证件登记"
      rows={rows}
      columns={columnsOf(props)}
      total={total}
      page={page}
      pageSize={pageSize}
      sort={sort}
      rowKey={(row) => row.id}
      rowHref={(row) => `/bureau/certificates/${row.id}`}
      searchHint="证号、姓名或拼音"
      empty={
        <EmptyState
          title="登记簿中还没有证件"
          text="申领批准并核发后，证件会登记在这里。"
          action={<LinkButton to="/bureau/applications">查看申领</LinkButton>}
        />
      }
    />
  );
}
