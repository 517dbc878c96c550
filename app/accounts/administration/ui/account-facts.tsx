import { formatInstant } from '#app/platform/time/day.ts';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { AccountPage } from '../account-view.server.ts';
import { AccountStandingBadge } from './account-standing.tsx';
import type { FormAnswer } from './form-answer.ts';
import { answerTo } from './form-answer.ts';

/** Who the account is. */
export function AccountFacts({ page }: { page: AccountPage }) {
  return (
    <DefinitionList
      columns={2}
      items={[
        { term: '账号', value: page.login },
        { term: '姓名', value: page.displayName },
        { term: '单位', value: page.unitName ?? (page.hasPerson ? '目前不在任何单位' : '花名册以外') },
        {
          term: '状态',
          value: (
            <>
              <AccountStandingBadge standing={page.standing} />
              {page.isLocked ? '（输错密码，暂时锁定）' : null}
            </>
          ),
        },
        { term: '开通时间', value: formatInstant(page.createdAt) },
      ]}
    />
  );
}

interface StandingFormsProps {
  page: AccountPage;
  commandIds: { relink: string; status: string };
  answer: FormAnswer | undefined;
}

/** A new link; taking the account out of use or putting it back. */
export function AccountStandingForms({ page, commandIds, answer }: StandingFormsProps) {
  const isDisabled = page.standing === 'disabled';
  const { values, errors } = answerTo(answer, 'disable', 'enable');
  return (
    <div className="grid gap-8 border-y border-line py-6 md:grid-cols-2">
      {isDisabled ? null : (
        <FormShell id="relink" commandId={commandIds.relink}>
          <p className="text-sm text-ink-muted">
            {page.standing === 'waiting'
              ? '链接遗失或过期的，重新发放；此前的链接随即作废。'
              : '忘记密码的，重新发放启用链接，由本人重设密码；此前的链接随即作废。'}
          </p>
          <SubmitButton tone="secondary" name="intent" value="relink" busyText="正在发放…">
            重新发放启用链接
          </SubmitButton>
        </FormShell>
      )}
      <FormShell id="status" commandId={commandIds.status}>
        <TextField
          label={isDisabled ? '启用的依据或事由' : '停用的依据或事由'}
          name="reason"
          required
          defaultValue={values.reason}
          error={errors.reason}
        />
        <SubmitButton
          tone={isDisabled ? 'secondary' : 'danger'}
          name="intent"
          value={isDisabled ? 'enable' : 'disable'}
          busyText="正在保存…"
        >
          {isDisabled ? '启用账号' : '停用账号，立即退出登录'}
        </SubmitButton>
      </FormShell>
    </div>
  );
}
