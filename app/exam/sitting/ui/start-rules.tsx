import { focusRuleText } from '../evidence/focus.ts';
import type { OwnExam } from '../exams-view.server.ts';

/** The rules in a few lines, told before the clock opens: at the start, and at the check-in before a common bell. */
export function StartRules({ exam }: { exam: OwnExam }) {
  return (
    <ul className="mb-4 mt-2 list-disc pl-5 text-sm text-ink-muted">
      <li>作答随时自动保存，不需要点保存；到时自动交卷，按已保存的作答评分。</li>
      <li>{`断网、断电不停表：作答暂存在本机，恢复后自动补传，${exam.graceSeconds} 秒宽限内到达服务器的计分。`}</li>
      <li>
        {exam.earliestHandInMinutes > 0
          ? `开始 ${exam.earliestHandInMinutes} 分钟后可以交卷，交卷后不能再修改。`
          : '可以提前交卷，交卷后不能再修改。'}
      </li>
      <li>同一时间只能在一台设备上作答；换设备时，在新设备上打开本页继续。</li>
      <li>考场停电等情况由监考人员暂停考试，恢复后剩余时间照旧。</li>
      <li>{focusRuleText(exam)}</li>
    </ul>
  );
}
