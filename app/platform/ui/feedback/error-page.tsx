import { isRouteErrorResponse, Link } from '@remix-run/react';
import { LinkButton } from '../data/link-button.tsx';
import { ErrorPanel } from './error-panel.tsx';
import { BackToForm } from './back-to-form.tsx';
import { LOST_FORM, errorWords, isLostForm } from './error-words.ts';
import { useReloadWhenBack } from './reload-when-back.ts';

const AWAY = 503;

/** A whole page in place of the one that failed. It stands alone: the frame may be what failed. Nothing of the error
 *  itself is shown but its status and the id that is in the log. */
export function ErrorPage({ error, requestId }: { error: unknown; requestId: string | null }) {
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const isForm = isLostForm(error);
  const words = isForm ? LOST_FORM : errorWords(status);
  useReloadWhenBack(status === AWAY && !isForm);
  return (
    <div className="min-h-screen bg-surface-raised">
      <header className="border-b border-line">
        <div className="mx-auto flex h-14 max-w-3xl items-center px-4 lg:px-8">
          <Link to="/" className="text-lg font-semibold tracking-[0.12em] text-accent">
            执法学堂
          </Link>
        </div>
      </header>
      <main id="main" className="mx-auto max-w-3xl px-4 py-10 lg:px-8">
        <ErrorPanel
          status={status}
          title={words.title}
          text={words.text}
          requestId={requestId}
          next={isForm ? <BackToForm /> : <NextStep {...words.next} />}
        />
      </main>
    </div>
  );
}

function NextStep({ to, label }: { to: string; label: string }) {
  return (
    <LinkButton tone="primary" to={to} reloadDocument={to === ''}>
      {label}
    </LinkButton>
  );
}
