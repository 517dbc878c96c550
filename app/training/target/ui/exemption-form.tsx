import type { SubmissionResult } from '@conform-to/react';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FileField } from '#app/platform/ui/form/file-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { RadioGroup } from '#app/platform/ui/form/radio-group.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import type { NewExemptionPage } from '../exemption-views.server.ts';
import { EXEMPTION_LABELS as LABELS, exemptionSchema } from '../exemption.schema.ts';
import { EXEMPTION_REASONS, REASON_LABELS } from '../exemption.ts';

const EFFECTS = [
  { value: 'reduce', label: '核减', hint: '按月数减少年度目标，仍计入达标统计' },
  { value: 'exempt', label: '免训', hint: '本年不作学时要求，不计入达标统计' },
] as const;

interface ExemptionFormProps {
  readonly page: NewExemptionPage;
  readonly commandId: string;
  readonly maxScanBytes: number;
  readonly lastResult: SubmissionResult<string[]> | null;
}

/** A request for one person, filled in from the absence where there is one. */
export function ExemptionForm({ page, commandId, maxScanBytes, lastResult }: ExemptionFormProps) {
  const { proposal } = page;
  const { shell, fields, errors } = useServerForm({
    id: 'exemption',
    schema: exemptionSchema,
    lastResult,
    defaultValue: {
      effect: 'reduce',
      ...(proposal === null
        ? {}
        : {
            reason: proposal.reason,
            fromDay: proposal.fromDay,
            toDay: proposal.toDay,
            months: String(proposal.months),
            documentNo: proposal.documentNo ?? '',
          }),
    },
    labels: LABELS,
  });
  return (
    <FormShell {...shell} commandId={commandId} encType="multipart/form-data" warnUnsaved>
      <ErrorSummary errors={errors} />
      <RadioGroup label={LABELS.effect} options={EFFECTS} {...fieldProps(fields.effect)} />
      <SelectField
        label={LABELS.reason}
        options={EXEMPTION_REASONS.map((reason) => ({ value: reason, label: REASON_LABELS[reason] }))}
        {...fieldProps(fields.reason)}
      />
      <DateField label={LABELS.fromDay} {...fieldProps(fields.fromDay)} />
      <DateField
        label={LABELS.toDay}
        hint="起止日期须在同一年度内；跨年的按年度分别申请"
        {...fieldProps(fields.toDay)}
      />
      <TextField
        label={LABELS.months}
        width="short"
        inputMode="numeric"
        hint="申请核减的填写；一个月内离岗满 15 天的，一般按一个月计"
        {...fieldProps(fields.months)}
      />
      <TextField label={LABELS.documentNo} width="medium" {...fieldProps(fields.documentNo)} />
      <TextArea
        label={LABELS.remark}
        rows={2}
        hint="如 经批准休产假，2026年8月返岗"
        {...fieldProps(fields.remark)}
      />
      <FileField
        label={LABELS.scan}
        name="scan"
        maxBytes={maxScanBytes}
        kinds="PDF、JPG 或 PNG"
        hint="批件、请假条、借调函等；加密保存，只有经办和批准人员可以查看"
        required
      />
      <Callout
        tone="info"
        title={page.approver === 'unit_leader' ? '提交后由单位负责人或者司法局批准' : '提交后由司法局批准'}
      >
        批准后年度目标随即变化，并通知本人；返岗提前或者材料有误的，批准人可以撤销。
      </Callout>
      <SubmitButton busyText="正在提交…">提交申请</SubmitButton>
    </FormShell>
  );
}
