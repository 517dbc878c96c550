import { formatTime } from '#app/platform/time/day.ts';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import type { OwnExam } from '../../sitting/exams-view.server.ts';
import { StartFrame } from '../../sitting/ui/start-frame.tsx';

/** 入场候考: makes the attempt before the bell, so that the paper lies on this machine when it rings. */
export function CheckInForm({ exam, bellAt }: { exam: OwnExam; bellAt: Date }) {
  return (
    <StartFrame
      exam={exam}
      when={
        <>
          现在可以入场候考：试卷先加密存放在本机，<strong>{formatTime(bellAt)}</strong>{' '}
          开考铃响后自动打开，届时断网也能开考。请在本人座位的考试机上入场。
        </>
      }
      button={<SubmitButton tone="primary">入场候考</SubmitButton>}
    />
  );
}
