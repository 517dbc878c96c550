import { useEffect, useState } from 'react';
import { isServerReady } from '../feedback/reload-when-back.ts';
import { useUnansweredReason } from './unanswered.ts';

const ASK_EVERY_MS = 3_000;

/** Says that a submission did not get through, that everything typed is still there, and when it is worth trying again. */
export function UnansweredNotice() {
  const reason = useUnansweredReason();
  return (
    <div
      role="alert"
      className="pointer-events-none fixed inset-x-0 top-0 z-toast flex justify-center px-4 pt-4"
    >
      {reason === 'away' ? <AwayWords /> : null}
      {reason === 'signed_out' ? <SignedOutWords /> : null}
    </div>
  );
}

const BOX =
  'pointer-events-auto max-w-measure rounded-md border border-l-4 border-line border-l-danger bg-surface-raised px-5 py-3 shadow-overlay';

/** Signing in happens in another window: this one holds what was typed. */
function SignedOutWords() {
  return (
    <div className={BOX}>
      <p className="font-semibold">登录已失效，没有提交成功</p>
      <p className="mt-1">
        您填写的内容还在本页。请
        <a
          href="/login"
          target="_blank"
          rel="noreferrer"
          className="text-accent underline underline-offset-4"
        >
          在新窗口登录
        </a>
        ，再回到本页提交。
      </p>
    </div>
  );
}

function AwayWords() {
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
    <div className={BOX}>
      <p className="font-semibold">
        {isBack ? '系统已恢复，请再次提交' : '系统暂时不可用，没有提交成功，请稍后重试'}
      </p>
      <p className="mt-1">您填写的内容还在本页，没有丢失。</p>
    </div>
  );
}
