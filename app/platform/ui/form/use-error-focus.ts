import { useNavigation } from '@remix-run/react';
import { useEffect, useRef } from 'react';

/**
 * After a form was sent and not taken, the first field with an error takes the focus, unless a summary or a refusal
 * above the form has it already: a person at the keyboard must not stay on the button, below what is to be mended.
 * @param id of the control
 * @param error its message, if any
 */
export function useErrorFocus(id: string, error: string | undefined): void {
  const { state } = useNavigation();
  // A field that begins with an error belongs to a form that is shown anew with what was typed.
  const wasSent = useRef(true);
  useEffect(() => {
    if (state === 'submitting') wasSent.current = true;
    if (state !== 'idle' || !wasSent.current) return;
    wasSent.current = false;
    if (error && isOnButton()) document.getElementById(id)?.focus();
  }, [state, id, error]);
}

/** The focus is where the sending left it: on the button, or nowhere when that is gone. */
function isOnButton(): boolean {
  const { activeElement } = document;
  return (
    activeElement === null || activeElement === document.body || activeElement.matches('[type="submit"]')
  );
}
