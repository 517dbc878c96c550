import { Card } from '#app/platform/ui/data/card.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { FileField } from '#app/platform/ui/form/file-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { MAX_SHEETS_BYTES } from '../sheet-limits.ts';

export interface ImportCardProps {
  commandId: string;
  refusal: string | null;
  answer:
    | {
        readonly is: 'wrong';
        readonly problems: readonly { readonly cell: string; readonly text: string }[];
      }
    | { readonly is: 'unreadable'; readonly text: string }
    | null;
}

const PROBLEMS_SHOWN = 100;

/** A workbook of sheets as one person's reading, and everything that was wrong with the last one. */
export function ImportCard({ commandId, refusal, answer }: ImportCardProps) {
  return (
    <Card title="从工作簿导入">
      <div className="space-y-4">
        {refusal ? (
          <div role="alert">
            <Callout tone="danger" title={refusal} />
          </div>
        ) : null}
        {answer?.is === 'unreadable' ? (
          <div role="alert">
            <Callout tone="danger" title={answer.text} />
          </div>
        ) : null}
        {answer?.is === 'wrong' ? <Problems problems={answer.problems} /> : null}
        <FormShell id="import" commandId={commandId} encType="multipart/form-data">
          <FileField
            label="答题卡工作簿"
            name="file"
            accept=".xlsx,.xls,.csv"
            kinds="Excel 工作簿（.xlsx）、.xls 或 .csv"
            maxBytes={MAX_SHEETS_BYTES}
            hint="每行一份答题卡：一列“准考证号”，其余列以题号 1、2、3…… 为表头；判断题填 √ 或 ×，未作答留空"
            required
          />
          <p className="text-sm text-ink-muted">
            导入算作您本人录入一遍，另一人仍须独立录入或导入。有一处不对，整份文件都不入库。
          </p>
          <SubmitButton tone="secondary" busyText="正在核对…">
            导入
          </SubmitButton>
        </FormShell>
      </div>
    </Card>
  );
}

function Problems({ problems }: { problems: readonly { readonly cell: string; readonly text: string }[] }) {
  const more = problems.length - PROBLEMS_SHOWN;
  return (
    <div role="alert" className="space-y-3">
      <Callout
        tone="danger"
        title={`文件有 ${formatCount(problems.length)} 处不对，没有导入。请改正后重新导入。`}
      />
      <SimpleTable
        caption="需要改正的单元格"
        head={['单元格', '问题']}
        rows={problems.slice(0, PROBLEMS_SHOWN).map(({ cell, text }, index) => ({
          key: `${cell}-${index}`,
          cells: [cell, text],
        }))}
      />
      {more > 0 ? <p className="text-sm text-ink-muted">{`另有 ${formatCount(more)} 处。`}</p> : null}
    </div>
  );
}
