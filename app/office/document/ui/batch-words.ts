import type { BatchState } from '../batch.store.server.ts';
import type { BatchFileStand } from '../batch-view.server.ts';

export const BATCH_STATE_LABELS: Readonly<Record<BatchState, string>> = {
  waiting: '等待出具',
  drawing: '正在出具',
  finished: '已完成',
  cancelled: '已取消',
  stopped: '已中断',
  expired: '已过保存期',
};

/** The button that goes on with a batch. @param left papers not drawn */
export const continueText = (drawn: number, left: number): string =>
  drawn === 0 ? `重新出具 ${left} 份` : `继续出具其余 ${left} 份，已出具的保留`;

/** Where the drawn papers are to be found by who drew them. @param readable of `batch.drawn`, those within reach now */
export function whereDrawn(page: {
  readonly file: BatchFileStand;
  readonly readable: number;
  readonly batch: { readonly drawn: number };
}): string {
  if (page.file === 'out_of_reach')
    return '这些文书现不在您的权限范围内，由现在负责的单位在“文书”里查看和下载。';
  const others = page.batch.drawn - page.readable;
  return others === 0
    ? '各份文书一直保留在“文书”里，可随时查看和下载。'
    : `其中 ${page.readable} 份保留在“文书”里，可随时查看和下载；其余 ${others} 份现不在您的权限范围内。`;
}

const SECOND_MS = 1_000;

/** 「已出具 12 / 48 份，约剩 1 分钟」; nothing about time before the first ten papers. @param elapsedMs since the start */
export function progressDetail(done: number, total: number, elapsedMs: number): string {
  const counts = `已出具 ${done} / ${total} 份`;
  if (done < 10 || elapsedMs <= 0) return counts;
  const seconds = Math.ceil(((total - done) * elapsedMs) / done / SECOND_MS);
  return seconds < 60
    ? `${counts}，约剩 ${Math.max(1, seconds)} 秒`
    : `${counts}，约剩 ${Math.ceil(seconds / 60)} 分钟`;
}
