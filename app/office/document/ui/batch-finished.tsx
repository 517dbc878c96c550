import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import type { Day } from '#app/platform/time/day.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { batchPath } from '../paths.ts';

/** A batch that is through: its zip, or what to do where nothing could be drawn. @param lastDay of the zip */
export function BatchFinished({
  batch,
  lastDay,
}: {
  batch: { readonly id: string; readonly drawn: number };
  lastDay: Day;
}) {
  if (batch.drawn === 0)
    return (
      <Callout tone="warning" title="一份也没有出具，没有可下载的文件">
        <p>请按下面列出的原因处理后重新出具；仍不成功请联系系统管理员。</p>
      </Callout>
    );
  return (
    <Callout
      tone="success"
      title={`已出具 ${batch.drawn} 份，打成一个压缩包`}
      action={
        <LinkButton to={`${batchPath(batch.id)}/file`} tone="primary" reloadDocument>
          下载压缩包（.zip）
        </LinkButton>
      }
    >
      <p>{`可下载至 ${formatDay(lastDay)}；各份文书一直保留在“文书”里。`}</p>
    </Callout>
  );
}
