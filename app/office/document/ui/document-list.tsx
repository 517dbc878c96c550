import { formatInstant } from '#app/platform/time/day.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { DocumentLine } from '../documents-view.server.ts';
import { documentFilePath, documentPath } from '../paths.ts';

export interface DocumentListProps {
  documents: readonly DocumentLine[];
  /** said when there is none */
  empty?: string | undefined;
}

/** Documents of one matter: what it is, its number, its file. For the page of the matter. */
export function DocumentList({ documents, empty = '还没有出具文书。' }: DocumentListProps) {
  if (documents.length === 0) return <p className="text-ink-muted">{empty}</p>;
  return (
    <ul aria-label="文书" className="divide-y divide-line">
      {documents.map((document) => (
        <li key={document.id} className="py-3 first:pt-0 last:pb-0">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
            <TextLink to={documentPath(document.id)}>{document.title}</TextLink>
            <NumberState {...document} />
          </div>
          <p className="mt-1 flex flex-wrap gap-x-4 text-sm text-ink-muted">
            <span className="tabular-nums">{formatInstant(document.drawnAt)}</span>
            <span>{document.drawerName}</span>
            <TextLink to={documentFilePath(document.id, 'original')} reloadDocument>
              {`下载 .${document.format}`}
            </TextLink>
            {document.format === 'pdf' ? null : (
              <TextLink to={documentFilePath(document.id, 'pdf')} reloadDocument>
                {document.templateVersionNo === null ? '下载 PDF' : '下载 PDF（系统版式）'}
              </TextLink>
            )}
            {document.lastScanId === null ? null : (
              <TextLink to={documentFilePath(document.id, document.lastScanId)} reloadDocument>
                下载盖章扫描件
              </TextLink>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

export interface NumberStateProps {
  documentNo: string | null;
  scans: number;
  bearsNumber: boolean;
  isWithdrawn: boolean;
}

/** Number and scan in words: what still has to be done stands out by its shape. */
export function NumberState({ documentNo, scans, bearsNumber, isWithdrawn }: NumberStateProps) {
  if (isWithdrawn)
    return (
      <StateBadge shape="hollow" tone="neutral">
        已撤回
      </StateBadge>
    );
  if (documentNo === null && !bearsNumber)
    return (
      <span className="flex flex-wrap items-baseline gap-x-3 text-sm text-ink-muted">
        无需文号
        <ScanState scans={scans} />
      </span>
    );
  if (documentNo === null)
    return (
      <StateBadge shape="dot" tone="pending">
        未登记文号
      </StateBadge>
    );
  return (
    <span className="flex flex-wrap items-baseline gap-x-3 text-sm">
      <span className="tabular-nums">{documentNo}</span>
      <ScanState scans={scans} isExpected />
    </span>
  );
}

/** @param isExpected a paper with a number is stamped; without one its absence is not worth a word */
function ScanState({ scans, isExpected = false }: { scans: number; isExpected?: boolean }) {
  if (scans > 0)
    return (
      <StateBadge shape="solid" tone="positive">
        已附扫描件
      </StateBadge>
    );
  return isExpected ? (
    <StateBadge shape="hollow" tone="neutral">
      未附扫描件
    </StateBadge>
  ) : null;
}
