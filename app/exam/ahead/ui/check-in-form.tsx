import { useEffect } from 'react';
import { formatTime } from '#app/platform/time/day.ts';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import { prepareWorker } from '../../sitting/client/worker-copy.ts';
import type { OwnExam } from '../../sitting/exams-view.server.ts';
import { CodeField } from '../../sitting/ui/code-field.tsx';
import { StartRules } from '../../sitting/ui/start-rules.tsx';

/** 入场候考: makes the attempt before the bell, so that the paper lies on this machine when it rings. */
export function CheckInForm({ exam, bellAt }: { exam: OwnExam; bellAt: Date }) {
  const isHydrated = useHydrated();
  // The waiting page's first load passes through the worker and is kept on its way.
  useEffect(() => prepareWorker(), []);
  return (
    <form method="post" action="/attempts/start">
      <input type="hidden" name="registrationId" value={exam.registrationId} />
      <input type="hidden" name="commandId" value={exam.commandId} />
      <input type="hidden" name="view" value={isHydrated ? 'one' : 'paper'} />
      <p className="tabular-nums">
        现在可以入场候考：试卷先加密存放在本机，<strong>{formatTime(bellAt)}</strong>{' '}
        开考铃响后自动打开，届时断网也能开考。请在本人座位的考试机上入场。
      </p>
      <StartRules exam={exam} />
      {exam.asksForCode ? <CodeField registrationId={exam.registrationId} /> : null}
      <SubmitButton tone="primary">入场候考</SubmitButton>
    </form>
  );
}
