import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { MessageRegion } from '../message-scope.server.ts';
import { UnitChoice } from './unit-choice.tsx';

export interface MessageValues {
  title: string;
  body: string;
  units: readonly string[];
  regions: readonly string[];
}

export interface MessageFormProps {
  commandId: string;
  scope: readonly MessageRegion[];
  values: MessageValues;
  errors: Readonly<Record<string, string | undefined>>;
}

const LABELS: Readonly<Record<string, string>> = { title: '标题', body: '内容', units: '单位' };

/** A 工作消息: what, and to whose liaisons. */
export function MessageForm({ commandId, scope, values, errors }: MessageFormProps) {
  return (
    <FormShell id="message" commandId={commandId} warnUnsaved>
      <ErrorSummary
        errors={Object.entries(errors).flatMap(([name, message]) =>
          message === undefined ? [] : [{ name, label: LABELS[name] ?? name, message }],
        )}
      />
      <TextField
        label="标题"
        name="title"
        required
        maxLength={60}
        defaultValue={values.title}
        error={errors.title}
        hint="收件箱和邮件主题显示这一行，请勿写入身份证号等个人信息"
      />
      <TextArea
        label="内容"
        name="body"
        required
        rows={8}
        maxLength={2000}
        defaultValue={values.body}
        error={errors.body}
      />
      <UnitChoice scope={scope} units={values.units} regions={values.regions} error={errors.units} />
      <SubmitButton busyText="正在发送…">发送给所选单位的联络员</SubmitButton>
    </FormShell>
  );
}
