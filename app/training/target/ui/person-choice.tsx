import { Form } from '@remix-run/react';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import type { NewExemptionPage } from '../exemption-views.server.ts';

/** Search among one's own people; the name leads to the form. */
export function PersonChoice({ choice }: { choice: NewExemptionPage['choice'] }) {
  const { rows, total, text } = choice;
  return (
    <div className="space-y-4">
      <Form method="get" className="flex flex-wrap items-end gap-3">
        <TextField
          label="查找人员"
          name="q"
          id="person-q"
          defaultValue={text}
          hint="姓名、拼音或首字母"
          required
        />
        <button type="submit" className={buttonClass('secondary')}>
          查找
        </button>
      </Form>
      <SimpleTable
        caption={rows.length < total ? `共 ${total} 人，显示前 ${rows.length} 人` : `共 ${total} 人`}
        head={['姓名', '单位', '职务']}
        rows={rows.map((row) => ({
          key: row.id,
          cells: [
            <TextLink key="name" to={`?person=${row.id}`}>
              {row.name}
            </TextLink>,
            row.unitName,
            row.position ?? '–',
          ],
        }))}
      />
    </div>
  );
}
