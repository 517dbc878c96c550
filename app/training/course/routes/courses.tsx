import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { formatHours } from '#app/platform/ui/text/format.ts';
import type { Fit } from '../course-card.ts';
import { parseCourseFilter } from '../course-filter.ts';
import { coursesView } from '../courses-view.server.ts';
import type { CoursesView } from '../courses-view.server.ts';
import { CourseFilterForm } from '../ui/course-filter-form.tsx';
import { CourseList } from '../ui/course-list.tsx';
import { LessonSearchBox } from '../ui/lesson-search-box.tsx';
import { ResumeLink } from '../ui/resume-link.tsx';

export const meta: MetaFunction = () => [{ title: '课程 · 执法学堂' }];

export const loader = door('course.read', async ({ ctx, request }) => {
  const view = await coursesView(ctx, parseCourseFilter(new URL(request.url).searchParams));
  if (!view.ok) throw new Response(null, { status: 403 });
  return view.value;
});

const SECTIONS: readonly { fit: Fit; title: (year: number) => string; note?: string }[] = [
  {
    fit: 'required',
    title: (year) => `${year}年必修课程`,
    note: '学完必修课程并修满规定学时，年度培训方为达标。',
  },
  { fit: 'recommended', title: () => '按您的执法领域和单位推荐' },
  { fit: 'suited', title: () => '适合您的课程' },
  { fit: 'other', title: () => '其他课程', note: '面向其他人员的课程，也可以学习。' },
];

export default function CoursesPage() {
  const view = useLoaderData<typeof loader>();
  const { year, sections, totals, isLearner } = view;
  const shown = SECTIONS.reduce((sum, { fit }) => sum + sections[fit].length, 0);
  return (
    <>
      <PageHead
        title="课程"
        meta={`共 ${totals.courses} 门 ${totals.lessons} 课，全部学完最多计 ${formatHours(totals.nominalMinutes * 60)}`}
        action={
          <>
            {view.hasSessions ? <LinkButton to="/sessions">我的培训班</LinkButton> : null}
            <ResumeLink resume={view.resume} />
          </>
        }
      />
      <Faults faults={view.faults} />
      <div className="mb-6">
        <LessonSearchBox />
      </div>
      <CourseFilterForm {...view} />
      {shown === 0 ? <Nothing isFiltered={view.isFiltered} /> : null}
      {SECTIONS.map(({ fit, title, note }) => (
        <CourseList
          key={fit}
          title={title(year)}
          {...(note === undefined ? {} : { note })}
          {...{ courses: sections[fit], year, isLearner }}
        />
      ))}
    </>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  if (!isFiltered) return <EmptyState title="暂无课程" text="课程载入后会显示在这里。" />;
  return (
    <EmptyState
      title="没有符合条件的课程"
      text="请放宽筛选条件再看。"
      action={<LinkButton to="/courses">清除筛选</LinkButton>}
    />
  );
}

function Faults({ faults }: { faults: CoursesView['faults'] }) {
  if (faults.length === 0) return null;
  return (
    <div className="mb-6">
      <Callout tone="danger" title={`有 ${faults.length} 处课件问题，相关课件未载入`}>
        <ul className="mt-1 space-y-1 text-sm">
          {faults.map((fault) => (
            <li key={`${fault.file} ${fault.text}`} className="break-words">
              {`${fault.file}：${fault.text}`}
            </li>
          ))}
        </ul>
      </Callout>
    </div>
  );
}
