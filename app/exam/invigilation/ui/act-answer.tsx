import { useEffect, useRef } from 'react';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import type { ActAnswer } from '../act-action.server.ts';

/** What became of the act just sent: for how many it was done, and who was left and why. */
export function ActAnswerBox({ answer }: { answer: ActAnswer | null }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (answer) box.current?.focus();
  }, [answer]);
  if (!answer) return null;
  const isRefused = answer.kind === 'refused';
  return (
    <div ref={box} tabIndex={-1} role={isRefused ? 'alert' : 'status'} className="mb-4">
      <Callout
        tone={isRefused ? 'danger' : answer.left.length > 0 ? 'warning' : 'success'}
        title={isRefused ? answer.text : answer.title}
      >
        {!isRefused && answer.left.length > 0 ? (
          <ul>
            {answer.left.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ) : null}
      </Callout>
    </div>
  );
}
