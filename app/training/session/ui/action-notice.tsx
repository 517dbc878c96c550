import { useEffect, useRef } from 'react';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import type { SessionActionResult } from '../session-action.server.ts';

/** What the last form has done or why it was sent back. It takes the focus, because the form may be far below. */
export function ActionNotice({ result }: { result: SessionActionResult | null }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (result === null) return;
    ref.current?.focus({ preventScroll: true });
    ref.current?.scrollIntoView({ block: 'center' });
  }, [result]);
  const text = result?.refusal?.text ?? result?.notice ?? null;
  if (!result || text === null) return null;
  return (
    <div ref={ref} tabIndex={-1} role="status" className="mb-5">
      <Callout
        tone={result.refusal ? 'danger' : result.details.length > 0 ? 'warning' : 'success'}
        title={text}
      >
        {result.details.length > 0 ? (
          <ul className="text-sm">
            {result.details.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ) : null}
      </Callout>
    </div>
  );
}
