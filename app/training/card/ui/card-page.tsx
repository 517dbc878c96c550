import { formatDay } from '#app/platform/time/day.ts';
import type { Crumb } from '#app/platform/ui/frames/page-head.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { PrintSheet } from '#app/platform/ui/print/print-sheet.tsx';
import { YearLinks } from '../../target/ui/year-links.tsx';
import type { Card } from '../card.ts';
import { CardFiles } from './card-files.tsx';
import { CardSheet } from './card-sheet.tsx';

export interface CardPageProps {
  card: Card;
  years: readonly number[];
  today: string;
  /** of this page, without the year */
  path: string;
  breadcrumb: readonly Crumb[];
  /** one's own: each line leads to the objection against it */
  isOwn?: boolean | undefined;
}

/** The card of one person and year; printed on A4 across. */
export function CardPage({ card, years, today, path, breadcrumb, isOwn = false }: CardPageProps) {
  const { person, year, seal, asOfDay } = card;
  return (
    // The title inside the sheet: outside it would be a page of its own, upright.
    <PrintSheet unit={person.unitName} date={formatDay(today)} isWide>
      <PageHead
        title={`${person.name}${year}年度业务培训登记卡`}
        breadcrumb={breadcrumb}
        meta={seal === null ? `未封账，截至${formatDay(asOfDay)}` : `封账编号 ${seal.sealNo}`}
        scope={<YearLinks year={year} years={years} />}
        action={<CardFiles path={path} year={year} />}
      />
      <CardSheet card={card} isOwn={isOwn} />
    </PrintSheet>
  );
}
