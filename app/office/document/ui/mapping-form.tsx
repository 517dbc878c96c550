import { Form } from '@remix-run/react';
import { Button } from '#app/platform/ui/data/button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { Options, SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import type { MappingPage } from '../template-view.server.ts';

/** Name of the choice for one column. */
export const columnField = (column: string): string => `column.${column}`;

export interface MappingFormProps {
  page: MappingPage;
  sheetName: string | null;
  listName: string | null;
  regionId: string;
  commandId: string;
}

/** A workbook without fields: choose sheet and head row, then say what each column takes. Done once per version. */
export function MappingForm({ page, sheetName, listName, regionId, commandId }: MappingFormProps) {
  const sheet = page.sheets.find(({ name }) => name === sheetName) ?? page.sheets[0];
  const list = page.lists.find(({ name }) => name === listName) ?? page.lists[0];
  if (!sheet || !list) return <Callout tone="warning" title="工作簿里没有可以填写的工作表" />;
  const proposed = page.proposed[sheet.name] ?? {};
  const options = list.fields.map((field) => ({ value: field.name, label: field.name }));
  return (
    <div className="space-y-8">
      <Form method="get" className="flex flex-wrap items-end gap-4">
        <input type="hidden" name="map" value={page.version.id} />
        <input type="hidden" name="region" value={regionId} />
        <SelectField
          label="工作表"
          name="sheet"
          required
          placeholder={null}
          defaultValue={sheet.name}
          options={page.sheets.map(({ name }) => ({ value: name, label: name }))}
        />
        <SelectField
          label="填写的列表"
          name="list"
          required
          placeholder={null}
          defaultValue={list.name}
          options={page.lists.map(({ name }) => ({ value: name, label: name }))}
        />
        <TextField
          label="表头所在行"
          name="head"
          required
          width="short"
          inputMode="numeric"
          defaultValue={String(sheet.headRow)}
          key={`${sheet.name} ${sheet.headRow}`}
        />
        <Button type="submit">重新识别</Button>
      </Form>
      <SheetRows sheet={sheet} />
      <FormShell id="mapping" commandId={commandId} key={`${sheet.name} ${sheet.headRow} ${list.name}`}>
        <input type="hidden" name="intent" value="map" />
        <input type="hidden" name="version" value={page.version.id} />
        <input type="hidden" name="sheet" value={sheet.name} />
        <input type="hidden" name="list" value={list.name} />
        <input type="hidden" name="headRow" value={sheet.headRow} />
        <SimpleTable
          caption="每一列填什么"
          head={['列', '表头', '填写的字段']}
          rows={sheet.columns.map(({ column, text }) => ({
            key: column,
            cells: [
              column,
              text,
              <select
                key="field"
                name={columnField(column)}
                aria-label={`${column} 列（${text}）填写的字段`}
                defaultValue={proposed[column] ?? ''}
                className="control max-w-xs"
              >
                <option value="">不填</option>
                <Options options={options} />
              </select>,
            ],
          }))}
        />
        <TextField
          label="从第几行开始填"
          name="firstRow"
          required
          width="short"
          inputMode="numeric"
          defaultValue={String(sheet.headRow + 1)}
          hint="表头下面预留的空行先用完，不够再插入；表头合并和表尾保持不变"
        />
        <SubmitButton busyText="正在检查…">保存对应关系</SubmitButton>
      </FormShell>
    </div>
  );
}

function SheetRows({ sheet }: { sheet: MappingPage['sheets'][number] }) {
  return (
    <div role="region" aria-label="工作表前几行" tabIndex={0} className="overflow-x-auto">
      <table className="border-collapse text-sm">
        <caption className="pb-2 text-left font-semibold">工作表前几行</caption>
        <tbody>
          {sheet.rows.map(({ row, texts }) => (
            <tr key={row} className={row === sheet.headRow ? 'bg-accent-soft font-semibold' : undefined}>
              <th
                scope="row"
                className="border border-line px-2 py-1 text-right font-normal tabular-nums text-ink-muted"
              >
                {row}
              </th>
              {texts.map((text, index) => (
                <td key={index} className="whitespace-nowrap border border-line px-2 py-1">
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
