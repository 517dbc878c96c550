import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import type { SessionActionResult } from '../session-action.server.ts';

/** What the last form has done or why it was sent back, where the eye is. */
export function ActionNotice({ result }: { result: SessionActionResult | null }) {
  const text = result?.refusal?.text ?? result?.notice ?? null;
  return (
    <div role="status" className="empty:hidden">
      {result && text !== null ? (
        <div className="mb-5">
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
      ) : null}
    </div>
  );
}
