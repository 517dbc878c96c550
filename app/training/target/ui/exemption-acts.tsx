import { ConfirmDialog } from '#app/platform/ui/feedback/confirm-dialog.tsx';
import { exemptionWords } from '../exemption-messages.ts';
import type { ExemptionLine, ExemptionPage } from '../exemption-views.server.ts';
import type { ExemptionAct } from '../exemption.ts';

interface ExemptionActsProps {
  readonly request: ExemptionLine;
  readonly may: Pick<ExemptionPage, 'mayAnswer' | 'mayWithdraw' | 'mayEnd'>;
  readonly commandIds: Readonly<Record<ExemptionAct, string>>;
}

/** What may be done about a request, each with what it means for the person's year. */
export function ExemptionActs({ request, may, commandIds }: ExemptionActsProps) {
  const words = exemptionWords(request);
  const result =
    request.effect === 'exempt'
      ? `${request.personName} ${request.year}年不作学时要求，不计入达标统计。`
      : `${request.personName} ${request.year}年的年度目标减少 ${request.months}/12。`;
  return (
    <div className="flex flex-wrap gap-3">
      {may.mayAnswer ? (
        <>
          <ConfirmDialog
            id="approve"
            title="批准"
            trigger="批准"
            confirm={`批准${words}`}
            tone="primary"
            commandId={commandIds.approve}
            hidden={{ act: 'approve' }}
          >
            {result}
          </ConfirmDialog>
          <ConfirmDialog
            id="decline"
            title="不批准"
            trigger="不批准"
            confirm="不批准，退回单位"
            reasonLabel="理由"
            reasonName="note"
            commandId={commandIds.decline}
            hidden={{ act: 'decline' }}
          >
            {`${request.personName} 的年度目标不变，通知本人和单位联络员。`}
          </ConfirmDialog>
        </>
      ) : null}
      {may.mayWithdraw ? (
        <ConfirmDialog
          id="withdraw"
          title="撤回申请"
          trigger="撤回"
          confirm="撤回这项申请"
          commandId={commandIds.withdraw}
          hidden={{ act: 'withdraw' }}
        >
          撤回后可以重新申请。
        </ConfirmDialog>
      ) : null}
      {may.mayEnd ? (
        <ConfirmDialog
          id="end"
          title="撤销"
          trigger="撤销"
          confirm={`撤销${words}`}
          reasonLabel="理由"
          reasonName="note"
          commandId={commandIds.end}
          hidden={{ act: 'end' }}
        >
          {`${request.personName} ${request.year}年恢复原目标，通知本人和单位联络员；原批准记录保留。`}
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
