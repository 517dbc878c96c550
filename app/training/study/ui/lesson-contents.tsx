import { cx } from '#app/platform/ui/cx.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import type { LessonHeading } from '../../course/lesson-outline.ts';
import type { LessonView } from '../lesson-view.server.ts';
import type { ReadingPlace } from './use-reading-place.ts';

export interface LessonContentsProps {
  headings: readonly LessonHeading[];
  /** ids of the questions, in order */
  checks: readonly string[];
  current: string | null;
}

function Entries({ headings, checks, current }: LessonContentsProps) {
  return (
    <ol className="space-y-1 text-sm">
      {headings.map((heading) => (
        <li key={heading.id} className={heading.level === 3 ? 'pl-4' : undefined}>
          <a
            href={`#${heading.id}`}
            aria-current={heading.id === current ? 'location' : undefined}
            className={cx(
              'block border-l-2 py-1 pl-3 hover:text-accent',
              heading.id === current ? 'border-accent font-semibold' : 'border-line text-ink-muted',
            )}
          >
            {heading.text}
          </a>
        </li>
      ))}
      {checks.length > 0 ? (
        <li>
          <a
            href={`#check-${checks[0]}`}
            className="block border-l-2 border-line py-1 pl-3 text-ink-muted hover:text-accent"
          >
            {`自测（${checks.length} 题）`}
          </a>
        </li>
      ) : null}
    </ol>
  );
}

/** 本课目录 beside the text on a wide screen. */
export function LessonContents(props: LessonContentsProps) {
  if (props.headings.length === 0) return null;
  return (
    <nav aria-label="本课目录" className="no-print mt-6 hidden lg:block">
      <h2 className="mb-2 text-sm font-semibold">本课目录</h2>
      <Entries {...props} />
    </nav>
  );
}

/** 本课目录 above the text on a narrow one: closed, and open without JavaScript. */
export function LessonContentsDisclosure(props: LessonContentsProps) {
  if (props.headings.length === 0) return null;
  return (
    <details className="no-print group mb-6 rounded-md border border-line lg:hidden">
      <summary className="flex cursor-pointer items-baseline justify-between px-4 py-2.5 font-medium">
        本课目录
        <span aria-hidden="true" className="text-sm text-accent group-open:hidden">
          展开
        </span>
        <span aria-hidden="true" className="hidden text-sm text-accent group-open:inline">
          收起
        </span>
      </summary>
      <nav aria-label="本课目录" className="px-4 pb-3">
        <Entries {...props} />
      </nav>
    </details>
  );
}

/** 「上次读到」 with a link there; nothing on the first visit. */
export function PlaceLeft({ place }: { place: ReadingPlace }) {
  if (place.left === null) return null;
  return (
    <p className="no-print mb-6 max-w-measure border-l-2 border-accent py-1 pl-4 text-sm">
      {`上次${place.left.isElsewhere ? '在其他设备上' : ''}读到“${place.left.text}”。`}
      <a href={`#${place.left.id}`} className="ml-2 text-accent underline underline-offset-4">
        从这里继续
      </a>
    </p>
  );
}

/** The lessons before and after this one. @param hasNext false where the page has its own step to the next one */
export function LessonNeighbours({ lesson, hasNext = true }: { lesson: LessonView; hasNext?: boolean }) {
  const { previous, course } = lesson;
  const next = hasNext ? lesson.next : null;
  return (
    <nav
      aria-label="前后课"
      className="no-print mt-8 flex max-w-measure flex-wrap justify-between gap-x-6 gap-y-2 border-t border-line pt-4 text-sm"
    >
      {previous ? (
        <TextLink to={`/courses/${course.slug}/${previous.slug}`}>{`上一课：${previous.title}`}</TextLink>
      ) : (
        <TextLink to={`/courses/${course.slug}`}>返回课程</TextLink>
      )}
      {next ? (
        <TextLink to={`/courses/${course.slug}/${next.slug}`}>{`下一课：${next.title}`}</TextLink>
      ) : null}
    </nav>
  );
}
