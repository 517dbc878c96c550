import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';

export interface RefusedAnswer {
  readonly refusal: { readonly text: string } | null;
  readonly knownPath: string | null;
}

/** Why a form was not taken; a training that is recorded already with the way to it. */
export function ClaimRefused({ answer }: { answer: RefusedAnswer | null }) {
  const knownPath = answer?.knownPath ?? null;
  return (
    <Refusal text={answer?.refusal?.text ?? null}>
      {knownPath === null ? null : <TextLink to={knownPath}>查看已有记录</TextLink>}
    </Refusal>
  );
}
