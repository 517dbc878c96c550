import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatRange } from '#app/platform/time/day.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { SittingSteps } from '../../../release/ui/sitting-steps.tsx';
import { latePath } from '../late.ts';
import { actOnLate } from '../late-action.server.ts';
import { viewLate } from '../late-view.server.ts';
import { LateAttempt } from '../ui/late-attempt.tsx';

export const meta: MetaFunction = () => [{ title: '断网补传 · 执法学堂' }];

export const loader = door('exam.count_late', async ({ ctx, params }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const page = await viewLate(ctx, params.sitting);
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...page.value, commandId: newId() };
});

export const action = door('exam.count_late', async ({ ctx, params, request }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const refused = await actOnLate(ctx, await request.formData());
  return refused
    ? data(refused, { status: refused.status })
    : redirect(`${latePath(params.sitting)}?notice=saved`);
});

/** Late answers of a sitting: what counting them would change, proposals, and the second person's decision. */
export default function Late() {
  const { sitting, lines, commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? null;
  return (
    <>
      <PageHead
        title={sitting.title}
        breadcrumb={[{ label: '考试场次', to: '/bureau/exams' }, { label: '断网补传' }]}
        meta={<span className="tabular-nums">{formatRange(sitting.opensAt, sitting.hardEndAt)}</span>}
        scope={<SittingSteps sittingId={sitting.sittingId} here="late" />}
      />
      <h2 className="mb-1 text-xl font-semibold">断网补传</h2>
      <p className="mb-4 max-w-4xl text-sm text-ink-muted">
        结束时间后收到的作答只留存为证据。查明属考务原因的，由一人提请、另一人复核后计入成绩，原成绩保留。
      </p>
      {lines.length === 0 ? (
        <EmptyState
          title="没有逾时的作答"
          text="本场已收到的作答都在各考生的结束时间以前。断网期间的作答补传到服务器后，逾时的列在这里。"
        />
      ) : (
        <ul className="grid max-w-4xl gap-4">
          {lines.map((line) => (
            <LateAttempt key={line.attemptId} line={line} commandId={commandId} answer={answer} />
          ))}
        </ul>
      )}
    </>
  );
}
