import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { DocumentScanField } from '../../approval/ui/scan-fields.tsx';
import type { PlanValues } from '../plan-form.ts';
import type { ChangePreview as Preview } from '../preview.server.ts';
import { Consequences } from './consequences.tsx';

/** The last look before an act is filed: what is to be done, everything it touches, and what the button does. */
export function ChangePreview({
  preview,
  planText,
  values,
  commandId,
}: {
  preview: Preview;
  /** the plan as it was judged; read again by its schema when it comes back */
  planText: string;
  /** what was typed, for who goes back to put something right */
  values: PlanValues;
  commandId: string;
}) {
  const { title, day, documentNo, sections, waitsFor, isPlanned } = preview;
  const effect = isPlanned ? `至 ${formatDay(day)} 自动生效` : '立即生效';
  return (
    <div className="space-y-6">
      <Callout tone="info" title={`将办理：${title}`}>
        {`自 ${formatDay(day)} 起，依据 ${documentNo}。此前各日的机构、人员归属和统计数据保持不变。`}
      </Callout>
      <Card title="影响预览">
        <Consequences sections={sections} />
      </Card>
      <FormShell id="file-change" commandId={commandId} encType="multipart/form-data">
        <input type="hidden" name="values" value={JSON.stringify(values)} />
        <input type="hidden" name="plan" value={planText} />
        <input type="hidden" name="effectiveDay" value={day} />
        <input type="hidden" name="documentNo" value={documentNo} />
        <DocumentScanField hint="批文尚未取得的，可在提交后补传" />
        <p className="border-l-2 border-line-strong pl-4">{`提交后${waitsFor}；同意后${effect}。`}</p>
        <div className="flex flex-wrap gap-3">
          <SubmitButton name="intent" value="file" busyText="正在提交…">
            提交复核
          </SubmitButton>
          <SubmitButton name="intent" value="edit" tone="secondary">
            返回修改
          </SubmitButton>
        </div>
      </FormShell>
    </div>
  );
}
