import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { CampaignState, TargetState } from '../campaign.ts';
import type { Posted } from '../posted.ts';

export interface ReviewFormsProps {
  commandId: string;
  campaign: { readonly state: CampaignState };
  target: { readonly state: TargetState; readonly version: number; readonly dueDay: string };
  mayReview: boolean;
  mayExtend: boolean;
  posted: Posted | null;
}

/** Accept, return with the reason, or give the unit more time: what fits the state. */
export function ReviewForms({ commandId, campaign, target, mayReview, mayExtend, posted }: ReviewFormsProps) {
  const isDecided = campaign.state === 'approved' || campaign.state === 'announced';
  if (isDecided) return null;
  const errorOf = (intent: string, name: string) =>
    posted?.intent === intent ? posted.errors[name] : undefined;
  const valueOf = (intent: string, name: string) =>
    posted?.intent === intent ? (posted.values[name] ?? '') : '';
  const owes = target.state === 'waiting' || target.state === 'returned';
  return (
    <div className="no-print grid items-start gap-6 lg:grid-cols-2">
      {mayReview && target.state === 'submitted' ? (
        <Card title="审核通过">
          <FormShell id="accept" commandId={commandId} expectedVersion={target.version}>
            <SubmitButton name="intent" value="accepted">
              审核通过
            </SubmitButton>
          </FormShell>
        </Card>
      ) : null}
      {mayReview && (target.state === 'submitted' || target.state === 'accepted') ? (
        <Card title="退回单位">
          <FormShell id="return" commandId={commandId} expectedVersion={target.version} className="space-y-4">
            <TextArea
              label="退回理由"
              name="reason"
              required
              rows={3}
              defaultValue={valueOf('returned', 'reason')}
              error={errorOf('returned', 'reason')}
              hint="单位联络员会看到，写明要更正的内容"
            />
            <SubmitButton name="intent" value="returned" tone="secondary">
              退回单位
            </SubmitButton>
          </FormShell>
        </Card>
      ) : null}
      {mayExtend && owes && campaign.state === 'open' ? (
        <Card title="延期">
          <FormShell id="extend" commandId={commandId} className="space-y-4">
            <DateField
              label="延期至"
              name="dueDay"
              required
              defaultValue={valueOf('extend', 'dueDay')}
              error={errorOf('extend', 'dueDay')}
              hint={`现截止${formatDay(target.dueDay)}`}
            />
            <TextField
              label="理由"
              name="reason"
              required
              defaultValue={valueOf('extend', 'reason')}
              error={errorOf('extend', 'reason')}
            />
            <SubmitButton name="intent" value="extend" tone="secondary">
              为该单位延期
            </SubmitButton>
          </FormShell>
        </Card>
      ) : null}
    </div>
  );
}
