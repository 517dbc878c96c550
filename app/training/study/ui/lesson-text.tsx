import { Form } from '@remix-run/react';
import { memo, useMemo } from 'react';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import type { LessonSegment } from '../../course/lesson-segment.ts';
import type { LessonView } from '../lesson-view.server.ts';
import { CheckField } from './check-field.tsx';

export interface LessonTextProps {
  lesson: LessonView;
  commandId: string;
  /** answers of a submission that was sent back because some were missing */
  returned: { readonly answers: Readonly<Record<string, readonly string[]>>; readonly text: string } | null;
}

/** The lesson: finished HTML from the server with its questions in their places, all one form. */
export function LessonText({ lesson, commandId, returned }: LessonTextProps) {
  const order = lesson.checks.map((check) => check.id);
  return (
    <Form method="post" preventScrollReset id="lesson-checks">
      <input type="hidden" name="commandId" value={commandId} />
      {lesson.study ? (
        <input type="hidden" name="lessonVersionId" value={lesson.study.lessonVersionId} />
      ) : null}
      <div className="max-w-measure text-base leading-[1.8] [&>div:first-of-type>:first-child]:mt-0">
        {lesson.segments.map((segment, index) => (
          <Segment key={index} {...{ segment, lesson, returned, order }} />
        ))}
        {lesson.study && order.length > 0 ? <Submit lesson={lesson} returned={returned} /> : null}
      </div>
    </Form>
  );
}

interface SegmentProps {
  segment: LessonSegment;
  lesson: LessonView;
  returned: LessonTextProps['returned'];
  order: readonly string[];
}

function Segment({ segment, lesson, returned, order }: SegmentProps) {
  if (segment.kind === 'html') return <Html html={segment.html} />;
  const check = lesson.checks.find((one) => one.id === segment.id);
  if (!check) return null;
  const chosen = returned?.answers[check.id] ?? null;
  return (
    <CheckField
      check={check}
      number={order.indexOf(check.id) + 1}
      verdict={lesson.study?.verdicts?.find((verdict) => verdict.id === check.id) ?? null}
      chosen={returned ? (chosen ?? []) : null}
      isMissing={returned !== null && (chosen ?? []).length === 0}
    />
  );
}

/** Compiled from reviewed files of `content/` and rendered by us; nothing typed by a user gets here. */
const Html = memo(function Html({ html }: { html: string }) {
  const inner = useMemo(() => ({ __html: html }), [html]);
  return <div dangerouslySetInnerHTML={inner} />;
});

function Submit({ lesson, returned }: { lesson: LessonView; returned: LessonTextProps['returned'] }) {
  const verdicts = lesson.study?.verdicts ?? null;
  const right = verdicts?.filter((verdict) => verdict.isRight).length ?? 0;
  return (
    <div className="mt-8 border-t border-line pt-6">
      <p role="status" className="mb-4 empty:hidden">
        {returned ? <span className="font-medium text-danger">{returned.text}</span> : null}
        {!returned && verdicts ? (
          <span>
            {`答对 ${right}/${verdicts.length} 题，`}
            {lesson.study?.isCheckPassed
              ? '自测已通过。'
              : `须答对 ${lesson.study?.checkPassPercent}% 方为通过，可以重新作答。`}
          </span>
        ) : null}
      </p>
      <SubmitButton busyText="正在批阅…">{verdicts ? '重新提交自测' : '提交自测'}</SubmitButton>
    </div>
  );
}
