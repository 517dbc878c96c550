import { data, redirect } from '@remix-run/node';
import type { MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { newId } from '#app/platform/ids/id.ts';
import { startOfDay } from '#app/platform/time/day.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Interval } from '../../ledger/interval.ts';
import { secondOf } from '../../ledger/interval.ts';
import { TRAINING_REFUSALS } from '../../refusals.ts';
import { organisersView } from '../organisers-view.server.ts';
import { scheduleSession } from '../schedule-session.server.ts';
import { scheduleFormSchema } from '../session.schema.ts';
import { ScheduleForm } from '../ui/schedule-form.tsx';

export const meta: MetaFunction = () => [{ title: '安排培训班 · 执法学堂' }];

export const loader = door('session.schedule', async ({ ctx }) => {
  const units = await organisersView(ctx);
  if (!units.ok) throw new Response(null, { status: 403 });
  return { units: units.value, commandId: newId() };
});

const secondOfClock = (day: string, clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return secondOf(startOfDay(day)) + (hours * 60 + minutes) * 60;
};

const toInterval = (block: { day: string; from: string; to: string }): Interval => ({
  from: secondOfClock(block.day, block.from),
  to: secondOfClock(block.day, block.to),
});

export const action = door('session.schedule', async ({ ctx, request }) => {
  const submission = parseForm(await request.formData(), scheduleFormSchema);
  if (submission.status !== 'success')
    return data(submission.reply(), { status: submission.status === 'error' ? 422 : 200 });
  const { blocks, statedHours, isOffPost, ...rest } = submission.value;
  const scheduled = await scheduleSession(ctx, {
    ...rest,
    statedHundredths: statedHours ?? null,
    purpose: isOffPost ? 'off_post' : 'regular',
    blocks: blocks.map(toInterval),
  });
  if (scheduled.ok) return redirect(`/coordinate/sessions/${scheduled.value.sessionId}?tab=add`);
  const { status, text } = answerFor(scheduled, TRAINING_REFUSALS);
  return data(submission.reply({ formErrors: [text] }), { status });
});

export default function NewSessionPage() {
  const { units, commandId } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>() ?? null;
  return (
    <>
      <PageHead title="安排培训班" breadcrumb={[{ label: '培训班', to: '/coordinate/sessions' }]} />
      <ScheduleForm units={units} commandId={commandId} lastResult={lastResult} />
    </>
  );
}
