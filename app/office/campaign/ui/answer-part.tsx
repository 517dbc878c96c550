import type { ComponentProps } from 'react';
import { formatInstant } from '#app/platform/time/day.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import type { AnswerPage } from '../target-view.server.ts';
import type { Posted } from '../posted.ts';
import { AnswerForm } from './answer-form.tsx';
import { EntityFields } from './entity-fields.tsx';
import { ExceptionList } from './exception-list.tsx';
import { FileList } from './file-list.tsx';
import { CampaignHistory, EarlierAnswers } from './history.tsx';
import { RosterFields } from './roster-fields.tsx';

interface AnswerPartProps {
  page: AnswerPage;
  commandId: string;
  posted: Posted | null;
}

/** A unit's part: why it came back, the form while it may be filled in, what was handed in, and everything before. */
export function AnswerPart({ page, commandId, posted }: AnswerPartProps) {
  const { campaign, target, answers, events } = page;
  const returned =
    target.state === 'returned' ? events.find((event) => event.kind === 'returned') : undefined;
  const [last] = answers;
  return (
    <div className="max-w-4xl space-y-8">
      {posted?.refusal ? (
        <div role="alert">
          <Callout tone="danger" title={posted.refusal} />
        </div>
      ) : null}
      {returned ? (
        <Callout tone="warning" title="填报已退回，请更正后重新提交">
          <p>退回理由：{returned.note}</p>
        </Callout>
      ) : null}
      <p className="max-w-measure whitespace-pre-line">{campaign.body}</p>
      {page.draft === null || !page.mayAnswer ? null : (
        <p className="text-sm text-ink-muted">
          草稿由{page.draft.byName ?? '同事'}于{formatInstant(page.draft.savedAt)}保存，尚未提交。
        </p>
      )}
      {last === undefined || (page.mayAnswer && target.state === 'returned') ? null : (
        <section aria-labelledby="handed-in" className="space-y-4">
          <h2 id="handed-in" className="text-lg font-semibold">
            已提交的填报
          </h2>
          <p className="text-sm tabular-nums text-ink-muted">
            第 {last.no} 版，{formatInstant(last.at)}，{last.byName ?? '系统'}
            {last.isLate ? '，逾期填报' : ''}
          </p>
          <ExceptionList exceptions={last.exceptions} sameLabel={campaign.sameLabel} />
          <FileList files={page.files} mayRemove={false} />
        </section>
      )}
      {page.mayAnswer ? (
        <OpenForm {...{ page, commandId, posted }} isAgain={target.state === 'submitted'} />
      ) : null}
      {page.supplementLabel === null ? null : (
        <FormShell id="supplement" commandId={commandId}>
          <SubmitButton name="intent" value="supplement" tone="secondary">
            {page.supplementLabel}
          </SubmitButton>
        </FormShell>
      )}
      <EarlierAnswers answers={answers.slice(1)} sameLabel={campaign.sameLabel} />
      <section aria-labelledby="history" className="space-y-3">
        <h2 id="history" className="text-lg font-semibold">
          办理记录
        </h2>
        {events.length === 0 ? (
          <p className="text-ink-muted">尚无记录。</p>
        ) : (
          <CampaignHistory label="办理记录" events={events} />
        )}
      </section>
    </div>
  );
}

/** The form; behind a fold once an answer waits for review, because another one is the exception. */
function OpenForm({ page, commandId, posted, isAgain }: AnswerPartProps & { isAgain: boolean }) {
  const { form, campaign, target, stampedForm } = page;
  if (form.kind === 'elsewhere') return null;
  const fields: ComponentProps<typeof AnswerForm>['children'] = (fieldAt) =>
    form.kind === 'entity_confirmation' ? (
      <EntityFields items={form.items} entrusting={form.entrusting} fieldAt={fieldAt} />
    ) : (
      <RosterFields people={form.people} fieldAt={fieldAt} />
    );
  const shown = (
    <AnswerForm
      commandId={commandId}
      expectedVersion={target.version}
      sameLabel={
        stampedForm === null && form.kind === 'entity_confirmation' && form.items.length > 0
          ? campaign.sameLabel
          : null
      }
      stampedForm={stampedForm}
      files={page.files}
      values={page.values}
      posted={posted}
    >
      {fields}
    </AnswerForm>
  );
  if (!isAgain) return shown;
  return (
    <details open={posted !== null} className="rounded-md border border-line px-5 py-3">
      <summary className="cursor-pointer font-semibold">更正并重新提交</summary>
      <div className="py-4">{shown}</div>
    </details>
  );
}
