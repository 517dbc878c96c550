import { Form } from '@remix-run/react';
import { Button } from '#app/platform/ui/data/button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { RadioGroup } from '#app/platform/ui/form/radio-group.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { Candidate, NewAccountPage } from '../accounts-view.server.ts';

interface FormProps {
  page: NewAccountPage & { text: string; commandIds: { person: string; technical: string } };
  answer:
    | { values: Readonly<Record<string, string>>; errors: Readonly<Record<string, string | undefined>> }
    | undefined;
}

const LOGIN_HINT = '小写字母、数字、点、下划线或短横，如 zhangsan 或 wy-liaison01';

/** Finds the person of the roster for whom the account is. */
export function PersonSearch({ text }: { text: string }) {
  return (
    <section aria-labelledby="for-person">
      <h2 id="for-person" className="mb-3 text-lg font-semibold">
        为花名册中的人员开通
      </h2>
      <Form method="get" role="search" className="flex flex-wrap items-end gap-3">
        <TextField
          id="person-search"
          label="查找人员"
          name="q"
          required
          defaultValue={text}
          hint="姓名、拼音或首字母"
          width="medium"
        />
        <Button type="submit">查找</Button>
      </Form>
    </section>
  );
}

const describe = ({ unitName, department, position }: Candidate): string =>
  [unitName, department, position].filter((part) => part !== null && part !== '').join(' · ');

/** Chooses among the people found, and names the login. */
export function PersonAccountForm({ page, answer }: FormProps) {
  if (page.candidates.length === 0)
    return (
      <EmptyState
        title="没有找到人员"
        text="请核对姓名。新进人员须先由司法局导入花名册，或在人员页面登记。"
      />
    );
  const isMine = answer?.values.owner === 'person';
  const errors = isMine ? answer.errors : {};
  return (
    <FormShell id="person-account" commandId={page.commandIds.person}>
      <input type="hidden" name="owner" value="person" />
      <RadioGroup
        label={
          page.total > page.candidates.length
            ? `选择人员（共 ${page.total} 人，先列出 ${page.candidates.length} 人）`
            : '选择人员'
        }
        name="personId"
        required
        defaultValue={
          isMine ? answer.values.personId : page.candidates.length === 1 ? page.candidates[0]?.id : undefined
        }
        error={errors.personId}
        options={page.candidates.map((person) => ({
          value: person.id,
          label: person.name,
          hint: describe(person),
        }))}
      />
      <TextField
        label="账号"
        name="login"
        required
        autoCapitalize="none"
        autoComplete="off"
        width="medium"
        hint={LOGIN_HINT}
        defaultValue={isMine ? answer.values.login : undefined}
        error={errors.login}
      />
      <SubmitButton busyText="正在开通…">开通账号</SubmitButton>
    </FormShell>
  );
}

/** An account of nobody in the roster: administrators, invited supervisors, the first account of a bureau. */
export function TechnicalAccountForm({ page, answer }: FormProps) {
  const isMine = answer?.values.owner === 'technical';
  const errors = isMine ? answer.errors : {};
  return (
    <section aria-labelledby="for-nobody" className="border-t border-line pt-6">
      <h2 id="for-nobody" className="mb-3 text-lg font-semibold">
        为花名册以外的人员开通
      </h2>
      <FormShell id="technical-account" commandId={page.commandIds.technical}>
        <input type="hidden" name="owner" value="technical" />
        <TextField
          label="姓名或名称"
          name="displayName"
          required
          width="medium"
          hint="实际使用人的姓名；一人一号，不得共用"
          defaultValue={isMine ? answer.values.displayName : undefined}
          error={errors.displayName}
        />
        <TextField
          label="账号"
          name="login"
          required
          autoCapitalize="none"
          autoComplete="off"
          width="medium"
          hint={LOGIN_HINT}
          defaultValue={isMine ? answer.values.login : undefined}
          error={errors.login}
        />
        <SubmitButton busyText="正在开通…">开通账号</SubmitButton>
      </FormShell>
    </section>
  );
}
