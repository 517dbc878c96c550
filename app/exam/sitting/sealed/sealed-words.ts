import type { SealedOutcome } from './sealed.schema.ts';

/** 「按时 12、逾时 3」: how the answers of a file stand in the journal; what there is none of is not named. */
export function outcomeWords(outcome: SealedOutcome): string {
  const parts: [string, number][] = [
    ['按时', outcome.counted],
    ['逾时', outcome.late],
    ['交卷后', outcome.afterHandIn],
    ['原设备', outcome.foreign],
    ['内容不一致', outcome.conflicts],
    ['题号不符', outcome.notOnPaper],
  ];
  const named = parts.filter(([, count]) => count > 0).map(([word, count]) => `${word} ${count}`);
  return named.length > 0 ? named.join('、') : '无';
}
