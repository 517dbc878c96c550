import { ESTABLISHMENT_LABELS } from '#app/organization/person/person.ts';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { PrintSheet } from '#app/platform/ui/print/print-sheet.tsx';
import { groupDigits } from '#app/platform/ui/text/format.ts';
import type { EntitlementPage } from '../entitlement-view.server.ts';
import { NO_RECORD_TEXT } from '../entitlement.ts';
import { StandingBadge } from './standing-badge.tsx';

/** "Was X entitled on day D?": the answer first, then everything it rests on. */
export function EntitlementAnswer({ page, viewer }: { page: EntitlementPage; viewer: string }) {
  const { person, day, knownAt, entitlement } = page;
  return (
    <PrintSheet unit={viewer} date={formatInstant(knownAt)}>
      <section aria-labelledby="entitlement" className="space-y-6">
        <div className="border-y-2 border-line-strong py-5">
          <h2 id="entitlement" className="text-xl font-semibold">
            {person.name}（{person.idNumberMasked}） {formatDay(day)}
          </h2>
          <Verdict answer={entitlement.answer} />
          <p className="mt-1 text-sm text-ink-muted">按 {formatInstant(knownAt)} 已登记的内容</p>
        </div>
        {entitlement.answer === 'no_record' ? null : <Grounds page={page} />}
      </section>
    </PrintSheet>
  );
}

const VERDICTS = {
  entitled: { shape: 'solid', tone: 'positive', word: '具备', text: '当日具备执法资格并持有有效证件' },
  not_entitled: { shape: 'hollow', tone: 'danger', word: '不具备', text: '当日不具备持证执法的全部条件' },
  no_record: { shape: 'dot', tone: 'neutral', word: '无记录', text: NO_RECORD_TEXT },
} as const;

function Verdict({ answer }: { answer: EntitlementPage['entitlement']['answer'] }) {
  const { shape, tone, word, text } = VERDICTS[answer];
  return (
    <>
      <p className="mt-2">
        <StateBadge shape={shape} tone={tone} size="large">
          {word}
        </StateBadge>
      </p>
      <p className="mt-2 text-lg">{text}</p>
    </>
  );
}

function Grounds({ page }: { page: EntitlementPage }) {
  const { entitlement, home, standing, postedUnits, cards } = page;
  return (
    <>
      <Card title="逐项结论">
        <ul className="divide-y divide-line">
          {entitlement.lines.map((line) => (
            <li key={line.title} className="py-3 first:pt-0 last:pb-0">
              <p className="flex flex-wrap items-baseline gap-x-4">
                <span className="w-24 font-medium">{line.title}</span>
                <StateBadge shape={line.isMet ? 'solid' : 'hollow'} tone={line.isMet ? 'positive' : 'danger'}>
                  {line.isMet ? '具备' : '不具备'}
                </StateBadge>
                <span>{line.text}</span>
              </p>
              <p className="mt-1 text-sm text-ink-muted">
                {line.clause.citation}：{line.clause.text}
              </p>
            </li>
          ))}
        </ul>
      </Card>
      <Card title="当日单位与岗位">
        <DefinitionList
          items={[
            { term: '编制单位', value: standing?.unitName },
            { term: '派驻或借调', value: postedUnits.length > 0 ? postedUnits.join('、') : '无' },
            { term: '编制性质', value: home ? ESTABLISHMENT_LABELS[home.establishment] : undefined },
            { term: '职务', value: home?.position },
            { term: '执法主体', value: standing?.entity?.name },
            { term: '主体依据', value: standing?.entity?.legalBasis },
            { term: '委托机关', value: standing?.entity?.entrustingUnitName },
            { term: '执法领域', value: home?.fieldName },
            { term: '执法区域', value: home?.enforcementArea },
          ]}
        />
      </Card>
      <Card title="当日证件">
        {cards.length === 0 ? <p>当日没有证件。</p> : <CardsOnDay cards={cards} />}
      </Card>
    </>
  );
}

/** Lines instead of a table: inside a print sheet a table cannot scroll on a phone. */
function CardsOnDay({ cards }: { cards: EntitlementPage['cards'] }) {
  return (
    <ul className="divide-y divide-line">
      {cards.map((card) => (
        <li key={card.id} className="py-3 first:pt-0 last:pb-0">
          <p className="flex flex-wrap items-baseline gap-x-4">
            <span className="font-medium tabular-nums">{groupDigits(card.certificateNo)}</span>
            <StandingBadge standing={card.status.shown} />
            <span>自 {formatDay(card.status.shownSinceDay)}</span>
          </p>
          <p className="text-sm text-ink-muted">
            {card.fieldName} · {card.area} · 有效期 {formatDay(card.validFromDay)} 至{' '}
            {formatDay(card.validToDay)}
          </p>
        </li>
      ))}
    </ul>
  );
}
