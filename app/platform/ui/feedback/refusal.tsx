import { useNavigation } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Callout } from './callout.tsx';

/** Why what was sent is not done. It takes the focus when the answer comes: on a phone the button stands far below it. */
export function Refusal({ text, children }: { text: string | null; children?: ReactNode }) {
  const { state } = useNavigation();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state === 'idle' && text !== null) ref.current?.focus();
  }, [state, text]);
  if (text === null) return null;
  return (
    <div ref={ref} role="alert" tabIndex={-1} autoFocus className="mb-6">
      <Callout tone="danger" title={text}>
        {children}
      </Callout>
    </div>
  );
}
