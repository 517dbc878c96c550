import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId } from '#app/platform/ids/id.ts';
import { formatInstant, parseLocalInstant, toLocalInput } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { firstErrors, typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { changeDate } from '../change-date.server.ts';
import { viewDate } from '../date-view.server.ts';
import { datePath } from '../paths.ts';
import type { Posted } from '../posted.ts';
import { SEATING_REFUSALS } from '../refusals.ts';
import { dateForm } from '../rooms.schema.ts';
import { SeatingHead } from '../ui/seating-nav.tsx';

export const meta: MetaFunction = () => [{ title: '考试改期 · 执法学堂' }];

export const loader = door('exam.manage', async ({ ctx, params }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const outcome = await viewDate(ctx, params.sitting);
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return outcome.value;
});

export const action = door('exam.manage', async ({ ctx, params, request }) => {
  const sittingId = params.sitting;
  if (!isId(sittingId)) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const refuse = (errors: Posted['errors'], refusal: string | null, status: number) =>
    data<Posted>({ form: 'date', values: typedTexts(form), errors, refusal }, { status });
  const submission = parseForm(form, dateForm);
  if (submission.status !== 'success') return refuse(firstErrors(submission.error), null, 422);
  const opensAt = parseLocalInstant(submission.value.opensAt);
  if (opensAt === null) return refuse({ opensAt: '没有这个日期，请重新选择' }, null, 422);
  const outcome = await changeDate(ctx, { ...submission.value, opensAt, sittingId });
  if (outcome.ok) return redirect(`${datePath(sittingId)}?notice=saved`);
  const { text, status } = answerFor(outcome, SEATING_REFUSALS);
  return outcome.code === 'DATE_PAST' || outcome.code === 'DATE_SAME'
    ? refuse({ opensAt: text }, null, status)
    : refuse({}, text, status);
});

/** Moves the sitting with everybody in it; what happens is said before the button. */
export default function ExamDate() {
  const page = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>() ?? null;
  const { sitting, changes } = page;
  return (
    <>
      <SeatingHead sitting={sitting} here="date" />
      <Refusal text={posted?.refusal ?? null} />
      <Card title="整场改期" className="max-w-3xl">
        {page.hasStarted ? (
          <p>本场已有考生签到候考或开始作答，不能改期。确需改期的，请先按程序将这些作答作废。</p>
        ) : (
          <FormShell
            key={page.commandId}
            id="date"
            commandId={page.commandId}
            expectedVersion={sitting.version}
            warnUnsaved
          >
            <TextField
              label="新的开考时间"
              name="opensAt"
              type="datetime-local"
              required
              width="medium"
              hint={`原定 ${formatInstant(sitting.opensAt)}；签到、最迟入场、结束时间随之顺延或提前`}
              defaultValue={posted?.values.opensAt ?? toLocalInput(sitting.opensAt)}
              error={posted?.errors.opensAt}
            />
            <TextField
              label="改期原因"
              name="reason"
              required
              hint="写入通知，如：考点停电检修"
              defaultValue={posted?.values.reason}
              error={posted?.errors.reason}
            />
            <p className="border-l-2 border-line-strong pl-4">
              {page.ticketCount > 0
                ? `将更换 ${formatCount(page.ticketCount)} 人的准考证号，原准考证全部作废、不能签到；考场和座位不变；同时通知考生本人和所在单位联络员。`
                : '本场还没有发出准考证，只改动时间。'}
            </p>
            <SubmitButton tone={page.ticketCount > 0 ? 'danger' : 'primary'}>
              {page.ticketCount > 0 ? `改期并更换 ${formatCount(page.ticketCount)} 张准考证` : '改期'}
            </SubmitButton>
          </FormShell>
        )}
      </Card>
      {changes.length > 0 ? (
        <div className="mt-8">
          <SimpleTable
            caption="改期记录"
            head={['办理时间', '原定', '改为', { label: '换证', unit: '张', align: 'end' }, '原因', '经办']}
            rows={changes.map(({ id, at, detail, reason, by }) => ({
              key: id,
              cells: [
                formatInstant(at),
                formatInstant(detail.from),
                formatInstant(detail.to),
                formatCount(detail.tickets),
                reason,
                by ?? '系统',
              ],
            }))}
          />
        </div>
      ) : null}
    </>
  );
}
