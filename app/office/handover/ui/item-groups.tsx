import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import type { HandoverGroup } from '../handover-views.server.ts';

/** What passes, heading by heading, numbered as on paper. */
export function ItemGroups({ groups }: { groups: readonly HandoverGroup[] }) {
  return (
    <div className="space-y-6">
      {groups.map((group) => (
        <SimpleTable
          key={group.kind}
          caption={`${group.label}（${group.items.length} 项）`}
          head={['事项', '说明']}
          rows={group.items.map((item, index) => ({
            key: item.itemId,
            cells: [`${index + 1}. ${item.title}`, item.detail],
          }))}
        />
      ))}
    </div>
  );
}
