import { formatInstant } from '#app/platform/time/day.ts';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { PlanPage } from '../plan-view.server.ts';
import type { Posted } from '../posted.ts';
import { SeatedPersonField } from './seated-person-field.tsx';

/** Why a person whose paper was drawn stays; what PAPER_SEALED says afterwards. */
const STAYS = '不能改到其他场次。确实不能参加的，请办理缓考。';
const NOTHING: Readonly<Record<string, string>> = {};

/** Moves one person of the shown room to another sitting of the batch; the ticket is replaced and the reason kept. */
export function ToSittingForm({ page, posted }: { page: PlanPage; posted: Posted | null }) {
  const people = page.grid.flat().flatMap(({ person }) => person ?? []);
  const bound = people.filter(({ hasPaper }) => hasPaper).length;
  if (bound === people.length) return <p>{`本考场考生的试卷已封存或已开启，${STAYS}`}</p>;
  const values = posted?.values ?? NOTHING;
  const errors = posted?.errors ?? NOTHING;
  return (
    <FormShell id="to-sitting" commandId={page.toSittingCommandId}>
      <input type="hidden" name="intent" value="to_sitting" />
      <p className="text-sm text-ink-muted">
        考生离开本场，原准考证号作废，在新场次取得新的准考证号并等候编排座位；本人和单位会收到通知。
      </p>
      {bound === 0 ? null : (
        <p className="text-sm text-ink-muted">{`本考场另有 ${formatCount(bound)} 人的试卷已封存或已开启，不在下列名单中：${STAYS}`}</p>
      )}
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <SeatedPersonField page={page} posted={posted} without="papers" />
        <SelectField
          label="改到场次"
          name="toSittingId"
          required
          defaultValue={values.toSittingId}
          error={errors.toSittingId}
          options={page.otherSittings.map(({ id, title, opensAt }) => ({
            value: id,
            label: `${title}（${formatInstant(opensAt)}）`,
          }))}
        />
        <TextField
          label="调整原因"
          name="reason"
          required
          hint="如：当日因公出差"
          defaultValue={values.reason}
          error={errors.reason}
        />
      </div>
      <SubmitButton tone="secondary">改到其他场次</SubmitButton>
    </FormShell>
  );
}
