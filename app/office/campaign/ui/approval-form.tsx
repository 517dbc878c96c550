import { Card } from '#app/platform/ui/data/card.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { DocumentScanField, SignedFormFields } from '../../approval/ui/scan-fields.tsx';
import type { Posted } from '../posted.ts';

export interface ApprovalCardProps {
  campaign: { readonly version: number; readonly regionName: string };
  counts: {
    readonly waiting: number;
    readonly returned: number;
    readonly accepted: number;
    readonly toReview: number;
    readonly unchanged: number;
  };
  approvalEffect: string;
  offer: {
    readonly mayApprove: boolean;
    readonly needsSignedForm: boolean;
    readonly waitsFor: string | null;
  };
  commandId: string;
  posted: Posted | null;
  today: string;
}

const LABELS = {
  approvingOrgan: '批准机关',
  documentNo: '批准文号',
  effectiveDay: '生效日期',
  signerName: '审批人',
} as const;
type Name = keyof typeof LABELS;

const isName = (name: string): name is Name => name in LABELS;

/** The approving organ's document, entered by somebody beside the issuer; or what is still in its way. */
export function ApprovalCard(props: ApprovalCardProps) {
  const { counts, offer } = props;
  const pending = counts.toReview + counts.unchanged;
  const obstacle =
    pending > 0
      ? `还有 ${formatCount(pending)} 份待审，审核完毕后登记批准文件。`
      : counts.accepted === 0
        ? '审核通过后登记批准文件。'
        : null;
  return (
    <Card title="批准">
      {obstacle === null ? (
        <div className="space-y-4">
          {offer.waitsFor === null ? null : <p>{`本任务由您下发：${offer.waitsFor}。`}</p>}
          {offer.mayApprove ? <ApprovalForm {...props} /> : null}
        </div>
      ) : (
        <p className="text-ink-muted">{obstacle}</p>
      )}
    </Card>
  );
}

function ApprovalForm({
  campaign,
  counts,
  approvalEffect,
  offer,
  commandId,
  posted,
  today,
}: ApprovalCardProps) {
  const own = posted?.intent === 'approve' ? posted : null;
  const field = (name: Name, otherwise: string) => ({
    label: LABELS[name],
    name,
    required: true,
    defaultValue: own?.values[name] ?? otherwise,
    error: own?.errors[name],
  });
  const errors = Object.entries(own?.errors ?? {}).map(([name, message]) => ({
    name,
    label: isName(name) ? LABELS[name] : name,
    message,
  }));
  const owing = counts.waiting + counts.returned;
  return (
    <FormShell
      id="approve"
      commandId={commandId}
      expectedVersion={campaign.version}
      encType="multipart/form-data"
      className="space-y-4"
    >
      <ErrorSummary errors={errors} />
      <TextField {...field('approvingOrgan', `${campaign.regionName}人民政府`)} />
      <TextField {...field('documentNo', '')} />
      <DateField {...field('effectiveDay', today)} />
      <DocumentScanField />
      {offer.needsSignedForm ? (
        <SignedFormFields signerName={own?.values.signerName ?? ''} error={own?.errors.signerName} />
      ) : null}
      <p className="border-l-2 border-line-strong pl-4">
        将登记 {formatCount(counts.accepted)} 个单位的填报结果
        {owing > 0 ? `，${formatCount(owing)} 个单位未报，不在其中` : ''}。{approvalEffect}
      </p>
      <SubmitButton name="intent" value="approve" busyText="正在登记…">
        登记批准
      </SubmitButton>
    </FormShell>
  );
}
