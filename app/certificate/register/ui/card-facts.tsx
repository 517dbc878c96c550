import { formatDay } from '#app/platform/time/day.ts';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { groupDigits } from '#app/platform/ui/text/format.ts';
import { STANDING_WORDS } from '../certificate.ts';
import type { Status } from '../status-on.ts';

export interface CardFactsProps {
  card: {
    readonly certificateNo: string;
    readonly area: string;
    readonly issuingAuthority: string;
    readonly issuedDay: string;
    readonly validFromDay: string;
    readonly validToDay: string;
  };
  unitName: string;
  fieldName: string;
  status: Status;
}

/** What stands on the card and in the register. */
export function CardFacts({ card, unitName, fieldName, status }: CardFactsProps) {
  const until = status.suspendedUntilDay === null ? '' : `，至 ${formatDay(status.suspendedUntilDay)}`;
  return (
    <DefinitionList
      items={[
        { term: '证号', value: groupDigits(card.certificateNo) },
        { term: '工作单位', value: unitName },
        { term: '执法领域', value: fieldName },
        { term: '执法区域', value: card.area },
        { term: '发证机关', value: card.issuingAuthority },
        { term: '发证日期', value: formatDay(card.issuedDay) },
        { term: '有效期', value: `${formatDay(card.validFromDay)} 至 ${formatDay(card.validToDay)}` },
        {
          term: '当前状态',
          value: `${STANDING_WORDS[status.shown]}（自 ${formatDay(status.shownSinceDay)}${until}）`,
        },
      ]}
    />
  );
}
