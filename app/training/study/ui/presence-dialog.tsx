import { useEffect, useState } from 'react';
import { Button } from '#app/platform/ui/data/button.tsx';
import { Dialog } from '#app/platform/ui/feedback/dialog.tsx';

/** 「您还在学习吗」: asked by the server, answered by a person, within the time shown. */
export function PresenceDialog({
  answerUntil,
  onAnswer,
}: {
  answerUntil: number | null;
  onAnswer: () => void;
}) {
  return (
    <Dialog
      title="您还在学习吗？"
      open={answerUntil !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) onAnswer();
      }}
    >
      {answerUntil === null ? null : <Question answerUntil={answerUntil} onAnswer={onAnswer} />}
    </Dialog>
  );
}

function Question({ answerUntil, onAnswer }: { answerUntil: number; onAnswer: () => void }) {
  const left = useSecondsLeft(answerUntil);
  return (
    <>
      <p>
        {left > 0 ? (
          <>
            请在 <span className="font-semibold tabular-nums">{left}</span> 秒内确认，计时随即继续。
          </>
        ) : (
          '已超过确认时间，其间的时间不计入。确认后重新开始计时。'
        )}
      </p>
      <div className="mt-6 flex justify-end">
        <Button tone="primary" onClick={onAnswer}>
          我在学习
        </Button>
      </div>
    </>
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
