import { Form, useFetcher } from '@remix-run/react';
import { useEffect } from 'react';
import { formatInstant } from '#app/platform/time/day.ts';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';

/** Notes the reading once the page stands before its reader; without JavaScript the reader says so. A GET alone never
 *  does: prefetching and mail scanners read for nobody. */
export function MarkReadForm({ readAt }: { readAt: Date | null }) {
  const fetcher = useFetcher();
  const { submit } = fetcher;
  const isUnread = readAt === null;
  useEffect(() => {
    if (isUnread) submit({ intent: 'read' }, { method: 'post' });
  }, [isUnread, submit]);
  if (!isUnread) return <p className="text-sm text-ink-muted">{formatInstant(readAt)}已读</p>;
  return (
    <Form method="post">
      <SubmitButton tone="secondary" size="small" name="intent" value="read" busyText="正在标记…">
        标为已读
      </SubmitButton>
    </Form>
  );
}
