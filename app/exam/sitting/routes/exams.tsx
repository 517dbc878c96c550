import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { viewOwnRegistrations } from '../../batch/registration/own-registrations-view.server.ts';
import { OwnRegistrations } from '../../batch/ui/own-registrations.tsx';
import { viewOwnExams } from '../exams-view.server.ts';
import { ExamCard } from '../ui/exam-card.tsx';

export const meta: MetaFunction = () => [{ title: '考试 · 执法学堂' }];

export const loader = door('exam.read_own', async ({ ctx }) => {
  const outcome = await viewOwnExams(ctx);
  const registrations = await viewOwnRegistrations(ctx);
  if (!outcome.ok || !registrations.ok) throw new Response(null, { status: 403 });
  return { exams: outcome.value, registrations: registrations.value };
});

export default function Exams() {
  const { exams, registrations } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="考试" />
      {exams.length === 0 && registrations.length === 0 ? (
        <EmptyState
          title="没有可参加的考试"
          text="考试由所在单位统一报名，审核通过后显示在这里。可以先学习公共法律知识课程。"
          action={
            <LinkButton to="/courses" tone="primary">
              去学习
            </LinkButton>
          }
        />
      ) : (
        <div className="grid gap-6">
          {exams.map((exam) => (
            <ExamCard key={exam.registrationId} exam={exam} />
          ))}
        </div>
      )}
      <OwnRegistrations registrations={registrations} />
    </>
  );
}
