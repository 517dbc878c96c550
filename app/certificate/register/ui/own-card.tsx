import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { groupDigits } from '#app/platform/ui/text/format.ts';
import type { ShownStanding } from '../certificate.ts';
import type { OwnCard as OwnCardData } from '../own-card-view.server.ts';
import { CardFacts } from './card-facts.tsx';
import { CheckLink } from './check-link.tsx';
import { StandingBadge } from './standing-badge.tsx';

/** What the state means for the holder today. */
const MEANINGS: Readonly<Record<ShownStanding, string>> = {
  active: '执法时请主动出示证件，或出示下方二维码供查验。',
  suspended: '暂扣期间不得从事执法活动；期满且培训考核合格的，由司法局办理恢复，不自动恢复。',
  lost: '证件已登记挂失，补发前不得凭此证执法。',
  expired: '证件已过有效期，不得凭此证执法，请联系单位联络员办理换发。',
  pending_print: '证件正在制作，发放后方可使用。',
  recovered: '证件已收回。',
  cancelled: '证件已注销。',
  revoked: '证件已吊销。',
  superseded: '已换发新证，请使用新证。',
};

/** The own card, shown as it is. */
export function OwnCard({ own }: { own: OwnCardData }) {
  const { card, status, unitName, fieldName, checkUrl, qr } = own;
  const isUsable = status.shown === 'active';
  return (
    <Card>
      <StandingBadge standing={status.shown} size="large" />
      <p className="mt-2">
        {isUsable ? `有效期至 ${formatDay(card.validToDay)}。` : `自 ${formatDay(status.shownSinceDay)} 起。`}
        {MEANINGS[status.shown]}
      </p>
      <div className="mt-4">
        <CardFacts card={card} unitName={unitName} fieldName={fieldName} status={status} />
      </div>
      {isUsable ? (
        <div className="mt-5">
          <CheckLink url={checkUrl} qr={qr} name={card.personName} />
        </div>
      ) : null}
    </Card>
  );
}

/** Cards that have ended: one line each. */
export function PastCards({ cards }: { cards: readonly OwnCardData[] }) {
  if (cards.length === 0) return null;
  return (
    <Card title="以往证件">
      <SimpleTable
        caption="以往证件"
        hideCaption
        head={['证号', '状态', '自', '工作单位']}
        rows={cards.map(({ card, status, unitName }) => ({
          key: card.id,
          cells: [
            <span className="whitespace-nowrap">{groupDigits(card.certificateNo)}</span>,
            <StandingBadge standing={status.shown} />,
            <span className="whitespace-nowrap">{formatDay(status.shownSinceDay)}</span>,
            unitName,
          ],
        }))}
      />
    </Card>
  );
}
