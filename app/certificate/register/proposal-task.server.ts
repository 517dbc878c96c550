import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { askForTasks, askToSettle } from '#app/office/task/ask-task.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { groupDigits } from '#app/platform/ui/text/format.ts';

const KIND = 'certificate.decide';

/** A proposal waits for a second person of the bureau; the task carries its sentence. */
export async function askToConfirm(
  tx: Tx,
  ctx: ActorCtx,
  proposal: {
    readonly id: string;
    readonly certificateId: string;
    readonly certificateNo: string;
    readonly personName: string;
    readonly label: string;
    readonly regionId: string;
    readonly fromDay: Day;
  },
): Promise<void> {
  const { id, certificateId, certificateNo, personName, label, regionId, fromDay } = proposal;
  await askForTasks(tx, ctx, [
    {
      kind: KIND,
      key: id,
      title: `复核${label}：${personName}`,
      proposal: `拟对证件 ${groupDigits(certificateNo)} 办理${label}`,
      origin: { kind: 'certificate', id: certificateId, label: `证件 ${groupDigits(certificateNo)}` },
      path: `/bureau/certificates/${certificateId}`,
      dueDay: fromDay,
      assignee: { role: 'justice_bureau', unitId: null, regionId },
    },
  ]);
}

/** Confirmed or declined: nobody is waited for any more. */
export async function proposalAnswered(tx: Tx, ctx: ActorCtx, proposalId: string): Promise<void> {
  await askToSettle(tx, ctx, { kind: KIND, keys: [proposalId], outcome: 'done' });
}
