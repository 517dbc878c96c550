import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { ConfirmDialog } from '#app/platform/ui/feedback/confirm-dialog.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { formatHours, formatHoursFigure } from '#app/platform/ui/text/format.ts';
import type { DeskAnswer } from '../claim-action.server.ts';
import type { Claim } from '../claim.store.server.ts';
import type { OverlapFact } from '../overlap.store.server.ts';
import { claimDays } from './claim-detail.tsx';

export interface DeskFormsProps {
  readonly claim: Claim;
  readonly commandIds: { readonly approve: string; readonly return: string };
  readonly answer: DeskAnswer | null;
}

/** Approve, whole or in part, or return with the reason; what it means stands before the button. */
export function DeskForms({ claim, commandIds, answer }: DeskFormsProps) {
  const of = (intent: string, name: string) =>
    answer?.typed.intent === intent ? (answer.typed[name] ?? '') : undefined;
  const errorOf = (intent: string, name: string) =>
    answer?.typed.intent === intent ? answer.errors[name] : undefined;
  const asked = formatHoursFigure(claim.creditSeconds).replaceAll(',', '').replace(/\.00$/, '');
  return (
    <div className="no-print grid items-start gap-6 lg:grid-cols-2">
      <Card title="认定">
        <FormShell id="approve" commandId={commandIds.approve} expectedVersion={claim.version}>
          <TextField
            label="认定学时"
            name="hours"
            width="short"
            unit="学时"
            inputMode="decimal"
            autoComplete="off"
            required
            defaultValue={of('approve', 'hours') ?? asked}
            error={errorOf('approve', 'hours')}
            hint={`申请 ${formatHours(claim.creditSeconds)}；少于申请的须写明说明`}
          />
          <TextArea
            label="说明"
            name="note"
            rows={2}
            defaultValue={of('approve', 'note')}
            error={errorOf('approve', 'note')}
          />
          <p className="text-sm text-ink-muted">
            认定后，{claim.personName}
            {claimDays(claim)}的“{claim.title}”按所填学时记入台账，并通知本人；以后只能按更正程序变更。
          </p>
          <SubmitButton name="intent" value="approve" busyText="正在认定…">
            认定并记入台账
          </SubmitButton>
        </FormShell>
      </Card>
      <Card title="退回补正">
        <FormShell id="return" commandId={commandIds.return} expectedVersion={claim.version}>
          <TextArea
            label="退回理由"
            name="reason"
            rows={3}
            required
            defaultValue={of('return', 'reason')}
            error={errorOf('return', 'reason')}
            hint="申请人会看到，请写明需要补正的内容"
          />
          <SubmitButton name="intent" value="return" tone="secondary" busyText="正在退回…">
            退回申请
          </SubmitButton>
        </FormShell>
      </Card>
    </div>
  );
}

const KINDS = { claim: '学时认定申请', entry: '台账已有学时', class: '已报名的培训班' } as const;

/** What else lies on these days: facts for whoever decides. */
export function OverlapNotice({ overlaps }: { overlaps: readonly OverlapFact[] }) {
  if (overlaps.length === 0) return null;
  return (
    <Callout tone="warning" title={`培训期间另有 ${overlaps.length} 项记录，请核对时间是否重复`}>
      <ul className="list-disc space-y-1 pl-5">
        {overlaps.map((fact) => (
          <li key={`${fact.is}-${fact.id}`}>
            {KINDS[fact.is]}：{fact.title}，{claimDays(fact)}
            {fact.creditSeconds === null ? null : `，${formatHours(fact.creditSeconds)}`}
          </li>
        ))}
      </ul>
    </Callout>
  );
}

const WHY_NOT = {
  MAKER_IS_CHECKER: '由您提交，须由其他人员认定',
  CLAIM_OF_ONESELF: '这是您本人的学时，须由其他人员认定',
  NEEDS_LEADER: '联络员提交的申请，由单位负责人或者司法局认定',
} as const;

export function WhyNot({
  whyNot,
  closedYear,
}: {
  whyNot: keyof typeof WHY_NOT | 'YEAR_CLOSED' | null;
  closedYear: number | null;
}) {
  if (whyNot === 'YEAR_CLOSED')
    return <Callout tone="info" title={`${closedYear ?? ''} 年度学时已封账，须由司法局认定`} />;
  if (whyNot !== null) return <Callout tone="info" title={WHY_NOT[whyNot]} />;
  if (closedYear === null) return null;
  return (
    <Callout tone="warning" title={`${closedYear} 年度学时已封账`}>
      认定后作为封账后的调整单独列示，封账数字不变。
    </Callout>
  );
}

export function WithdrawClaim({ claim, commandId }: { claim: Claim; commandId: string }) {
  return (
    <ConfirmDialog
      id="withdraw"
      title="撤回申请"
      trigger="撤回申请"
      confirm="撤回申请"
      commandId={commandId}
      expectedVersion={claim.version}
      hidden={{ intent: 'withdraw' }}
    >
      撤回 {formatDay(claim.fromDay)}“{claim.title}”的学时认定申请。撤回后可以重新申请。
    </ConfirmDialog>
  );
}
