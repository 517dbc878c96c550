import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import type { OpenPrerequisite } from '../prerequisite.ts';

/** What comes first, with links, and what may be done meanwhile. Nothing when nothing is open. */
export function PrerequisiteNote({ open }: { open: readonly OpenPrerequisite[] }) {
  if (open.length === 0) return null;
  return (
    <Callout tone="info" title="请先学完先修课程">
      <p className="text-sm">
        {open.map((course, index) => (
          <span key={course.slug}>
            {index > 0 ? '、' : null}
            <TextLink to={`/courses/${course.slug}`}>{`《${course.title}》`}</TextLink>
          </span>
        ))}
        学完后方可提交自测。此前可以先阅读，学习时间照常核验，不会丢失。
      </p>
    </Callout>
  );
}
