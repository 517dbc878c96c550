import type { PersonRow } from '#app/organization/person/person.ts';
import { ESTABLISHMENT_LABELS, ESTABLISHMENTS } from '#app/organization/person/person.ts';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import type { Sort } from '#app/platform/ui/table/table-query.ts';

export interface CandidatesPanelProps {
  panel: {
    rows: readonly PersonRow[];
    total: number;
    page: number;
    size: number;
    sort: Sort;
    fields: readonly { code: string; name: string }[];
    /** who is on the list already */
    enrolled: readonly string[];
  };
  commandId: string;
}

/** People of the own reach, to be ticked and put on the list, or all of a filter at once. */
export function CandidatesPanel({ panel, commandId }: CandidatesPanelProps) {
  const enrolled = new Set(panel.enrolled);
  const fieldNames = new Map(panel.fields.map((field) => [field.code, field.name]));
  const columns: Column<PersonRow>[] = [
    { id: 'name', header: '姓名', sortable: true, cell: (row) => row.name },
    { id: 'unit', header: '单位', sortable: true, cell: (row) => row.unitName },
    { id: 'position', header: '职务', hideable: true, cell: (row) => row.position ?? '–' },
    {
      id: 'field',
      header: '执法领域',
      hideable: true,
      filter: {
        kind: 'select',
        options: panel.fields.map(({ code, name }) => ({ value: code, label: name })),
      },
      cell: (row) => fieldNames.get(row.fieldCode ?? '') ?? '–',
    },
    {
      id: 'establishment',
      header: '编制',
      hideable: true,
      filter: {
        kind: 'select',
        options: ESTABLISHMENTS.map((value) => ({ value, label: ESTABLISHMENT_LABELS[value] })),
      },
      cell: (row) => ESTABLISHMENT_LABELS[row.establishment],
    },
    {
      id: 'enrolled',
      header: '本班',
      cell: (row) =>
        enrolled.has(row.id) ? (
          <StateBadge shape="solid" tone="positive">
            已在名册
          </StateBadge>
        ) : (
          '–'
        ),
    },
  ];
  return (
    <DataTable
      // Ticks are gone when the list of enrolled people has changed.
      key={enrolled.size}
      caption="可添加的人员"
      columns={columns}
      rows={panel.rows}
      total={panel.total}
      page={panel.page}
      pageSize={panel.size}
      sort={panel.sort}
      rowKey={(row) => row.id}
      searchHint="姓名或拼音"
      selection={{
        label: (row) => `${row.name}，${row.unitName}`,
        isSelectable: (row) => !enrolled.has(row.id),
      }}
      bulk={{
        commandId,
        allowMatching: true,
        actions: [
          {
            intent: 'enrol',
            text: '加入名册',
            tone: 'primary',
            consequence: (count) => `将把 ${count} 人加入本班名册，时间冲突的不加入`,
          },
        ],
      }}
    />
  );
}
