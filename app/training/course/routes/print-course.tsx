import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { TRAINING_REFUSALS } from '../../refusals.ts';
import { printView } from '../print-view.server.ts';
import { PrintedCourse } from '../ui/printed-course.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.course.title ?? '课程'} · 打印 · 执法学堂` },
];

const params = z.object({ course: z.string() });

export const loader = door('course.read', async ({ ctx, params: raw }) => {
  const view = await printView(ctx, params.parse(raw).course, null);
  if (!view.ok) throw new Response(null, { status: answerFor(view, TRAINING_REFUSALS).status });
  return view.value;
});

/** A whole course on paper. */
export default function PrintCourse() {
  const view = useLoaderData<typeof loader>();
  return (
    <PrintedCourse view={view} back={{ to: `/courses/${view.course.slug}`, label: view.course.title }} />
  );
}
