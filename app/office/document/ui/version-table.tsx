import { formatInstant } from '#app/platform/time/day.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatBytes } from '#app/platform/ui/text/format.ts';
import { templateFilePath, templatePath } from '../paths.ts';
import type { TemplateVersion } from '../template.store.server.ts';

export interface VersionTableProps {
  paperCode: string;
  regionId: string;
  versions: readonly TemplateVersion[];
}

/** Every version that was uploaded, newest first; none is ever replaced. */
export function VersionTable({ paperCode, regionId, versions }: VersionTableProps) {
  if (versions.length === 0) return <p className="text-ink-muted">还没有上传过模板，出具时用默认模板。</p>;
  return (
    <SimpleTable
      caption="已上传的版本"
      hideCaption
      head={['版本', '文件', '上传', '']}
      rows={versions.map((version) => ({
        key: version.id,
        cells: [
          `第 ${version.versionNo} 版`,
          <span key="file">
            {version.fileName}
            <span className="block text-ink-muted">
              {[formatBytes(version.sizeBytes), ...(version.mapping ? ['按列对应'] : []), version.note]
                .filter((part) => part !== '')
                .join(' · ')}
            </span>
          </span>,
          <span key="by">
            {version.uploaderName}
            <span className="block whitespace-nowrap tabular-nums text-ink-muted">
              {formatInstant(version.occurredAt)}
            </span>
          </span>,
          <VersionLinks key="links" {...{ paperCode, regionId, version }} />,
        ],
      }))}
    />
  );
}

function VersionLinks({
  paperCode,
  regionId,
  version,
}: {
  paperCode: string;
  regionId: string;
  version: TemplateVersion;
}) {
  const file = (as: string) => templateFilePath(paperCode, { version: version.id, as, region: regionId });
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1">
      {version.isReady ? (
        <TextLink to={file('trial')} reloadDocument>
          试填
        </TextLink>
      ) : (
        <>
          <StateBadge shape="dot" tone="pending">
            待对应列
          </StateBadge>
          <TextLink to={templatePath(paperCode, { map: version.id, region: regionId })}>对应列</TextLink>
        </>
      )}
      <TextLink to={file('template')} reloadDocument>
        下载
      </TextLink>
    </span>
  );
}
