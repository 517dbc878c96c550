import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { TRAINING_REFUSALS } from '../../refusals.ts';
import { formatDuration } from '../../study/study-words.ts';
import type { CourseView, LessonLine } from '../course-view.server.ts';
import { courseView } from '../course-view.server.ts';
import { CourseProgress, courseExtent } from '../ui/course-list.tsx';
import { PrerequisiteNote } from '../ui/prerequisite-note.tsx';
import { RequirementNote } from '../ui/requirement-note.tsx';
import { ResumeLink } from '../ui/resume-link.tsx';
import { StudyStandingBadge } from '../ui/study-standing.tsx';
import { VersionNote } from '../ui/version-note.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.course.title ?? '课程'} · 执法学堂` },
];

const params = z.object({ course: z.string() });

export const loader = door('course.read', async ({ ctx, params: raw }) => {
  const view = await courseView(ctx, params.parse(raw).course);
  if (!view.ok) throw new Response(null, { status: answerFor(view, TRAINING_REFUSALS).status });
  return { course: view.value, year: yearOf(dayOf(ctx.clock.now())) };
});

export default function CoursePage() {
  const { course, year } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={course.title}
        breadcrumb={[{ label: '课程', to: '/courses' }]}
        meta={`${course.category} · ${courseExtent(course)}`}
        action={
          <>
            <LinkButton to={`/courses/${course.slug}/print`}>打印</LinkButton>
            {course.isLearner ? <ResumeLink resume={course.next} /> : null}
          </>
        }
      />
      <p className="max-w-measure">{course.summary}</p>
      <Marks course={course} />
      {course.isLearner && course.standing === 'begun' ? <CourseProgress course={course} /> : null}
      {course.requirement ? (
        <div className="mt-4 max-w-measure">
          <RequirementNote requirement={course.requirement} year={year} />
        </div>
      ) : null}
      {course.isLearner && course.openPrerequisites.length > 0 ? (
        <div className="mt-4 max-w-measure">
          <PrerequisiteNote open={course.openPrerequisites} />
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
      <VersionNote version={course.version} />
    </>
  );
}

function Marks({ course }: { course: CourseView }) {
  const { marks, acts, meantFor, prerequisites } = course;
  return (
    <dl className="mt-3 grid max-w-measure grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
      <dt className="text-ink-muted">分类</dt>
      <dd>{marks.join(' · ')}</dd>
      {acts.length > 0 ? (
        <>
          <dt className="text-ink-muted">行为</dt>
          <dd>{acts.join('、')}</dd>
        </>
      ) : null}
      <dt className="text-ink-muted">对象</dt>
      <dd>{meantFor ?? '全体人员'}</dd>
      {prerequisites.length > 0 ? (
        <>
          <dt className="text-ink-muted">先修</dt>
          <dd>
            {prerequisites.map((one) => (
              <span key={one.slug} className="mr-3">
                <TextLink to={`/courses/${one.slug}`}>{`《${one.title}》`}</TextLink>
                {course.isLearner ? (one.isComplete ? '（已学完）' : '（未学完）') : null}
              </span>
            ))}
          </dd>
        </>
      ) : null}
    </dl>
  );
}

function lineMeta(line: LessonLine): string {
  const parts = [
    `约 ${line.nominalMinutes} 分钟`,
    ...(line.mediaMinutes > 0 ? [`含音视频 ${line.mediaMinutes} 分钟`] : []),
    `自测 ${line.checks} 题`,
  ];
  if (line.standing === 'begun')
    parts.push(
      `已学 ${formatDuration(line.verifiedSeconds)}`,
      line.isCheckPassed ? '自测已通过' : '自测未通过',
    );
  return parts.join(' · ');
}

function Line({ course, line, number }: { course: CourseView; line: LessonLine; number: number }) {
  return (
    <>
      <div className="min-w-0">
        <TextLink to={`/courses/${course.slug}/${line.slug}`} className="font-medium">
          {`${number}. ${line.title}`}
        </TextLink>
        <p className="mt-0.5 text-sm tabular-nums text-ink-muted">{lineMeta(line)}</p>
      </div>
      {course.isLearner ? (
        <span className="flex flex-wrap gap-x-4">
          {line.isRenewed ? (
            <StateBadge shape="dot" tone="caution">
              内容已更新
            </StateBadge>
          ) : null}
          <StudyStandingBadge standing={line.standing} />
        </span>
      ) : null}
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
