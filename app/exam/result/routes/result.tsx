import { redirect } from '@remix-run/node';
import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useEffect } from 'react';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { wipeDevice } from '../../sitting/client/wipe-device.ts';
import { viewResult } from '../result-view.server.ts';
import { ResultSheet } from '../ui/result-sheet.tsx';
import { WithheldResult } from '../ui/withheld-result.tsx';

export const meta: MetaFunction = () => [{ title: '考试成绩 · 执法学堂' }];

export const loader = door('exam.read_own', async ({ ctx, params }) => {
  if (!isId(params.attempt)) throw new Response(null, { status: 404 });
  const outcome = await viewResult(ctx, params.attempt);
  if (!outcome.ok) throw new Response(null, { status: 404 });
  if (outcome.value.kind === 'pending')
    throw redirect(outcome.value.isRunning ? `/attempts/${params.attempt}` : '/exams');
  return { result: outcome.value, attemptId: params.attempt };
});

export default function Result() {
  const { result, attemptId } = useLoaderData<typeof loader>();
  // Handed in without the exam page's own goodbye (a plain form, another tab): nothing of the paper stays here either.
  useEffect(() => void wipeDevice(attemptId), [attemptId]);
  if (result.kind === 'withheld') return <WithheldResult result={result} />;
  const how = result.isHandedIn ? '本人交卷' : '到时自动交卷';
  const version = result.versionNo > 1 ? `，第 ${result.versionNo} 版成绩` : '';
  return (
    <>
      <PageHead
        title={result.title}
        breadcrumb={[{ label: '考试', to: '/exams' }]}
        meta={`${result.personName}，准考证号 ${result.ticketNo}。${how}，${formatInstant(result.gradedAt)} 评定${version}。`}
      />
      <ResultSheet result={result} />
    </>
  );
}
