import { isId } from '#app/platform/ids/id.ts';
import type { CandidateItem } from '../paper/frozen-paper.ts';

/** Long enough to try everything once, also a network that is unplugged. */
const REHEARSAL_MS = 15 * 60_000;
const GRACE_MS = 30_000;

/** When a rehearsal ends. Nothing of it is kept on the server, so its id says when it began. */
export interface RehearsalTimes {
  readonly startedAtMs: number;
  readonly deadlineAtMs: number;
  readonly closeAtMs: number;
}

/**
 * Times of a rehearsal from its id, a UUIDv7 made when it began; null for what is none, or begins in the future. Anybody
 * may make such an id: it opens a practice paper and nothing else.
 */
export function rehearsalTimes(id: string, nowMs: number): RehearsalTimes | null {
  if (!isId(id) || id.charAt(14) !== '7') return null;
  const startedAtMs = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  if (startedAtMs > nowMs + GRACE_MS) return null;
  const deadlineAtMs = startedAtMs + REHEARSAL_MS;
  return { startedAtMs, deadlineAtMs, closeAtMs: deadlineAtMs + GRACE_MS };
}

/** The name under which the exam's client keeps a rehearsal on the device; its pages and requests lie below. */
export const rehearsalKey = (id: string): string => `rehearsal/${id}`;

const MARK = 100;
const options = (texts: readonly string[]) =>
  texts.map((text, index) => ({ letter: 'ABCDE'.charAt(index), text }));

/** Questions about the exam room itself: who answers them has read how it works. */
export const REHEARSAL_ITEMS: readonly CandidateItem[] = [
  {
    position: 1,
    type: 'single',
    stem: '考试中作答什么时候保存？',
    options: options(['点“保存”时', '每次作答后自动保存', '交卷时一起保存', '换题时才保存']),
    markHundredths: MARK,
  },
  {
    position: 2,
    type: 'single',
    stem: '考试中网络断开，应当怎样做？（可以现在拔掉网线试一试）',
    options: options(['关闭页面', '继续作答，恢复后自动补传', '重新登录', '换一台设备']),
    markHundredths: MARK,
  },
  {
    position: 3,
    type: 'single',
    stem: '页头显示“已保存 3/6”，表示什么？',
    options: options(['本机记下了 3 题', '服务器已收到 3 题', '还有 3 题不能作答', '已答对 3 题']),
    markHundredths: MARK,
  },
  {
    position: 4,
    type: 'multiple',
    stem: '用键盘作答可以怎样选？（请用键盘试一试）',
    options: options(['按数字键 1–5', '按字母键 A–E', '按 ← → 换题', '按 M 标记本题']),
    markHundredths: MARK,
  },
  {
    position: 5,
    type: 'multiple',
    stem: '电脑死机或断电后，怎样继续考试？',
    options: options([
      '重新打开浏览器，登录后继续作答',
      '经监考人员同意换设备继续',
      '重新报名',
      '已保存的作答都在',
    ]),
    markHundredths: MARK,
  },
  {
    position: 6,
    type: 'true_false',
    stem: '考试时间到后，系统自动交卷，按已保存的作答评分。',
    options: [],
    markHundredths: MARK,
  },
];
