import type { SubmissionResult } from '@conform-to/react';
import type { HomePlace } from '#app/organization/person/home-timeline.ts';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { checkboxProps, fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import { CHANGE_POST_LABELS, changePostSchema } from '../roster.schema.ts';
import { PostFields } from './post-fields.tsx';

export interface PostFormProps {
  readonly commandId: string;
  readonly home: Omit<HomePlace, 'unitId'>;
  readonly today: string;
  readonly fields: readonly { readonly code: string; readonly name: string }[];
  readonly lastResult: SubmissionResult<string[]> | null;
}

/** The post as it stands, to be changed from a day on. */
export function PostForm({ commandId, home, today, fields: choices, lastResult }: PostFormProps) {
  const { shell, fields, errors } = useServerForm({
    id: 'post',
    schema: changePostSchema,
    lastResult,
    defaultValue: {
      fromDay: today,
      establishment: home.establishment,
      position: home.position ?? '',
      department: home.department ?? '',
      fieldCode: home.fieldCode ?? '',
      enforcementArea: home.enforcementArea ?? '',
      ...(home.isEnforcementPost ? { isEnforcementPost: 'on' as const } : {}),
    },
    labels: CHANGE_POST_LABELS,
  });
  return (
    <FormShell {...shell} commandId={commandId} warnUnsaved>
      <ErrorSummary errors={errors} />
      <DateField
        label={CHANGE_POST_LABELS.fromDay}
        hint="自这一天起按变更后的岗位计算，之前的学时和统计不变"
        {...fieldProps(fields.fromDay)}
      />
      <PostFields
        fields={choices}
        establishment={fieldProps(fields.establishment)}
        position={fieldProps(fields.position)}
        department={fieldProps(fields.department)}
        isEnforcementPost={checkboxProps(fields.isEnforcementPost)}
        fieldCode={fieldProps(fields.fieldCode)}
        enforcementArea={fieldProps(fields.enforcementArea)}
      />
      <TextField label={CHANGE_POST_LABELS.proof} {...fieldProps(fields.proof)} />
      <SubmitButton busyText="正在保存…">保存变更</SubmitButton>
    </FormShell>
  );
}
