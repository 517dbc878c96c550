import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { RadioGroup } from '#app/platform/ui/form/radio-group.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { fieldProps, listErrors, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import { renderAt } from './render.tsx';

const schema = z.object({ title: z.string().min(4), seats: z.coerce.number().int().max(200).optional() });
const labels = { title: '班次名称', seats: '人数' };

type Reply = ReturnType<ReturnType<typeof parseForm>['reply']>;

function SampleForm({ lastResult }: { lastResult: Reply | null }) {
  const { shell, fields, errors } = useServerForm({ id: 'plan', schema, lastResult, labels });
  return (
    <FormShell {...shell} commandId="c-1" expectedVersion={3}>
      <ErrorSummary errors={errors} />
      <TextField label={labels.title} hint="写明期次" {...fieldProps(fields.title)} />
      <TextField label={labels.seats} {...fieldProps(fields.seats)} />
      <SubmitButton>提交</SubmitButton>
    </FormShell>
  );
}

function submit(fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return parseForm(form, schema);
}

describe('a form in the server’s HTML', () => {
  it('carries its command and the version the person saw', () => {
    const html = renderAt('/plans/new', <SampleForm lastResult={null} />);
    expect(html).toContain('<input type="hidden" name="commandId" value="c-1"/>');
    expect(html).toContain('<input type="hidden" name="expectedVersion" value="3"/>');
    expect(html).not.toContain('role="alert"');
  });

  it('after a refusal keeps what was typed, sums up with links and marks the field', () => {
    const reply = submit({ title: '短', seats: '12' }).reply();
    const html = renderAt('/plans/new', <SampleForm lastResult={reply} />);
    expect(html).toMatch(/<input[^>]*id="plan-title"[^>]*value="短"/);
    expect(html).toMatch(/<input[^>]*name="seats"[^>]*value="12"/);
    expect(html).toContain('role="alert"');
    expect(html).toContain('href="#plan-title"');
    expect(html).toContain('aria-describedby="plan-title-hint plan-title-error"');
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain('至少 4 个字');
  });

  it('marks what may stay empty', () => {
    const html = renderAt('/plans/new', <SampleForm lastResult={null} />);
    expect(html.match(/（选填）/g)).toHaveLength(1);
  });
});

describe('messages a schema leaves unsaid', () => {
  it.each([
    [{}, 'title', '请填写此项'],
    [{ title: '短' }, 'title', '至少 4 个字'],
    [{ title: '春季班次', seats: '201' }, 'seats', '不得大于 200'],
    [{ title: '春季班次', seats: '三十' }, 'seats', '填写的格式不对，请检查'],
  ])('%j: %s %s', (fields, name, message) => {
    expect(submit(fields).reply().error?.[name]).toEqual([message]);
  });

  it('are listed in the order of the form, one per field', () => {
    const errors = listErrors({ seats: ['多'], '': ['整体有误'], title: ['短', '又短'] }, labels);
    expect(errors.map((error) => error.message)).toEqual(['整体有误', '短', '多']);
  });
});

describe('fields', () => {
  it('a date is a text field before JavaScript', () => {
    const html = renderAt('/', <DateField label="开班日期" name="day" defaultValue="2026-11-21" required />);
    expect(html).toMatch(/<input[^>]*type="text"[^>]*value="2026-11-21"/);
    expect(html).toContain('2026年11月21日 星期六');
    expect(html).not.toContain('type="date"');
  });

  it('the first radio button carries the field’s id, so the summary leads to it', () => {
    const options = [
      { value: 'onsite', label: '面授' },
      { value: 'online', label: '网络' },
    ];
    const html = renderAt(
      '/',
      <RadioGroup label="方式" name="mode" options={options} defaultValue="online" required />,
    );
    expect(html).toMatch(/<input[^>]*id="field-mode"[^>]*value="onsite"/);
    expect(html).toMatch(/<input[^>]*checked=""[^>]*value="online"|<input[^>]*value="online"[^>]*checked=""/);
  });
});
