import { formatTime } from '#app/platform/time/day.ts';
import type { AttemptSnapshot } from './state.ts';

/** `calm`: everything is with the server; `busy`: on its way; `warning`: the candidate should know. */
export type SaveTone = 'calm' | 'busy' | 'warning';

export interface SaveWords {
  readonly tone: SaveTone;
  readonly text: string;
}

/** 「已保存 37/80 · 10:42:07」: the count and the time come from acknowledgements alone. */
function savedText(snapshot: AttemptSnapshot, itemCount: number): string {
  const count = `已保存 ${snapshot.savedCount}/${itemCount}`;
  return snapshot.savedAtMs === null ? count : `${count} · ${formatTime(new Date(snapshot.savedAtMs))}`;
}

/** What the head of the exam page says about saving; never more than the server has confirmed. */
export function saveWords(snapshot: AttemptSnapshot, itemCount: number): SaveWords {
  const { pendingCount, draftCount, connection, isStoreSafe } = snapshot;
  const saved = savedText(snapshot, itemCount);
  const warning = (text: string): SaveWords => ({ tone: 'warning', text: `${text} · ${saved}` });
  // One on its way into the store is not there yet: a page closed just then takes it along.
  const waiting = isStoreSafe ? pendingCount - draftCount : pendingCount;
  const waits = `${waiting} 项作答${isStoreSafe ? '已暂存在本机' : '尚未保存，请勿关闭页面'}`;
  if (connection === 'signed_out')
    return warning(pendingCount > 0 ? `登录已失效，${pendingCount} 项作答待保存` : '登录已失效');
  if (connection === 'refused' && waiting > 0) return warning(`服务器未接收，${waits}，请告知监考人员`);
  if (connection === 'retrying' && waiting > 0) return warning(`网络不通，${waits}`);
  if (connection === 'retrying' || connection === 'refused') return warning('网络不通，正在重试');
  if (pendingCount > 0) return { tone: 'busy', text: `正在保存 ${pendingCount} 项 · ${saved}` };
  return isStoreSafe ? { tone: 'calm', text: saved } : warning('本机无法暂存作答，请勿关闭页面');
}
