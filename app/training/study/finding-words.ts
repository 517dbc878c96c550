import type { FindingFacts, FindingKind } from './findings.ts';
import { formatDuration } from './study-words.ts';

export const FINDING_LABELS: Readonly<Record<FindingKind, string>> = {
  steady_rhythm: '计时请求间隔异常规律',
  no_hand: '长时间没有操作变化',
  quick_answers: '在学确认作答过快',
  wrong_answers: '在学确认多次答错',
  long_run: '连续学习时间过长',
  night_study: '凌晨学习',
  pages_in_turn: '多台设备交替打开课件',
  quick_checks: '自测作答过快',
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} 秒`;

/** What was observed, in one sentence. Says what is, not what it means. */
export function factsText(kind: FindingKind, facts: FindingFacts): string {
  const of = (name: string): number => facts[name] ?? 0;
  switch (kind) {
    case 'steady_rhythm':
      return `连续 ${of('beatCount')} 次计时请求，间隔均约 ${seconds(of('medianMs'))}，相差不到 ${seconds(of('spreadMs') + 100)}；页面本身不按此间隔计时。`;
    case 'no_hand':
      return `当日 ${of('visitCount') || 1} 次打开课件，共学习 ${formatDuration(of('studiedSeconds'))}、计时 ${of('beatCount')} 次；打开期间每次计时的点击按键（${of('touches')}）、指针移动（${of('moves')}）、滚动（${of('scrolls')}）次数和页面位置始终不变。`;
    case 'quick_answers':
      return `${of('answerCount')} 次在学确认中，${of('quickCount')} 次在 2 秒内作答，最快 ${seconds(of('fastestMs'))}。`;
    case 'wrong_answers':
      return `${of('questionCount')} 次在学确认中，${of('wrongCount')} 次两答均错。`;
    case 'long_run':
      return `连续学习 ${formatDuration(of('runSeconds'))}，其间没有超过 5 分钟的间歇。`;
    case 'night_study':
      return `当日 0 时至 5 时在 ${of('lessonCount') || 1} 个课件中共学习 ${formatDuration(of('nightSeconds'))}。`;
    case 'pages_in_turn':
      return `10 分钟内在 ${of('deviceCount')} 台设备（浏览器）上交替打开课件 ${of('pageCount')} 次。`;
    case 'quick_checks':
      return `打开本课后 ${formatDuration(of('elapsedSeconds'))}即答对全部 ${of('itemCount')} 题自测。`;
  }
}

export const VERDICTS = ['no_issue', 'explain', 'strike'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const VERDICT_LABELS: Readonly<Record<Verdict, string>> = {
  no_issue: '无异常',
  explain: '需说明',
  strike: '冲销',
};

/** What a judgement means to the person it is about. */
export const VERDICT_MEANINGS: Readonly<Record<Verdict, string>> = {
  no_issue: '经核实无异常，学时照计。',
  explain: '请向单位联络员说明情况，学时暂照计。',
  strike: '拟冲销相应学时；冲销须另经一人审核，结果见学时明细。',
};
