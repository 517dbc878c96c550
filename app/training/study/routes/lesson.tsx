import { data } from '@remix-run/node';
import type { MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData, useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';
import { z } from 'zod';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { PrerequisiteNote } from '../../course/ui/prerequisite-note.tsx';
import { TRAINING_REFUSALS } from '../../refusals.ts';
import { answerChecks } from '../answer-checks.server.ts';
import type { LessonView, StudyView } from '../lesson-view.server.ts';
import { lessonView } from '../lesson-view.server.ts';
import { formatDuration } from '../study-words.ts';
import {
  LessonContents,
  LessonContentsDisclosure,
  LessonNeighbours,
  PlaceLeft,
} from '../ui/lesson-contents.tsx';
import type { LessonContentsProps } from '../ui/lesson-contents.tsx';
import { LessonText } from '../ui/lesson-text.tsx';
import { PresenceDialog } from '../ui/presence-dialog.tsx';
import { StudyPanel, StudyTerms } from '../ui/study-panel.tsx';
import type { ReadingPlace } from '../ui/use-reading-place.ts';
import { useReadingPlace } from '../ui/use-reading-place.ts';
import { useStudyBeats } from '../ui/use-study-beats.ts';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.lesson.title ?? '课程学习'} · 执法学堂` },
];

const params = z.object({ course: z.string(), lesson: z.string() });

export const loader = door('course.read', async ({ ctx, params: raw }) => {
  const { course, lesson } = params.parse(raw);
  const view = await lessonView(ctx, course, lesson);
  if (!view.ok) throw new Response(null, { status: answerFor(view, TRAINING_REFUSALS).status });
  return { lesson: view.value, commandId: newId() };
});

const PREFIX = 'check.';

/** `check.c1=A&check.c1=C` as answers by question. */
function readAnswers(form: FormData): Record<string, string[]> {
  const answers: Record<string, string[]> = {};
  for (const [name, value] of form) {
    if (!name.startsWith(PREFIX) || typeof value !== 'string') continue;
    (answers[name.slice(PREFIX.length)] ??= []).push(value);
  }
  return answers;
}

/** What a person can mend on the page: the answers stay as they were given. */
const KEEPS_ANSWERS: ReadonlySet<string> = new Set([
  'CHECKS_INCOMPLETE',
  'LESSON_CHANGED',
  'PREREQUISITE_OPEN',
]);

export const action = door('study.own', async ({ ctx, request, params: raw }) => {
  const { course, lesson } = params.parse(raw);
  const form = await request.formData();
  const commandId = form.get('commandId');
  if (!isId(commandId)) throw new Response(null, { status: 400 });
  const answers = readAnswers(form);
  const version = form.get('lessonVersionId');
  const answered = await answerChecks(ctx, {
    courseSlug: course,
    lessonSlug: lesson,
    answers,
    lessonVersionId: typeof version === 'string' ? version : undefined,
    commandId,
  });
  if (answered.ok) return { returned: null };
  const { status, text } = answerFor(answered, TRAINING_REFUSALS);
  if (!KEEPS_ANSWERS.has(answered.code)) throw new Response(null, { status });
  return data({ returned: { answers, text } }, { status });
});

export default function LessonPage() {
  const { lesson, commandId } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const returned = result?.returned ?? null;
  return (
    <>
      <PageHead
        title={lesson.title}
        breadcrumb={[
          { label: '课程', to: '/courses' },
          { label: lesson.course.title, to: `/courses/${lesson.course.slug}` },
        ]}
        meta={`第 ${lesson.position} 课，共 ${lesson.lessons} 课 · 约 ${formatDuration(lesson.nominalSeconds)}`}
        action={
          <LinkButton size="small" to={`/courses/${lesson.course.slug}/${lesson.slug}/print`}>
            打印
          </LinkButton>
        }
      />
      {lesson.study ? (
        <StudiedLesson key={lesson.slug} {...{ lesson, study: lesson.study, commandId, returned }} />
      ) : (
        <ReadLesson key={lesson.slug} {...{ lesson, commandId, returned }} />
      )}
    </>
  );
}

const placeKey = (lesson: LessonView): string => `${lesson.course.slug}/${lesson.slug}`;

const knownPlace = ({ study, now }: LessonView) => ({ server: study?.lastPlace ?? null, now });

function contentsOf({ headings, checks }: LessonView, { current }: ReadingPlace): LessonContentsProps {
  return { headings, checks: checks.map((check) => check.id), current };
}

/** The lesson of somebody who only reads. */
function ReadLesson({ lesson, commandId, returned }: Omit<StudiedLessonProps, 'study'>) {
  const place = useReadingPlace(placeKey(lesson), lesson.headings, knownPlace(lesson));
  const contents = contentsOf(lesson, place);
  return (
    <div className="lg:grid lg:grid-cols-[minmax(0,40em)_20rem] lg:gap-12">
      <aside className="lg:sticky lg:top-20 lg:col-start-2 lg:row-start-1 lg:self-start">
        <LessonContents {...contents} />
      </aside>
      <article className="min-w-0 lg:col-start-1 lg:row-start-1">
        <LessonContentsDisclosure {...contents} />
        <PlaceLeft place={place} />
        <LessonText {...{ lesson, commandId, returned }} />
        <LessonNeighbours lesson={lesson} />
      </article>
    </div>
  );
}

interface StudiedLessonProps {
  lesson: LessonView;
  study: StudyView;
  commandId: string;
  returned: Parameters<typeof LessonText>[0]['returned'];
}

/** The lesson of somebody who learns: the clock beside the text. */
function StudiedLesson({ lesson, study, commandId, returned }: StudiedLessonProps) {
  const beats = useStudyBeats({
    course: lesson.course.slug,
    lesson: lesson.slug,
    heartbeatSeconds: study.heartbeatSeconds,
    verifiedSeconds: study.verifiedSeconds,
    isComplete: study.isComplete,
  });
  useRefreshWhenComplete(beats.state.isComplete && !study.isComplete);
  const panel = {
    study,
    beats,
    nominalSeconds: lesson.nominalSeconds,
    statedHundredths: lesson.course.statedHundredths,
  };
  const place = useReadingPlace(placeKey(lesson), lesson.headings, knownPlace(lesson));
  const contents = contentsOf(lesson, place);
  return (
    <div className="lg:grid lg:grid-cols-[minmax(0,40em)_20rem] lg:gap-12">
      <aside className="sticky top-14 z-head mb-6 lg:top-20 lg:col-start-2 lg:row-start-1 lg:max-h-[calc(100vh-6rem)] lg:self-start lg:overflow-y-auto">
        <StudyPanel {...panel} />
        <LessonContents {...contents} />
      </aside>
      <article className="min-w-0 lg:col-start-1 lg:row-start-1">
        <LessonContentsDisclosure {...contents} />
        <PlaceLeft place={place} />
        {lesson.openPrerequisites.length > 0 ? (
          <div className="mb-6 max-w-measure">
            <PrerequisiteNote open={lesson.openPrerequisites} />
          </div>
        ) : null}
        <LessonText {...{ lesson, commandId, returned }} />
        <div className="mt-10 lg:hidden">
          <StudyTerms {...panel} />
        </div>
        <NextStep lesson={lesson} study={study} />
        <LessonNeighbours lesson={lesson} hasNext={false} />
      </article>
      <PresenceDialog state={beats.state} onAnswer={beats.answer} />
    </div>
  );
}

/** A beat completed the lesson: the page's figures (credit, next step) are read again, once. */
function useRefreshWhenComplete(isNews: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (isNews) revalidate();
  }, [isNews, revalidate]);
}

function NextStep({ lesson, study }: { lesson: LessonView; study: StudyView }) {
  const { next, course } = lesson;
  const to = next ? `/courses/${course.slug}/${next.slug}` : `/courses/${course.slug}`;
  const label = next ? `下一课：${next.title}` : '返回课程';
  return (
    <div className="mt-10 max-w-measure">
      {study.isComplete ? (
        <Callout
          tone="success"
          title="本课已学完"
          action={
            <LinkButton to={to} tone="primary">
              {label}
            </LinkButton>
          }
        >
          {study.verifiedSeconds < lesson.nominalSeconds && lesson.course.statedHundredths === null ? (
            <p>继续学习至本课时长，多出的时间仍会计入学时。</p>
          ) : null}
        </Callout>
      ) : (
        <LinkButton to={to}>{label}</LinkButton>
      )}
    </div>
  );
}
