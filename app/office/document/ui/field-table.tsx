import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import type { PaperField } from '../paper.ts';

/** What may be written between braces, with an example each; lists say how their rows are written. */
export function FieldTable({ fields, lists }: { fields: readonly PaperField[]; lists: readonly string[] }) {
  const single = fields.filter((field) => field.repeats === undefined);
  return (
    <div className="space-y-6">
      <SimpleTable caption="单个字段" head={['写法', '说明', '示例']} rows={rowsOf(single)} />
      {lists.map((list) => (
        <div key={list} className="space-y-2">
          <SimpleTable
            caption={`列表“${list}”的字段`}
            head={['写法', '说明', '示例']}
            rows={rowsOf(fields.filter((field) => field.repeats === list))}
          />
          <p className="max-w-measure text-sm text-ink-muted">
            {`Word：在要重复的表格行里，第一格开头写 {#${list}}，最后一格末尾写 {/${list}}，两者之间写上面的字段。Excel：把这些字段写在同一行，该行会逐行重复，不用写循环标记。`}
          </p>
        </div>
      ))}
    </div>
  );
}

function rowsOf(fields: readonly PaperField[]) {
  return fields.map((field) => ({
    key: field.name,
    cells: [
      <code key="name" className="whitespace-nowrap">{`{${field.name}}`}</code>,
      field.label,
      field.example,
    ],
  }));
}
