import { useEffect, useState } from 'react';
import { isServerReady } from '../feedback/reload-when-back.ts';
import { useUnanswered } from './unanswered.ts';

const ASK_EVERY_MS = 3_000;

/** Says that a submission did not get through, that everything typed is still there, and when it is worth trying again. */
export function UnansweredNotice() {
  const isShown = useUnanswered();
  return (
    <div
      role="alert"
      className="pointer-events-none fixed inset-x-0 top-0 z-toast flex justify-center px-4 pt-4"
    >
      {isShown ? <Words /> : null}
    </div>
  );
}

function Words() {
  const [isBack, setIsBack] = useState(false);
  useEffect(() => {
    if (isBack) return;
    const leaving = new AbortController();
    const timer = setInterval(() => {
      void isServerReady(leaving.signal).then((isReady) => {
        if (isReady && !leaving.signal.aborted) setIsBack(true);
      });
    }, ASK_EVERY_MS);
    return () => {
      clearInterval(timer);
      leaving.abort();
    };
  }, [isBack]);
  return (
    <div className="pointer-events-auto max-w-measure rounded-md border border-l-4 border-line border-l-danger bg-surface-raised px-5 py-3 shadow-overlay">
      <p className="font-semibold">
        {isBack ? '系统已恢复，请再次提交' : '系统暂时不可用，没有提交成功，请稍后重试'}
      </p>
      <p className="mt-1">您填写的内容还在本页，没有丢失。</p>
    </div>
  );
}
