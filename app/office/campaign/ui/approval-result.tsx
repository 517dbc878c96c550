import { Card } from '#app/platform/ui/data/card.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import type { ScanLine } from '../../approval/ui/scan-list.tsx';
import { ScanList } from '../../approval/ui/scan-list.tsx';

interface LeftUndoneRow {
  readonly key: string;
  readonly what: string;
  readonly unitName: string;
  readonly why: string;
}

/** What was reported and could not be done any more at the approval, each with its reason; nothing when all was done. */
export function LeftUndoneList({ rows }: { rows: readonly LeftUndoneRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="left-undone" className="space-y-2">
      <h2 id="left-undone" className="text-lg font-semibold">
        批准时未办理的人员
      </h2>
      <p className="text-ink-muted">单位上报后情况已有变化，维持登记原状；确需办理的，请单位另行登记。</p>
      <SimpleTable
        caption={`未办理 ${rows.length} 人`}
        head={['姓名', '单位', '原因']}
        rows={rows.map((row) => ({ key: row.key, cells: [row.what, row.unitName, row.why] }))}
      />
    </section>
  );
}

/** The scans of the approval, where there are any. */
export function ApprovalScans({ scans }: { scans: readonly ScanLine[] }) {
  if (scans.length === 0) return null;
  return (
    <Card title="批准文件扫描件">
      <ScanList scans={scans} />
    </Card>
  );
}
