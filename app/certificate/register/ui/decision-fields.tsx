import type { SubmissionResult } from '@conform-to/react';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import { BASE_LABELS, decisionForm, decisionSchema } from '../decision.schema.ts';
import type { ProposableKind } from '../proposal.ts';
import type { DecidingBody, DetailField } from '../transition-table.ts';

export interface DecisionFieldsProps {
  kind: ProposableKind;
  today: string;
  /** suggested deciding body, by who decides by the table */
  authorities: Readonly<Record<DecidingBody, string>>;
  /** earliest day of a new application after a revocation */
  reapplyDay: string;
  commandId: string;
  expectedVersion: number;
  lastResult: SubmissionResult<string[]> | null;
}

/** Everything the transition table asks of one decision; sent first to be looked at. */
export function DecisionFields(props: DecisionFieldsProps) {
  const { kind, today, authorities, reapplyDay, commandId, expectedVersion, lastResult } = props;
  const asked = decisionForm(kind);
  const { reasonCode, ...others } = BASE_LABELS;
  // In the order of the form, which the error summary follows.
  const labels: Record<string, string> = {
    reasonCode,
    ...Object.fromEntries(asked.details.map((field) => [`details.${field.name}`, field.label])),
    ...others,
  };
  const { shell, fields, errors } = useServerForm({
    id: 'decision',
    schema: decisionSchema(asked),
    lastResult,
    labels,
    defaultValue: {
      decidingAuthority: authorities[asked.decidedBy],
      decisionDay: today,
      effectiveFromDay: today,
      details: { reapplyNotBeforeDay: reapplyDay },
    },
  });
  const details = fields.details.getFieldset();
  return (
    <FormShell {...shell} commandId={commandId} expectedVersion={expectedVersion} warnUnsaved>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="kind" value={kind} />
      <SelectField
        label={BASE_LABELS.reasonCode}
        options={asked.reasons}
        {...fieldProps(fields.reasonCode)}
      />
      {asked.details.map((field) => {
        const meta = details[field.name];
        return meta ? <Detail key={field.name} field={field} {...fieldProps(meta)} /> : null;
      })}
      <TextField
        label={BASE_LABELS.legalBasis}
        hint="写明法规名称和条款"
        {...fieldProps(fields.legalBasis)}
      />
      <TextField
        label={BASE_LABELS.documentNo}
        width="medium"
        {...fieldProps(fields.documentNo)}
        required={asked.needsDocumentNo}
      />
      <TextField label={BASE_LABELS.decidingAuthority} {...fieldProps(fields.decidingAuthority)} />
      <DateField label={BASE_LABELS.decisionDay} {...fieldProps(fields.decisionDay)} />
      <DateField label={BASE_LABELS.effectiveFromDay} {...fieldProps(fields.effectiveFromDay)} />
      {asked.needsPeriod ? (
        <DateField label={BASE_LABELS.effectiveToDay} {...fieldProps(fields.effectiveToDay)} required />
      ) : null}
      <SubmitButton name="intent" value="preview" busyText="正在核对…">
        核对拟办内容
      </SubmitButton>
    </FormShell>
  );
}

function Detail({ field, ...props }: { field: DetailField } & ReturnType<typeof fieldProps>) {
  return field.type === 'day' ? (
    <DateField label={field.label} {...props} required />
  ) : (
    <TextField label={field.label} {...props} required />
  );
}
