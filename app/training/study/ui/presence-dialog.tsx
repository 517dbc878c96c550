import * as Radix from '@radix-ui/react-dialog';
import { useEffect, useId, useState } from 'react';
import { Button } from '#app/platform/ui/data/button.tsx';
import type { AskedQuestion, StudyState } from '../client/study-session.ts';

export interface PresenceDialogProps {
  state: Pick<StudyState, 'answerUntil' | 'question' | 'isSecondTry'>;
  onAnswer: (choice: number | null) => void;
}

/**
 * 「您还在学习吗」: asked by the server, answered by a person within the time shown. It cannot be dismissed, only
 * answered: whoever closes it by mistake would lose time. Large buttons, one press, no typing.
 */
export function PresenceDialog({ state, onAnswer }: PresenceDialogProps) {
  const { answerUntil, question, isSecondTry } = state;
  const helpId = useId();
  if (answerUntil === null) return null;
  return (
    <Radix.Root open>
      <Radix.Portal>
        <Radix.Overlay className="no-print fixed inset-0 z-dialog bg-masthead/50" />
        <Radix.Content
          aria-describedby={helpId}
          className="fixed left-1/2 top-1/2 z-dialog max-h-[90vh] w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-lg border border-line bg-surface-raised p-6 text-ink shadow-overlay"
        >
          <Radix.Title className="mb-3 text-xl font-semibold">您还在学习吗？</Radix.Title>
          <div id={helpId}>
            {isSecondTry ? <p className="mb-2 font-medium">刚才选的不对，没关系，请再选一次。</p> : null}
            <p>{question ? '下面是本课中的一句话，请选出空缺处的词。' : '请确认您在学习。'}</p>
          </div>
          <Question key={question?.stem} question={question} onAnswer={onAnswer} />
          <Countdown until={answerUntil} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Question({
  question,
  onAnswer,
}: {
  question: AskedQuestion | null;
  onAnswer: (choice: number | null) => void;
}) {
  if (question === null)
    return (
      <div className="mt-6 flex justify-end">
        <Button tone="primary" onClick={() => onAnswer(null)}>
          我在学习
        </Button>
      </div>
    );
  const [before = '', after = ''] = question.stem.split('____');
  return (
    <>
      <p className="my-4 border-l-4 border-line-strong pl-4 text-lg leading-[1.7]">
        {before}
        <span aria-hidden="true" className="mx-1 inline-block w-16 border-b-2 border-ink" />
        <span className="sr-only">（空缺）</span>
        {after}
      </p>
      <ul aria-label="选项" className="grid gap-3 sm:grid-cols-2">
        {question.options.map((option, index) => (
          <li key={option}>
            <Button className="min-h-12 w-full text-lg" onClick={() => onAnswer(index)}>
              {option}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Seconds at which a screen reader is told how many are left; every second would be noise. */
const TOLD_SECONDS = [60, 30, 10];

function Countdown({ until }: { until: number }) {
  const left = useSecondsLeft(until);
  const isOver = left <= 0;
  const told = isOver ? 0 : (TOLD_SECONDS.filter((second) => second >= left).at(-1) ?? null);
  const overText = '已超过确认时间，其间的时间不计入；作答后重新开始计时。';
  return (
    <div className="mt-5 text-sm text-ink-muted">
      <p aria-hidden="true">
        {isOver ? (
          overText
        ) : (
          <>
            还有 <span className="font-semibold tabular-nums text-ink">{left}</span>{' '}
            秒。按时作答，这段时间照计。
          </>
        )}
      </p>
      <p role="status" className="sr-only">
        {isOver ? overText : told === null ? '' : `还有 ${told} 秒`}
      </p>
    </div>
  );
}

function useSecondsLeft(until: number): number {
  const [left, setLeft] = useState(() => secondsLeft(until));
  useEffect(() => {
    setLeft(secondsLeft(until));
    const timer = setInterval(() => setLeft(secondsLeft(until)), 1000);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}

function secondsLeft(until: number): number {
  return Math.max(Math.ceil((until - performance.now()) / 1000), 0);
}
