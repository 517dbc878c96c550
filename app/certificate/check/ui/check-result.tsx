import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { groupDigits } from '#app/platform/ui/text/format.ts';
import { StandingBadge } from '../../register/ui/standing-badge.tsx';
import type { CheckAnswer } from '../check-answer.ts';

/** The state in one large word with its date, then the few fields. */
export function CheckResult({ answer, asOf }: { answer: CheckAnswer; asOf: Date }) {
  return (
    <section aria-labelledby="check-result">
      <h2 id="check-result" tabIndex={-1} className="sr-only">
        查验结果
      </h2>
      <div className="border-y-2 border-line-strong py-6">
        <StandingBadge standing={answer.standing} size="large" />
        <p className="mt-2 text-lg">{answer.since}</p>
      </div>
      <div className="mt-4">
        <DefinitionList
          items={[
            { term: '姓名', value: answer.personName },
            {
              term: '工作单位',
              value: <TextLink to={`/units/${answer.unitId}/officers`}>{answer.unitName}</TextLink>,
            },
            { term: '证号', value: groupDigits(answer.certificateNo) },
            { term: '执法领域', value: answer.fieldName },
            { term: '执法区域', value: answer.area },
            { term: '发证机关', value: answer.issuingAuthority },
            { term: '有效期', value: `${formatDay(answer.validFromDay)} 至 ${formatDay(answer.validToDay)}` },
          ]}
        />
      </div>
      <AsOf asOf={asOf} />
    </section>
  );
}

/** Nothing found: the same page for every reason, with the next step. */
export function NothingFound({ asOf }: { asOf: Date }) {
  return (
    <section aria-labelledby="check-result">
      <div className="border-y-2 border-line-strong py-6">
        <h2 id="check-result" tabIndex={-1} className="text-4xl font-semibold">
          未查询到
        </h2>
        <p className="mt-2 text-lg">没有与所填内容相符的证件。</p>
      </div>
      <p className="mt-4">
        请核对证件上的证号和姓名后再查，或扫描证件上的二维码。仍查不到的，可请持证人所在单位或当地司法局核实。
      </p>
      <AsOf asOf={asOf} />
    </section>
  );
}

function AsOf({ asOf }: { asOf: Date }) {
  return (
    <p className="mt-4 text-sm text-ink-muted">
      查询时间 {formatInstant(asOf)}。本页显示登记机关此刻的登记状态，仅供查验，不作为证件使用。
    </p>
  );
}
