import { isRouteErrorResponse } from '@remix-run/react';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { ErrorPanel } from '#app/platform/ui/feedback/error-panel.tsx';
import { errorWords } from '#app/platform/ui/feedback/error-words.ts';

/** In place of a page that cannot be shown, inside its frame. */
export function PageProblem({ error, requestId }: { error: unknown; requestId: string | null }) {
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const words = errorWords(status);
  return (
    <ErrorPanel
      status={status}
      title={words.title}
      text={words.text}
      requestId={requestId}
      next={
        <LinkButton tone="primary" to={words.next.to} reloadDocument={words.next.to === ''}>
          {words.next.label}
        </LinkButton>
      }
    />
  );
}
