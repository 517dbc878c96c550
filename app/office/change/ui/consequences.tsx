import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import type { ConsequenceSection } from '../describe-change.ts';

/** Everything an act touches, section by section, with what becomes of it; the columns of all sections are in line. */
export function Consequences({ sections }: { sections: readonly ConsequenceSection[] }) {
  return (
    <div className="space-y-6 sm:[&_table]:table-fixed">
      {sections.map((section) => (
        <SimpleTable
          key={section.title}
          caption={section.title}
          head={['涉及', '变更后']}
          rows={section.rows.map((row) => ({ key: row.key, cells: [row.what, row.outcome] }))}
        />
      ))}
    </div>
  );
}
