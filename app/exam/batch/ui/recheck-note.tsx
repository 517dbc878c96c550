import { formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { recheckPath } from '../batch.ts';
import type { LastRecheck } from '../registration/recheck.store.server.ts';

/** How the last 重新核对资格 came out, and the way to it. */
export function RecheckNote({ batchId, recheck }: { batchId: string; recheck: LastRecheck | null }) {
  return (
    <Card
      title="审核通过后的资格"
      action={
        <LinkButton to={recheckPath(batchId)} size="small">
          {recheck !== null && recheck.stillApproved > 0 ? '核实处理' : '重新核对资格'}
        </LinkButton>
      }
    >
      <p>
        {recheck === null
          ? '审核通过后还没有重新核对过。开考前请核对一次，避免已调离、离岗的人员参加考试。'
          : `${formatInstant(recheck.at)}核对 ${formatCount(recheck.asked)} 人，其中已不符合报考条件而仍为“已通过”的 ${formatCount(recheck.stillApproved)} 人。`}
      </p>
    </Card>
  );
}
