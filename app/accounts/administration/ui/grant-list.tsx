import { addDays, formatDay } from '#app/platform/time/day.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { ROLE_LABELS } from '../../role.ts';
import type { AccountPage, GrantLine } from '../account-view.server.ts';
import type { FormAnswer } from './form-answer.ts';
import { answerTo } from './form-answer.ts';

const LOOKS = {
  holds: { shape: 'solid', tone: 'positive', word: '有效' },
  coming: { shape: 'dot', tone: 'pending', word: '未到开始日期' },
  ended: { shape: 'hollow', tone: 'neutral', word: '已到期' },
} as const;

interface GrantListProps {
  page: AccountPage;
  commandId: string;
  answer: FormAnswer | undefined;
}

/** The rights of an account with their days, and the form that ends one. */
export function GrantList({ page, commandId, answer }: GrantListProps) {
  const standing = page.grants.filter((grant) => grant.standing !== 'ended');
  if (page.grants.length === 0)
    return <EmptyState title="还没有角色" text="没有角色的账号可以登录，但办理不了任何事项。" />;
  return (
    <div className="space-y-6">
      <SimpleTable
        caption="角色"
        head={['角色', '范围', '开始', '最后一日', '状态']}
        rows={page.grants.map((grant) => ({ key: grant.grantId, cells: cellsOf(grant) }))}
      />
      {page.mayChange && standing.length > 0 ? (
        <EndGrantForm standing={standing} commandId={commandId} answer={answer} />
      ) : null}
    </div>
  );
}

function cellsOf(grant: GrantLine) {
  const look = LOOKS[grant.standing];
  return [
    ROLE_LABELS[grant.role],
    grant.place,
    formatDay(grant.validFrom),
    grant.validTo === null ? '长期' : formatDay(addDays(grant.validTo, -1)),
    <StateBadge key="standing" shape={look.shape} tone={look.tone}>
      {look.word}
    </StateBadge>,
  ];
}

interface EndGrantProps extends Pick<GrantListProps, 'commandId' | 'answer'> {
  standing: readonly GrantLine[];
}

function EndGrantForm({ standing, commandId, answer }: EndGrantProps) {
  const { values, errors } = answerTo(answer, 'end');
  return (
    <details open={values.intent === 'end' ? true : undefined}>
      <summary className="cursor-pointer font-semibold text-accent">收回角色</summary>
      <FormShell id="end-grant" commandId={commandId} className="mt-4 max-w-xl">
        <SelectField
          label="要收回的角色"
          name="grantId"
          required
          defaultValue={values.grantId}
          error={errors.grantId}
          options={standing.map((grant) => ({
            value: grant.grantId,
            label: `${ROLE_LABELS[grant.role]}（${grant.place}）`,
          }))}
        />
        <TextField
          label="收回的依据或事由"
          name="reason"
          required
          defaultValue={values.reason}
          error={errors.reason}
        />
        <SubmitButton tone="danger" name="intent" value="end" busyText="正在收回…">
          自今天起收回
        </SubmitButton>
      </FormShell>
    </details>
  );
}
