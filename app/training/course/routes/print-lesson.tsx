import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { TRAINING_REFUSALS } from '../../refusals.ts';
import { printView } from '../print-view.server.ts';
import { PrintedCourse } from '../ui/printed-course.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.lessons[0]?.title ?? '课件'} · 打印 · 执法学堂` },
];

const params = z.object({ course: z.string(), lesson: z.string() });

export const loader = door('course.read', async ({ ctx, params: raw }) => {
  const { course, lesson } = params.parse(raw);
  const view = await printView(ctx, course, lesson);
  if (!view.ok) throw new Response(null, { status: answerFor(view, TRAINING_REFUSALS).status });
  return view.value;
});

/** One lesson on paper. */
export default function PrintLesson() {
  const view = useLoaderData<typeof loader>();
  const lesson = view.lessons[0];
  return (
    <PrintedCourse
      view={view}
      back={{ to: `/courses/${view.course.slug}/${lesson?.slug ?? ''}`, label: lesson?.title ?? '' }}
    />
  );
}
