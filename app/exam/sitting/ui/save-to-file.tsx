import { useState } from 'react';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import type { RoomView } from '../attempt-view.server.ts';
import type { AttemptClient } from '../client/attempt-client.ts';
import { sealAnswers, sealedFileName } from '../sealed/sealed-file.ts';

/** Lets the browser write a text to a file, as a download. */
function download(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

export interface SaveToFileProps {
  room: RoomView;
  client: AttemptClient;
  isOver: boolean;
}

/** The way out when the network does not come back: what the server has not confirmed, in a file only it can open. */
export function SaveToFile({ room, client, isOver }: SaveToFileProps) {
  const [progress, setProgress] = useState<'idle' | 'saved' | 'failed'>('idle');
  const save = async (): Promise<void> => {
    const answers = { epoch: room.start.epoch, events: client.unconfirmed() };
    const file = await sealAnswers(room.attemptId, room.sealing, answers);
    download(sealedFileName(room.attemptId), JSON.stringify(file));
  };
  const onSave = (): void => {
    save().then(
      () => setProgress('saved'),
      () => setProgress('failed'),
    );
  };
  return (
    <Callout
      tone="warning"
      title={isOver ? '考试时间已到，网络仍未恢复' : '网络一直没有恢复'}
      action={
        <button type="button" className={buttonClass()} onClick={onSave}>
          保存加密作答文件
        </button>
      }
    >
      作答暂存在本机，网络恢复后自动保存。如网络不能恢复，请举手报告监考人员，把作答保存为加密文件并交给监考人员上传。
      <span role="status">
        {progress === 'saved' ? ' 文件已保存到本机的下载文件夹。' : null}
        {progress === 'failed' ? ' 本机浏览器不能保存文件，请保持页面打开并报告监考人员。' : null}
      </span>
    </Callout>
  );
}
