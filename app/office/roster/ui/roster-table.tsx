import { ESTABLISHMENTS, ESTABLISHMENT_LABELS, SEX_LABELS } from '#app/organization/person/person.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import type { Sort } from '#app/platform/ui/table/table-query.ts';
import type { RosterRow } from '../roster-view.server.ts';
import { personPath } from '../roster-tasks.ts';

export interface RosterTableProps {
  rows: readonly RosterRow[];
  total: number;
  page: number;
  pageSize: number;
  sort: Sort;
  units: readonly { id: string; name: string }[];
  fields: readonly { code: string; name: string }[];
}

const YES_NO = [
  { value: 'yes', label: '是' },
  { value: 'no', label: '否' },
];

function columnsOf({ units, fields }: Pick<RosterTableProps, 'units' | 'fields'>): Column<RosterRow>[] {
  const fieldNames = new Map(fields.map((field) => [field.code, field.name]));
  return [
    { id: 'name', header: '姓名', sortable: true, cell: (row) => <NoWrap text={row.name} /> },
    { id: 'sex', header: '性别', hideable: true, cell: (row) => SEX_LABELS[row.sex] },
    {
      id: 'unit',
      header: '工作单位',
      sortable: true,
      hideable: true,
      ...(units.length > 0
        ? {
            filter: {
              kind: 'select' as const,
              options: units.map((unit) => ({ value: unit.id, label: unit.name })),
            },
          }
        : {}),
      cell: (row) => row.unitName,
    },
    {
      id: 'department',
      header: '内设机构',
      hideable: true,
      cell: (row) => <NoWrap text={row.department ?? '–'} />,
    },
    {
      id: 'position',
      header: '职务',
      sortable: true,
      hideable: true,
      cell: (row) => <NoWrap text={row.position ?? '–'} />,
    },
    {
      id: 'establishment',
      header: '编制',
      sortable: true,
      hideable: true,
      filter: {
        kind: 'select',
        options: ESTABLISHMENTS.map((value) => ({ value, label: ESTABLISHMENT_LABELS[value] })),
      },
      cell: (row) => ESTABLISHMENT_LABELS[row.establishment],
    },
    {
      id: 'post',
      header: '执法岗',
      hideable: true,
      filter: { kind: 'select', options: YES_NO },
      cell: (row) => (row.isEnforcementPost ? '是' : '否'),
    },
    {
      id: 'field',
      header: '执法领域',
      sortable: true,
      hideable: true,
      filter: {
        kind: 'select',
        options: fields.map((field) => ({ value: field.code, label: field.name })),
      },
      cell: (row) => (row.fieldCode === null ? '–' : (fieldNames.get(row.fieldCode) ?? row.fieldCode)),
    },
    { id: 'card', header: '执法证', hideable: true, cell: (row) => <CardCell row={row} /> },
    {
      id: 'legal',
      header: '法律职业资格',
      hideable: true,
      cell: (row) => (row.hasLegalQualification ? '有' : '–'),
    },
    {
      id: 'idNumber',
      header: '身份证号',
      hideable: true,
      cell: (row) => <NoWrap text={row.idNumberMasked} />,
    },
  ];
}

/** The card in force, or 「不得申领」 where the 编制 shuts it out; why stands on the person's page. */
function CardCell({ row }: { row: RosterRow }) {
  if (row.card !== null)
    return (
      <StateBadge shape={row.card.shape} tone={row.card.tone}>
        {row.card.word}
      </StateBadge>
    );
  if (row.notAdmitted !== null)
    return (
      <span title={row.notAdmitted}>
        <StateBadge shape="hollow" tone="danger">
          不得申领
        </StateBadge>
      </span>
    );
  return <>–</>;
}

/** Names, posts and numbers are read whole. */
function NoWrap({ text }: { text: string }) {
  return <span className="whitespace-nowrap tabular-nums">{text}</span>;
}

/** People of the viewer's units. ID numbers are masked here and everywhere (design invariant 7). */
export function RosterTable(props: RosterTableProps) {
  return (
    <DataTable
      caption="人员花名册"
      rows={props.rows}
      columns={columnsOf(props)}
      total={props.total}
      page={props.page}
      pageSize={props.pageSize}
      sort={props.sort}
      rowKey={(row) => row.id}
      rowHref={(row) => personPath(row.id)}
      searchHint="姓名、拼音或首字母"
      empty={<EmptyState title="还没有人员" text="司法局导入花名册，或由本单位新增人员后，会显示在这里。" />}
    />
  );
}
