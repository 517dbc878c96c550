import { RemixBrowser } from '@remix-run/react';
import { setNonce } from 'get-nonce';
import { startTransition, StrictMode, useEffect } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { holdEvents } from './platform/ui/hold-events.ts';
import { keepingForms } from './platform/ui/form/unanswered.ts';

/** Radix adds style elements when a dialog opens. Browsers hide nonces from the document's markup but not from its
 *  own scripts, so the one of this page is read from a script that carries it. */
const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
if (nonce) setNonce(nonce);

window.fetch = keepingForms(window.fetch.bind(window));

const release = holdEvents();

/** The page, and the end of the waiting. One child and no more: another would move the ids React counts out. */
function Page() {
  useEffect(release, []);
  return <RemixBrowser />;
}

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <Page />
    </StrictMode>,
  );
});
