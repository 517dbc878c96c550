import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { formatDay } from '#app/platform/time/day.ts';
import type { BatchPage } from '../batch-view.server.ts';
import { batchPath } from '../paths.ts';
import { whereDrawn } from './batch-words.ts';

/** A batch that is through: its zip, or what became of it, or what to do where nothing could be drawn. */
export function BatchFinished({
  page,
}: {
  page: Pick<BatchPage, 'file' | 'readable' | 'lastDay'> & {
    readonly batch: Pick<BatchPage['batch'], 'id' | 'drawn' | 'state'>;
  };
}) {
  const { batch, file } = page;
  if (file === 'none')
    return (
      <Callout tone="warning" title="一份也没有出具，没有可下载的文件">
        <p>
          {batch.state === 'expired'
            ? '已过保存期，请重新选择人员出具。'
            : '请按下面列出的原因处理后重新出具；仍不成功请联系系统管理员。'}
        </p>
      </Callout>
    );
  if (file !== 'ready')
    return (
      <Callout tone="info" title={file === 'past' ? '压缩包已过保存期' : `已出具 ${batch.drawn} 份`}>
        <p>{whereDrawn(page)}</p>
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
      <p>{`可下载至 ${formatDay(page.lastDay)}。${whereDrawn(page)}`}</p>
    </Callout>
  );
}
