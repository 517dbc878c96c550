import { Form } from '@remix-run/react';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';

export interface CheckFormProps {
  values: { readonly certificateNo: string; readonly name: string };
  errors: { readonly certificateNo?: string | undefined; readonly name?: string | undefined };
}

/** Number and name as they stand on the card. Posted, so that neither comes into an address line or a log. */
export function CheckForm({ values, errors }: CheckFormProps) {
  return (
    <Form method="post" action="/verify" noValidate className="space-y-6">
      <TextField
        label="证号"
        name="certificateNo"
        hint="证件正面的编号，空格可不填"
        required
        autoComplete="off"
        inputMode="numeric"
        maxLength={40}
        defaultValue={values.certificateNo}
        error={errors.certificateNo}
      />
      <TextField
        label="姓名"
        name="name"
        required
        width="medium"
        autoComplete="off"
        maxLength={30}
        defaultValue={values.name}
        error={errors.name}
      />
      <SubmitButton size="large" busyText="正在查询…">
        查验
      </SubmitButton>
    </Form>
  );
}
