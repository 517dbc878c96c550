import type { SubmissionResult } from '@conform-to/react';
import { Card } from '#app/platform/ui/data/card.tsx';
import type { Claim } from '../claim.store.server.ts';
import { fieldsOf } from '../claim.schema.ts';
import type { ProofLine } from '../proof.store.server.ts';
import type { DayConvention } from '../suggestion.ts';
import { ClaimForm } from './claim-fields.tsx';

export interface CompleteClaimProps {
  readonly claim: Claim;
  readonly proofs: readonly ProofLine[];
  readonly rules: { readonly convention: DayConvention; readonly lectureText: string };
  readonly commandId: string;
  readonly lastResult: SubmissionResult<string[]> | null;
}

/** The form of a returned claim with what was said, to be completed and filed again. */
export function CompleteClaim({ claim, proofs, rules, commandId, lastResult }: CompleteClaimProps) {
  return (
    <Card title="补正申请">
      <ClaimForm
        {...rules}
        commandId={commandId}
        expectedVersion={claim.version}
        defaults={fieldsOf(claim)}
        lastResult={lastResult}
        keptProofs={proofs.filter(({ isRemoved }) => !isRemoved)}
        submit="重新提交"
      />
    </Card>
  );
}
