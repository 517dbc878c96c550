import { ESTABLISHMENT_LABELS } from '#app/organization/person/person.ts';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { formatBytes } from '#app/platform/ui/text/format.ts';
import type { Judgement } from '../../eligibility/eligibility.ts';
import { SANCTION_LABELS } from '../../eligibility/sanction.ts';
import { ASKED_WORDS, ROUTE_WORDS } from '../registration/registration-words.ts';
import type { RegistrationPage } from '../registration/registration-view.server.ts';
import { VerdictBadge } from './badges.tsx';
import { ReasonList } from './reason-list.tsx';

function sanctionText({ declared }: RegistrationPage['registration']): string {
  const { sanction } = declared;
  return sanction ? `${SANCTION_LABELS[sanction.kind]}，${formatDay(sanction.fromDay)}作出` : '单位承诺无';
}

/** Who is registered by whom, what the unit declared and asks for. */
export function RegistrationFacts({ page }: { page: RegistrationPage }) {
  const { registration, home, proofs } = page;
  const { asked, askedNote, answerNote } = registration;
  return (
    <Card title="报名信息">
      <div className="grid gap-4">
        {asked === null ? null : (
          <Callout tone="warning" title={`单位申请${ASKED_WORDS[asked]}，待司法局答复`}>
            {askedNote}
          </Callout>
        )}
        {answerNote === null ? null : (
          <Callout tone="info" title="审核意见">
            {answerNote}
          </Callout>
        )}
        <DefinitionList
          columns={2}
          items={[
            { term: '姓名', value: registration.personName },
            { term: '身份证号', value: registration.idNumberMasked },
            { term: '报名单位', value: registration.unitName },
            { term: '职务', value: home?.position ?? '–' },
            { term: '编制性质', value: home === null ? '不在岗' : ESTABLISHMENT_LABELS[home.establishment] },
            { term: '执法岗位', value: home?.isEnforcementPost ? '是' : '否' },
            { term: '方式', value: ROUTE_WORDS[registration.route] },
            { term: '报名时间', value: formatInstant(registration.registeredAt) },
            { term: '处分情况', value: sanctionText(registration) },
            { term: '准考证号', value: registration.ticketNo ?? '未编排' },
          ]}
        />
        {proofs.length === 0 ? null : (
          <ul className="grid gap-1">
            {proofs.map(({ id, fileName, byteCount, purpose }) => (
              <li key={id}>
                <TextLink to={`/coordinate/registrations/proofs/${id}`} reloadDocument className="break-all">
                  {fileName}
                </TextLink>
                <span className="ml-2 whitespace-nowrap text-sm text-ink-muted">
                  {`${ASKED_WORDS[purpose]}证明，${formatBytes(byteCount)}`}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}

/** What the rules say now, reason by reason. */
export function JudgementCard({ judgement }: { judgement: Judgement }) {
  return (
    <Card title="资格审查" action={<VerdictBadge verdict={judgement.verdict} />}>
      <ReasonList reasons={judgement.reasons} empty="符合报考条件，没有需要核实的事项。" />
    </Card>
  );
}
