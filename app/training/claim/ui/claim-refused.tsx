import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';

export interface RefusedAnswer {
  readonly refusal: { readonly text: string } | null;
  readonly knownPath: string | null;
}

/** Why a form was not taken; a training that is recorded already with the way to it. */
export function ClaimRefused({ answer }: { answer: RefusedAnswer | null }) {
  if (answer === null || answer.refusal === null) return null;
  return (
    <div className="mb-6">
      <Callout tone="danger" title={answer.refusal.text}>
        {answer.knownPath === null ? null : <TextLink to={answer.knownPath}>查看已有记录</TextLink>}
      </Callout>
    </div>
  );
}
