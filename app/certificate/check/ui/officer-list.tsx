import { formatDay } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { groupDigits } from '#app/platform/ui/text/format.ts';
import { StandingBadge } from '../../register/ui/standing-badge.tsx';

export interface OfficerListProps {
  unitName: string;
  rows: readonly {
    readonly certificateNo: string;
    readonly personName: string;
    readonly unitName: string;
    readonly fieldName: string;
    readonly area: string;
    readonly validToDay: string;
  }[];
  /** a name was asked for */
  isSearch: boolean;
}

/** Officers who hold a valid card, as the law has them published. */
export function OfficerList({ unitName, rows, isSearch }: OfficerListProps) {
  if (rows.length === 0) {
    return (
      <EmptyState
        title={isSearch ? '未查询到' : '暂无持证人员'}
        text={isSearch ? '该单位没有此姓名的有效持证人员，请核对姓名。' : '该单位目前没有有效的行政执法证。'}
        action={<LinkButton to="/verify">按证号和姓名查验</LinkButton>}
      />
    );
  }
  // The column says something only where a sub-unit's people stand in the list too.
  const hasOthers = rows.some((row) => row.unitName !== unitName);
  return (
    <SimpleTable
      caption={`${unitName}行政执法人员`}
      hideCaption
      head={['姓名', '状态', '证号', ...(hasOthers ? ['工作单位'] : []), '执法领域', '执法区域', '有效期至']}
      rows={rows.map((row) => ({
        key: row.certificateNo,
        cells: [
          <span className="whitespace-nowrap">{row.personName}</span>,
          <StandingBadge standing="active" />,
          <span className="whitespace-nowrap">{groupDigits(row.certificateNo)}</span>,
          ...(hasOthers ? [row.unitName] : []),
          row.fieldName,
          row.area,
          <span className="whitespace-nowrap">{formatDay(row.validToDay)}</span>,
        ],
      }))}
    />
  );
}
