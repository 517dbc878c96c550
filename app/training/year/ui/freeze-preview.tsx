import { Card } from '#app/platform/ui/data/card.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';

export interface ShownPreviewLine {
  readonly unitId: string;
  readonly unitName: string;
  readonly people: number;
  readonly met: number;
  readonly notMet: number;
  readonly exempt: number;
  readonly obstacle: string | null;
}

/** What freezing would seal, unit by unit, before the button that does it. */
export function FreezePreview({
  year,
  lines,
  commandId,
}: {
  year: number;
  lines: readonly ShownPreviewLine[];
  commandId: string;
}) {
  const ready = lines.filter((line) => line.obstacle === null);
  const people = ready.reduce((sum, line) => sum + line.people, 0);
  return (
    <Card title="封账预览">
      <p>
        {`将封存 ${formatCount(ready.length)} 个单位 ${formatCount(people)} 人${year}年度的学时和结论，每个单位生成一个封账编号并签名。封账后不能撤销；之后的更正只作为封账后调整，列在封账数旁边。`}
      </p>
      <div className="mt-4">
        <SimpleTable
          caption="封账预览"
          hideCaption
          head={[
            '单位',
            { label: '人数', unit: '人', align: 'end' },
            { label: '达标', unit: '人', align: 'end' },
            { label: '未达标', unit: '人', align: 'end' },
            { label: '免训', unit: '人', align: 'end' },
            '能否封账',
          ]}
          rows={lines.map((line) => ({
            key: line.unitId,
            cells: [
              line.unitName,
              formatCount(line.people),
              formatCount(line.met),
              formatCount(line.notMet),
              formatCount(line.exempt),
              line.obstacle ?? '可以封账',
            ],
          }))}
        />
      </div>
      <div className="mt-4 flex flex-wrap gap-3">
        {ready.length > 0 ? (
          <FormShell id="freeze" commandId={commandId}>
            {ready.map((line) => (
              <input key={line.unitId} type="hidden" name="ids" value={line.unitId} />
            ))}
            <SubmitButton name="intent" value="freeze" busyText="正在封账…">
              {`封账 ${formatCount(ready.length)} 个单位`}
            </SubmitButton>
          </FormShell>
        ) : null}
        <LinkButton to={`/bureau/years?year=${year}`}>返回</LinkButton>
      </div>
    </Card>
  );
}
