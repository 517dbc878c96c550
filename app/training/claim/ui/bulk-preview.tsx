import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { Card } from '#app/platform/ui/data/card.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatHoursFigure } from '#app/platform/ui/text/format.ts';
import type { ClaimLine } from '../claims-view.server.ts';
import { claimDays } from './claim-detail.tsx';
import { bulkText } from './claim-table.tsx';

/** Every claim of a bulk approval with what will be credited; the button writes exactly these. */
export function BulkPreview({ claims, commandId }: { claims: readonly ClaimLine[]; commandId: string }) {
  const overlapping = claims.filter(({ hasOverlap }) => hasOverlap).length;
  return (
    <Card title="批量认定前请核对" className="mb-6">
      <div className="space-y-4">
        {overlapping > 0 ? (
          <Callout tone="warning" title={`其中 ${overlapping} 项在同期另有记录，建议逐项打开核对`} />
        ) : null}
        <SimpleTable
          caption="将要认定的申请"
          hideCaption
          head={[
            '姓名',
            '培训名称',
            '主办单位',
            '培训日期',
            '同期记录',
            { label: '计入', unit: '学时', align: 'end' },
          ]}
          rows={claims.map((claim) => ({
            key: claim.id,
            cells: [
              claim.personName,
              claim.title,
              claim.organiser,
              claimDays(claim),
              claim.hasOverlap ? '有' : '–',
              formatHoursFigure(claim.creditSeconds),
            ],
          }))}
        />
        <p>{bulkText(claims)}，并通知本人。认定后只能按更正程序变更。</p>
        <FormShell id="bulk-approve" commandId={commandId}>
          {claims.map((claim) => (
            <input key={claim.id} type="hidden" name="claims" value={`${claim.id}:${claim.version}`} />
          ))}
          <div className="flex flex-wrap gap-3">
            <SubmitButton name="intent" value="approve_all" busyText="正在认定…">
              {`认定 ${claims.length} 项`}
            </SubmitButton>
            <LinkButton to="/coordinate/claims?f.state=filed">取消</LinkButton>
          </div>
        </FormShell>
      </div>
    </Card>
  );
}
