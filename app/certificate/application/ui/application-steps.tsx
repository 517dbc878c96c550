import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import type { ApplicationEventKind, ApplicationRefusal, ApplicationState } from '../application.ts';
import type { Stamp } from './step-forms.tsx';
import { IssueForm, StepForm } from './step-forms.tsx';

export interface ApplicationStepsProps {
  state: ApplicationState;
  steps: readonly { readonly kind: ApplicationEventKind; readonly refusal: ApplicationRefusal | null }[];
  issue: { readonly sentence: string; readonly suggestedBasis: string } | null;
  isEligible: boolean;
  personName: string;
  unitName: string;
  certificateHref: string | null;
  stamp: Stamp;
}

/** What each state waits for, said to whoever cannot act on it. */
const WAITS_FOR: Readonly<Record<ApplicationState, string>> = {
  draft: '等待单位申报。',
  submitted: '等待司法局（乡镇由司法所）初审。',
  under_review: '初审已通过，等待司法局另一名人员批准。',
  approved: '已批准，等待核发证件。',
  returned: '已退回单位，等待补正后重新申报。',
  rejected: '不予核发，本次申领已办结。',
  issued: '证件已核发，本次申领已办结。',
};

const SENTENCES: Readonly<Record<'submitted' | 'accepted' | 'approved', (who: string) => string>> = {
  submitted: (who) => `将重新为 ${who} 申报，初审重新开始。`,
  accepted: (who) => `将对 ${who} 的申领出具初审通过意见，转由另一名人员批准。`,
  approved: (who) => `将批准对 ${who} 核发行政执法证，批准后即可核发。`,
};

/** The one thing to do here, or what is waited for and why not by this viewer. */
export function ApplicationSteps(props: ApplicationStepsProps) {
  const { state, steps, issue, isEligible, personName, unitName, certificateHref, stamp } = props;
  const open = steps.filter((step) => step.refusal === null).map((step) => step.kind);
  const who = `${personName}（${unitName}）`;
  const agree = (['submitted', 'accepted', 'approved'] as const).find((kind) => open.includes(kind));
  const against = (['returned', 'rejected'] as const).filter((kind) => open.includes(kind));
  if (issue) return <IssueForm {...issue} stamp={stamp} />;
  if (agree && !isEligible && against.length === 0)
    return <Callout tone="warning" title="申领条件不再全部符合，请先补齐再办理。" />;
  if (agree || against.length > 0) {
    const offered = agree && isEligible ? [agree, ...against] : against;
    const sentence =
      agree && isEligible ? SENTENCES[agree](who) : `${who} 的申领条件不再全部符合，只能退回或不予核发。`;
    const isSecond = steps.some((step) => step.refusal === 'MAKER_IS_CHECKER');
    return (
      <>
        {isSecond ? <SecondPerson /> : null}
        <StepForm
          intents={offered}
          sentence={agree === undefined ? `${who} 的申领可退回单位补正。` : sentence}
          stamp={stamp}
        />
      </>
    );
  }
  if (steps.some((step) => step.refusal === 'OWN_MATTER'))
    return <Callout tone="warning" title="办理本人的证件事项应当回避，请由其他人员办理。" />;
  if (steps.some((step) => step.refusal === 'MAKER_IS_CHECKER')) return <SecondPerson />;
  return (
    <Callout
      tone="info"
      title={WAITS_FOR[state]}
      action={certificateHref ? <LinkButton to={certificateHref}>查看证件</LinkButton> : undefined}
    />
  );
}

function SecondPerson() {
  return (
    <div className="mb-5">
      <Callout tone="info" title="您已办理前一环节，批准须由另一名人员办理。" />
    </div>
  );
}
