import { formatDay } from '#app/platform/time/day.ts';
import { Button } from '#app/platform/ui/data/button.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import { PrintSheet } from '#app/platform/ui/print/print-sheet.tsx';
import type { PublicCheck } from '../../study/checks.ts';
import type { LessonSegment } from '../lesson-segment.ts';
import type { PrintedLesson, PrintView } from '../print-view.server.ts';

/** Lessons as they come out of the printer: no navigation, no controls, no keys; on the screen a preview of it. */
export function PrintedCourse({ view, back }: { view: PrintView; back: { to: string; label: string } }) {
  const { course, lessons, printedDay } = view;
  const isHydrated = useHydrated();
  const isWhole = lessons.length > 1 || view.lessonCount === 1;
  return (
    <>
      <div className="no-print">
        <PageHead
          title={isWhole ? `打印：${course.title}` : `打印：${lessons[0]?.title ?? ''}`}
          breadcrumb={[{ label: '课程', to: '/courses' }, back]}
          meta="以下为打印内容，纸张 A4。自测题不含答案。"
          action={
            <>
              <LinkButton to={back.to}>返回</LinkButton>
              {isHydrated ? (
                <Button tone="primary" onClick={() => window.print()}>
                  打印
                </Button>
              ) : (
                <span className="text-sm text-ink-muted">请用浏览器的打印功能</span>
              )}
            </>
          }
        />
      </div>
      <PrintSheet unit={`执法学堂 · ${course.title}`} date={formatDay(printedDay)}>
        {isWhole ? <Cover view={view} /> : null}
        {lessons.map((lesson, index) => (
          <Lesson key={lesson.slug} lesson={lesson} isFirst={index === 0} />
        ))}
        <p className="mt-8 border-t border-line pt-3 text-sm text-ink-muted">
          {`来源：执法学堂《${course.title}》第 ${view.versionNo} 版，内容标识 ${view.contentMark}，${formatDay(printedDay)}打印。法条以正式公布的文本为准。`}
        </p>
      </PrintSheet>
    </>
  );
}

function Cover({ view: { course, lessons } }: { view: PrintView }) {
  return (
    <header className="mb-8 max-w-measure print:max-w-none">
      <h2 className="text-2xl font-semibold">{course.title}</h2>
      <p className="mt-2">{course.summary}</p>
      <ol className="mt-4 list-decimal space-y-1 pl-6">
        {lessons.map((lesson) => (
          <li key={lesson.slug}>{`${lesson.title}（约 ${lesson.nominalMinutes} 分钟）`}</li>
        ))}
      </ol>
    </header>
  );
}

function Lesson({ lesson, isFirst }: { lesson: PrintedLesson; isFirst: boolean }) {
  return (
    <article className={isFirst ? 'mt-8' : 'mt-12 break-before-page print:mt-0'}>
      <h2 className="text-2xl font-semibold">{`第 ${lesson.number} 课 ${lesson.title}`}</h2>
      <div className="mt-4 max-w-measure leading-[1.8] print:max-w-none print:leading-[1.7]">
        {lesson.segments.map((segment, index) => (
          <Segment key={index} segment={segment} lesson={lesson} />
        ))}
      </div>
    </article>
  );
}

function Segment({ segment, lesson }: { segment: LessonSegment; lesson: PrintedLesson }) {
  // Compiled from reviewed files of `content/` and rendered by us, as on the lesson page.
  if (segment.kind === 'html') return <div dangerouslySetInnerHTML={{ __html: segment.html }} />;
  const index = lesson.checks.findIndex((one) => one.id === segment.id);
  const check = lesson.checks[index];
  return check ? <Check check={check} number={index + 1} /> : null;
}

/** A question with boxes to tick by hand. */
function Check({ check, number }: { check: PublicCheck; number: number }) {
  return (
    <div className="keep-together my-5 border border-line px-4 py-3">
      <p className="font-medium">{`自测 ${number}. ${check.stem}`}</p>
      <ul className="mt-2 space-y-1">
        {check.options.map((option) => (
          <li key={option.letter} className="flex gap-3">
            <span aria-hidden="true" className="mt-[0.4em] h-3 w-3 shrink-0 border border-ink" />
            <span>{check.type === 'true_false' ? option.text : `${option.letter}. ${option.text}`}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
