import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { TRAINING_REFUSALS } from '../../refusals.ts';
import { formatDuration } from '../../study/study-words.ts';
import type { CourseView, LessonLine } from '../courses-view.server.ts';
import { courseView } from '../courses-view.server.ts';
import { courseExtent } from '../ui/course-list.tsx';
import { RequirementNote } from '../ui/requirement-note.tsx';
import { StudyStandingBadge } from '../ui/study-standing.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.title ?? '课程'} · 执法学堂` },
];

const params = z.object({ course: z.string() });

export const loader = door('course.read', async ({ ctx, params: raw }) => {
  const view = await courseView(ctx, params.parse(raw).course);
  if (!view.ok) throw new Response(null, { status: answerFor(view, TRAINING_REFUSALS).status });
  return view.value;
});

export default function CoursePage() {
  const course = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={course.title}
        breadcrumb={[{ label: '课程', to: '/courses' }]}
        meta={`${course.category} · ${courseExtent(course)}`}
        action={<Next course={course} />}
      />
      <p className="max-w-measure">{course.summary}</p>
      {course.requirement ? (
        <div className="mt-4 max-w-measure">
          <RequirementNote requirement={course.requirement} />
        </div>
      ) : null}
      <h2 className="mb-3 mt-8 text-lg font-semibold">课件</h2>
      <ol className="divide-y divide-line rounded-md border border-line bg-surface-raised">
        {course.lines.map((line, index) => (
          <li
            key={line.slug}
            className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-5 py-4"
          >
            <Line course={course} line={line} number={index + 1} />
          </li>
        ))}
      </ol>
      <Broken files={course.broken} />
    </>
  );
}

function Next({ course }: { course: CourseView }) {
  if (!course.isLearner || !course.next) return null;
  const label = course.standing === 'new' ? '开始学习' : '继续学习';
  return (
    <LinkButton tone="primary" to={`/courses/${course.slug}/${course.next.slug}`}>
      {label}
    </LinkButton>
  );
}

function Line({ course, line, number }: { course: CourseView; line: LessonLine; number: number }) {
  return (
    <>
      <div className="min-w-0">
        <TextLink to={`/courses/${course.slug}/${line.slug}`} className="font-medium">
          {`${number}. ${line.title}`}
        </TextLink>
        <p className="mt-0.5 text-sm tabular-nums text-ink-muted">
          {`约 ${line.nominalMinutes} 分钟 · 自测 ${line.checks} 题`}
          {line.standing === 'begun'
            ? ` · 已学 ${formatDuration(line.verifiedSeconds)}，自测${line.isCheckPassed ? '已通过' : '未通过'}`
            : null}
        </p>
      </div>
      {course.isLearner ? <StudyStandingBadge standing={line.standing} /> : null}
    </>
  );
}

function Broken({ files }: { files: readonly string[] }) {
  if (files.length === 0) return null;
  return (
    <div className="mt-6">
      <Callout tone="warning" title="部分课件暂时无法打开">
        <p>{`${files.join('、')} 正在修复。其余课件可以照常学习，修复后学完全部课件即为学完本课程。`}</p>
      </Callout>
    </div>
  );
}
