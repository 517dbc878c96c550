import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { getMDXComponent } from 'mdx-bundler/client/index.js';
import { z } from 'zod';
import { withHeadingIds } from './lesson-outline.ts';
import { LESSON_PARTS } from './ui/lesson-parts.tsx';
import type { LessonSegment } from './lesson-segment.ts';

const ISLAND = /<div data-island="check" data-props="([^"]*)"><\/div>/;
const checkProps = z.object({ id: z.string() });

/** `&quot;` and its kin back to characters: the attribute was escaped by React a moment ago. */
function unescapeAttribute(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

/**
 * Runs a compiled lesson once, on the server, and returns it as HTML with its questions' places in between. The browser
 * gets text only: no code of a lesson ever runs there, so the policy needs no `unsafe-eval`.
 */
export function renderLesson(code: string): LessonSegment[] {
  const Lesson = getMDXComponent(code);
  const html = withHeadingIds(renderToStaticMarkup(createElement(Lesson, { components: LESSON_PARTS })));
  // Split by a pattern with one group: text, props, text, props, … text.
  return html.split(ISLAND).flatMap((part, index): LessonSegment[] => {
    if (index % 2 === 0) return part.trim() === '' ? [] : [{ kind: 'html', html: part }];
    return [{ kind: 'check', id: checkProps.parse(JSON.parse(unescapeAttribute(part))).id }];
  });
}
