import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { coursesView } from '../courses-view.server.ts';
import type { CoursesView } from '../courses-view.server.ts';
import { CourseList } from '../ui/course-list.tsx';

export const meta: MetaFunction = () => [{ title: '课程 · 执法学堂' }];

export const loader = door('course.read', async ({ ctx }) => {
  const view = await coursesView(ctx);
  if (!view.ok) throw new Response(null, { status: 403 });
  return view.value;
});

export default function CoursesPage() {
  const { year, required, suited, others, faults, hasSessions } = useLoaderData<typeof loader>();
  const isEmpty = required.length + suited.length + others.length === 0;
  return (
    <>
      <PageHead
        title="课程"
        meta={`${year}年度 · 学习时间经核验后计入学时台账`}
        action={hasSessions ? <LinkButton to="/sessions">我的培训班</LinkButton> : null}
      />
      <Faults faults={faults} />
      {isEmpty ? <EmptyState title="暂无课程" text="课程载入后会显示在这里。" /> : null}
      <CourseList
        title={`${year}年必修课程`}
        courses={required}
        note="学完必修课程和规定学时，年度培训方为达标。"
      />
      <CourseList title="适合您的课程" courses={suited} />
      <CourseList title="其他课程" courses={others} note="面向其他人员的课程，也可以学习。" />
    </>
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
