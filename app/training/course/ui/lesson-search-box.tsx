import { Form } from '@remix-run/react';
import { Button } from '#app/platform/ui/data/button.tsx';
import { MAX_LESSON_QUERY } from '../search/lesson-query.ts';

/** Looks through the text of all lessons. `/` puts the cursor here. */
export function LessonSearchBox({ text = '' }: { text?: string }) {
  return (
    <Form
      method="get"
      action="/courses/search"
      role="search"
      aria-label="课件全文"
      className="no-print flex w-full max-w-xl gap-3"
    >
      <input
        key={text}
        type="search"
        name="q"
        data-slash="list"
        defaultValue={text}
        maxLength={MAX_LESSON_QUERY}
        aria-label="搜索课件内容"
        placeholder="课件全文，如 没收违法所得、处罚法33条"
        className="h-10 min-w-0 flex-1 rounded border border-line-strong bg-surface-raised px-3"
      />
      <Button type="submit">搜索</Button>
    </Form>
  );
}
