import { useEffect, useRef } from 'react';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import type { FileAnswer } from '../receive-files.server.ts';
import { outcomeWords } from '../sealed-words.ts';

function textOf({ received, refusal }: FileAnswer): string {
  if (!received) return refusal ?? '';
  const repeat = received.isRepeat ? '此前已接收，未重复入库。' : '';
  return `${received.personName}，${received.sittingTitle}：作答记录 ${received.eventCount} 条（${outcomeWords(received.outcome)}）。${repeat}`;
}

/** What became of each file that was just uploaded. */
export function FileAnswers({ answers }: { answers: readonly FileAnswer[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [answers]);
  const refused = answers.filter((answer) => answer.received === null).length;
  const title =
    answers.length === 0
      ? '请选择要上传的作答文件'
      : refused === 0
        ? `已接收 ${answers.length} 个文件`
        : `${answers.length} 个文件中有 ${refused} 个未能接收`;
  return (
    <div ref={box} role="status" tabIndex={-1} className="mt-6">
      <Callout tone={answers.length > 0 && refused === 0 ? 'info' : 'warning'} title={title}>
        <ul className="grid gap-1">
          {answers.map((answer, index) => (
            <li key={`${index}-${answer.fileName}`}>{`${answer.fileName}：${textOf(answer)}`}</li>
          ))}
        </ul>
      </Callout>
    </div>
  );
}
