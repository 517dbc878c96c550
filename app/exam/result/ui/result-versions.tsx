import { formatInstant } from '#app/platform/time/day.ts';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { marksText } from '../../sitting/ui/paper-parts.ts';
import type { ResultVersion } from '../result.store.server.ts';
import { VERSION_REASONS } from '../version-reasons.ts';

/** Every version of a result with its reason; nothing where there was only one. */
export function ResultVersions({ versions }: { versions: readonly ResultVersion[] }) {
  if (versions.length < 2) return null;
  return (
    <section>
      <h2 className="mb-3 text-lg font-semibold">成绩版本</h2>
      <SimpleTable
        caption="成绩版本"
        hideCaption
        head={['版本', '事由', { label: '得分', unit: '分', align: 'end' }, '结论', '评定时间']}
        rows={versions.map((version) => ({
          key: String(version.versionNo),
          cells: [
            `第 ${version.versionNo} 版`,
            VERSION_REASONS[version.reasonCode] ?? version.reasonCode,
            marksText(version.scoreHundredths),
            version.passed ? '合格' : '不合格',
            formatInstant(version.gradedAt),
          ],
        }))}
      />
    </section>
  );
}
