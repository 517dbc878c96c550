import type { SubmissionResult } from '@conform-to/react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { formatBytes } from '#app/platform/ui/text/format.ts';
import { CheckboxField } from '#app/platform/ui/form/checkbox-field.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FileField } from '#app/platform/ui/form/file-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { RadioGroup } from '#app/platform/ui/form/radio-group.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import { CATEGORIES, CATEGORY_LABELS } from '../../ledger/hours.ts';
import { CLAIM_FORM_LABELS, CLAIM_FORMS, CLAIM_KIND_LABELS, CLAIM_KINDS } from '../claim.ts';
import { CLAIM_LABELS, claimFormSchema, typedDays } from '../claim.schema.ts';
import { MAX_PROOF_BYTES, MAX_PROOFS, PROOF_ACCEPT, PROOF_KINDS } from '../proof.ts';
import type { DayConvention } from '../suggestion.ts';
import { conventionText, suggestedHundredths } from '../suggestion.ts';

export interface ClaimFormProps {
  readonly commandId: string;
  readonly expectedVersion?: number | undefined;
  readonly defaults: Readonly<Record<string, string>>;
  readonly lastResult: SubmissionResult<string[]> | null;
  readonly convention: DayConvention;
  readonly lectureText: string;
  /** Files of an earlier round that may stay. */
  readonly keptProofs?: readonly {
    readonly id: string;
    readonly fileName: string;
    readonly byteCount: number;
  }[];
  readonly submit: string;
  /** What stands before the statement: the people of a liaison's filing. */
  readonly children?: ReactNode;
}

const options = <K extends string>(values: readonly K[], labels: Readonly<Record<K, string>>) =>
  values.map((value) => ({ value, label: labels[value] }));

/** One training with its proof. The convention's figure is shown with its source; what is filled in is the person's. */
export function ClaimForm(props: ClaimFormProps) {
  const { commandId, expectedVersion, lastResult, defaults, submit, keptProofs = [], children } = props;
  const { shell, fields, errors } = useServerForm({
    id: 'claim',
    schema: claimFormSchema,
    lastResult,
    defaultValue: defaults,
    labels: CLAIM_LABELS,
  });
  const [suggestion, setSuggestion] = useState<string | null>(null);
  return (
    <FormShell
      {...shell}
      commandId={commandId}
      expectedVersion={expectedVersion}
      encType="multipart/form-data"
      warnUnsaved
    >
      <ErrorSummary errors={errors} />
      {children}
      <SelectField
        label={CLAIM_LABELS.kind}
        placeholder={null}
        options={options(CLAIM_KINDS, CLAIM_KIND_LABELS)}
        hint={props.lectureText}
        {...fieldProps(fields.kind)}
      />
      <TextField
        label={CLAIM_LABELS.title}
        hint="与培训通知或证书上的名称一致"
        {...fieldProps(fields.title)}
      />
      <TextField label={CLAIM_LABELS.organiser} hint="如 某市委党校" {...fieldProps(fields.organiser)} />
      <div
        className="space-y-6"
        onInput={(event) => {
          const form = event.currentTarget.closest('form');
          if (form) setSuggestion(suggestionText(new FormData(form), props.convention));
        }}
      >
        <DateField label={CLAIM_LABELS.fromDay} {...fieldProps(fields.fromDay)} />
        <DateField
          label={CLAIM_LABELS.toDay}
          hint="只有一天的可不填；跨年度的按天分别计入两个年度"
          {...fieldProps(fields.toDay)}
        />
      </div>
      <RadioGroup
        label={CLAIM_LABELS.lengthKind}
        options={[
          { value: 'hours', label: '按学时', hint: conventionText(props.convention) },
          { value: 'minutes', label: '按分钟', hint: '没有写明学时的，按 45 分钟折算 1 学时' },
        ]}
        {...fieldProps(fields.lengthKind)}
      />
      <TextField
        label={CLAIM_LABELS.amount}
        width="short"
        inputMode="decimal"
        autoComplete="off"
        hint={suggestion ?? '所选依据的数字，如 8 学时填 8，90 分钟填 90'}
        {...fieldProps(fields.amount)}
      />
      <SelectField
        label={CLAIM_LABELS.category}
        placeholder={null}
        options={options(CATEGORIES, CATEGORY_LABELS)}
        {...fieldProps(fields.category)}
      />
      <SelectField
        label={CLAIM_LABELS.form}
        placeholder={null}
        options={options(CLAIM_FORMS, CLAIM_FORM_LABELS)}
        {...fieldProps(fields.form)}
      />
      <TextField label={CLAIM_LABELS.place} {...fieldProps(fields.place)} />
      <TextField label={CLAIM_LABELS.result} hint="如 合格、结业、第二名" {...fieldProps(fields.result)} />
      {keptProofs.length > 0 ? <KeptProofs proofs={keptProofs} /> : null}
      <FileField
        label={CLAIM_LABELS.proofs}
        name="proofs"
        error={errors.find(({ name }) => name === 'proofs')?.message}
        multiple
        accept={PROOF_ACCEPT}
        maxBytes={MAX_PROOF_BYTES}
        kinds={PROOF_KINDS}
        required={keptProofs.length === 0}
        hint={`可一次选择多个，共不超过 ${MAX_PROOFS} 个；如培训通知、结业证书、签到表。加密保存，只有本人和办理人员可以下载`}
      />
      <SubmitButton busyText="正在提交…">{submit}</SubmitButton>
    </FormShell>
  );
}

function suggestionText(form: FormData, convention: DayConvention): string | null {
  const days = typedDays(form);
  const hundredths = days === null ? null : suggestedHundredths(days.fromDay, days.toDay, convention);
  return hundredths === null
    ? null
    : `没有写明学时的，按所填日期可参考 ${hundredths / 100} 学时；实际学时以通知或证书为准`;
}

function KeptProofs({
  proofs,
}: {
  readonly proofs: readonly { readonly id: string; readonly fileName: string; readonly byteCount: number }[];
}) {
  return (
    <fieldset className="max-w-xl">
      <legend className="mb-1 font-semibold">已上传的材料</legend>
      <p className="mb-1.5 text-sm text-ink-muted">取消勾选的不再作为本次申请的材料，办理记录中仍可查到</p>
      {proofs.map(({ id, fileName, byteCount }) => (
        <CheckboxField
          key={id}
          id={`kept-${id}`}
          name="keptProofs"
          value={id}
          defaultChecked
          label={`${fileName}（${formatBytes(byteCount)}）`}
          required
        />
      ))}
    </fieldset>
  );
}
