import { formatInstant } from '#app/platform/time/day.ts';
import { formatBytes } from '#app/platform/ui/text/format.ts';
import type { ScanPurpose } from '../scan.ts';
import { SCAN_PURPOSE_LABELS, scanPath } from '../scan.ts';

/** A scan as a page lists it. */
export interface ScanLine {
  readonly id: string;
  readonly purpose: ScanPurpose;
  readonly fileName: string;
  readonly byteCount: number;
  readonly actorName: string | null;
  readonly occurredAt: Date;
}

/** Scans beside an act or approval, each a download with who put it there and when. */
export function ScanList({ scans }: { scans: readonly ScanLine[] }) {
  if (scans.length === 0) return <p className="text-ink-muted">尚未上传扫描件。</p>;
  return (
    <ul className="space-y-2">
      {scans.map((scan) => (
        <li key={scan.id}>
          <a href={scanPath(scan.id)} className="text-accent underline underline-offset-2" download>
            {`${SCAN_PURPOSE_LABELS[scan.purpose]}：${scan.fileName}`}
          </a>
          <p className="text-sm text-ink-muted">
            {`${formatBytes(scan.byteCount)} · ${scan.actorName ?? '系统'} · ${formatInstant(scan.occurredAt)}`}
          </p>
        </li>
      ))}
    </ul>
  );
}
