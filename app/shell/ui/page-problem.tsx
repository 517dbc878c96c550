import { isRouteErrorResponse } from '@remix-run/react';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { ErrorPanel } from '#app/platform/ui/feedback/error-panel.tsx';
import { BackToForm } from '#app/platform/ui/feedback/back-to-form.tsx';
import { LOST_FORM, errorWords, isLostForm } from '#app/platform/ui/feedback/error-words.ts';

const statusOf = (error: unknown): number => (isRouteErrorResponse(error) ? error.status : 500);

export function problemTitle(error: unknown): string {
  return `${errorWords(statusOf(error)).title} · 执法学堂`;
}

/** In place of a page that cannot be shown, inside its frame. */
export function PageProblem({ error, requestId }: { error: unknown; requestId: string | null }) {
  const status = statusOf(error);
  const isForm = isLostForm(error);
  const words = isForm ? LOST_FORM : errorWords(status);
  return (
    <ErrorPanel
      status={status}
      title={words.title}
      text={words.text}
      requestId={requestId}
      next={
        isForm ? (
          <BackToForm />
        ) : (
          <LinkButton tone="primary" to={words.next.to} reloadDocument={words.next.to === ''}>
            {words.next.label}
          </LinkButton>
        )
      }
    />
  );
}
