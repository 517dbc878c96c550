import { Form } from '@remix-run/react';
import { Button } from '#app/platform/ui/data/button.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { Role } from '../../role.ts';
import { ROLE_LABELS } from '../../role.ts';
import type { GrantForm as GrantFormFacts } from '../account-view.server.ts';
import type { FormAnswer } from './form-answer.ts';
import { answerTo } from './form-answer.ts';

/** First the role, which decides what else is asked; a GET form, so that it works without JavaScript. */
export function RoleChoice({ roles, role }: { roles: readonly Role[]; role: Role | null }) {
  return (
    <Form method="get" preventScrollReset className="flex flex-wrap items-end gap-3">
      <SelectField
        id="role-choice"
        key={role ?? ''}
        label="角色"
        name="role"
        required
        defaultValue={role ?? ''}
        options={roles.map((value) => ({ value, label: ROLE_LABELS[value] }))}
      />
      <Button type="submit">下一步</Button>
    </Form>
  );
}

interface GrantFormProps {
  form: GrantFormFacts;
  today: string;
  commandId: string;
  answer: FormAnswer | undefined;
}

/** Over what, from when to when, and on which basis. */
export function GrantForm({ form, today, commandId, answer }: GrantFormProps) {
  const { values, errors } = answerTo(answer, 'grant');
  return (
    <FormShell id="grant" commandId={commandId} className="max-w-xl" warnUnsaved>
      <input type="hidden" name="role" value={form.role} />
      <Scope form={form} values={values} errors={errors} />
      <DateField
        label="开始日期"
        name="fromDay"
        required
        defaultValue={values.fromDay ?? today}
        error={errors.fromDay}
      />
      <DateField
        label="最后一日"
        name="lastDay"
        defaultValue={values.lastDay}
        error={errors.lastDay}
        hint="含当日；不填为长期"
      />
      <TextField
        label="依据或事由"
        name="reason"
        required
        defaultValue={values.reason}
        error={errors.reason}
        hint="如“某局〔2026〕3 号文”“单位申请表”"
      />
      <SubmitButton name="intent" value="grant" busyText="正在保存…">
        {`授予${ROLE_LABELS[form.role]}`}
      </SubmitButton>
    </FormShell>
  );
}

function Scope({ form, values, errors }: Pick<GrantFormProps, 'form'> & FormAnswer) {
  switch (form.scopeKind) {
    case 'self':
      return <p className="text-sm text-ink-muted">范围：本人的学习、考试和证件。</p>;
    case 'platform':
      return <p className="text-sm text-ink-muted">范围：平台；看不到业务数据，也不与其他角色兼任。</p>;
    case 'unit':
      return (
        <TextField
          label="单位"
          name="unitText"
          required
          defaultValue={values.unitText ?? form.unitName ?? undefined}
          error={errors.unitText}
          hint="机构名录中的全称或编码；包括其下属单位"
        />
      );
    case 'region':
      return <RegionField form={form} values={values} errors={errors} />;
    case 'field':
      return (
        <>
          <RegionField form={form} values={values} errors={errors} />
          <SelectField
            label="执法领域"
            name="fieldCode"
            required
            defaultValue={values.fieldCode}
            error={errors.fieldCode}
            options={form.fields.map((field) => ({ value: field.code, label: field.name }))}
          />
        </>
      );
  }
}

function RegionField({ form, values, errors }: Pick<GrantFormProps, 'form'> & FormAnswer) {
  const [only] = form.regions;
  return (
    <SelectField
      label="地区"
      name="regionId"
      required
      defaultValue={values.regionId ?? (form.regions.length === 1 ? only?.id : undefined)}
      error={errors.regionId}
      hint="包括其下各级地区"
      options={form.regions.map((region) => ({ value: region.id, label: region.name }))}
    />
  );
}
