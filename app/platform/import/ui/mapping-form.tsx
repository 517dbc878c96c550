import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { Options } from '#app/platform/ui/form/select-field.tsx';
import type { Option } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import type { ImportRunData, KindFace } from '../import-pages.ts';
import { columnFieldName } from '../import-pages.ts';
import type { ImportLayout } from '../run/import-run.schema.ts';
import { WIDE_TARGET } from '../table/map-columns.ts';

type Column = ImportLayout['columns'][number];

export interface MappingFormProps extends Pick<ImportRunData, 'kind' | 'commandIds'> {
  readonly run: ImportRunData['run'];
}

/** Which column is what: our proposal, to be put right once. The answer is remembered for files with the same heads. */
export function MappingForm({ kind, run, commandIds }: MappingFormProps) {
  const columns = run.layout?.columns ?? [];
  const options = optionsOf(kind);
  return (
    <FormShell id="mapping" commandId={commandIds.map} expectedVersion={run.version}>
      <SimpleTable
        caption="文件里的列和系统里的项目"
        hideCaption
        head={['文件里的列', '对应项目', '说明']}
        rows={columns.map((column) => ({
          key: column.key,
          cells: [
            <span key="title">
              {column.title}
              <span className="block text-ink-muted">{`${column.sheetName} · ${column.letters} 列`}</span>
              <span className="block text-ink-muted">{`如：${column.samples.join('、') || '（空）'}`}</span>
            </span>,
            <ColumnChoice
              key="choice"
              column={column}
              options={options}
              target={run.mapping?.[column.key] ?? column.target}
            />,
            noteOf(column, run.layout?.mappingFrom ?? 'proposed'),
          ],
        }))}
      />
      <SubmitButton name="intent" value="map" busyText="正在提交…">
        按此对应重新核对
      </SubmitButton>
    </FormShell>
  );
}

function optionsOf(kind: KindFace): readonly Option[] {
  const fields = kind.fields.map(({ id, label, isRequired }) => ({
    value: id,
    label: isRequired ? `${label}（必填）` : label,
  }));
  return kind.isWide ? [...fields, { value: WIDE_TARGET, label: '每格一条记录' }] : fields;
}

interface ColumnChoiceProps {
  readonly column: Column;
  readonly options: readonly Option[];
  readonly target: string | null;
}

function ColumnChoice({ column, options, target }: ColumnChoiceProps) {
  return (
    <select
      name={columnFieldName(column.key)}
      defaultValue={target ?? ''}
      aria-label={`「${column.title}」对应的项目`}
      className="control min-w-40"
    >
      <option value="">不读取</option>
      <Options options={options} />
    </select>
  );
}

function noteOf(column: Column, from: ImportLayout['mappingFrom']): string {
  if (column.note !== null) return column.note;
  if (from !== 'proposed') return from === 'remembered' ? '沿用上次的对应' : '';
  if (column.confidence === 'likely') return '名称相近，请确认';
  return column.confidence === 'none' ? '没有识别' : '';
}
