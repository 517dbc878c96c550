import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import type { LessonHitView } from '../lesson-search-view.server.ts';
import type { SnippetPart } from '../snippet.ts';

/** Lessons with the places in them, each linked to its heading. */
export function LessonHitList({ hits }: { hits: readonly LessonHitView[] }) {
  return (
    <ol className="divide-y divide-line border-y border-line">
      {hits.map((hit) => (
        <li key={hit.key} className="py-5">
          <h2 className="text-base font-semibold">
            <TextLink to={hit.to}>{hit.title}</TextLink>
          </h2>
          <p className="mt-0.5 text-sm text-ink-muted">
            {`${hit.course.title} · 第 ${hit.number} 课`}
            {hit.more > 0 ? ` · 另有 ${hit.more} 处` : null}
          </p>
          <ul className="mt-2 max-w-measure space-y-2">
            {hit.sections.map((section) => (
              <li key={section.to} className="border-l border-line pl-4">
                {section.heading === null ? null : (
                  <TextLink to={section.to} className="text-sm">
                    {section.heading}
                  </TextLink>
                )}
                <p className="break-words">
                  <Snippet parts={section.snippet} />
                </p>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function Snippet({ parts }: { parts: readonly SnippetPart[] }) {
  return parts.map((part, index) =>
    part.isHit ? (
      <mark key={index} className="bg-caution-soft font-semibold text-ink">
        {part.text}
      </mark>
    ) : (
      <span key={index}>{part.text}</span>
    ),
  );
}
