import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { ErrorPanel } from '#app/platform/ui/feedback/error-panel.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { CandidateFrame } from '#app/platform/ui/frames/candidate-frame.tsx';
import { SEAT_PATH } from '../../seating/paths.ts';
import { CodeField } from './code-field.tsx';

export interface RefusedStartProps {
  readonly status: number;
  readonly text: string;
  /** Whoever came in by the exam door goes back to the seat. */
  readonly isDoor: boolean;
  /** The form once more, where nothing but the code was wrong. */
  readonly again: {
    readonly registrationId: string;
    readonly commandId: string;
    readonly view: 'one' | 'paper';
    readonly typed: string;
  } | null;
}

/** What a start leads to that could not be made; a wrong 开考口令 is typed again right here. */
export function RefusedStart({ status, text, isDoor, again }: RefusedStartProps) {
  const back = isDoor ? { to: SEAT_PATH, label: '返回我的座位' } : { to: '/exams', label: '返回考试列表' };
  return (
    <CandidateFrame title="开始考试" name="执法学堂" head={null}>
      <div className="mx-auto max-w-md">
        {again === null ? (
          <ErrorPanel
            status={status}
            level={2}
            title="不能开始考试"
            text={text}
            next={
              <LinkButton to={back.to} reloadDocument tone="primary">
                {back.label}
              </LinkButton>
            }
          />
        ) : (
          <>
            <h2 className="mb-4 text-2xl font-semibold">请重新输入开考口令</h2>
            <form method="post" action="/attempts/start">
              <input type="hidden" name="registrationId" value={again.registrationId} />
              <input type="hidden" name="commandId" value={again.commandId} />
              <input type="hidden" name="view" value={again.view} />
              <CodeField registrationId={again.registrationId} refused={{ typed: again.typed, text }} />
              <div className="flex flex-wrap gap-3">
                <SubmitButton tone="primary">提交口令</SubmitButton>
                <LinkButton to={back.to} reloadDocument tone="secondary">
                  {back.label}
                </LinkButton>
              </div>
            </form>
          </>
        )}
      </div>
    </CandidateFrame>
  );
}
