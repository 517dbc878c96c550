import { type ReactNode, useEffect } from 'react';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import { prepareWorker } from '../client/worker-copy.ts';
import type { OwnExam } from '../exams-view.server.ts';
import { CodeField } from './code-field.tsx';
import { StartRules } from './start-rules.tsx';

/**
 * The form that makes an attempt, at the start and at the check-in before a common bell: when it counts, the rules, the code
 * where one is asked for, the button. A plain form; the first load of the room that follows passes through the worker and is
 * kept on its way, so that no moment of an attempt is without a copy.
 * @param when the sentence before the rules
 */
export function StartFrame({ exam, when, button }: { exam: OwnExam; when: ReactNode; button: ReactNode }) {
  const isHydrated = useHydrated();
  useEffect(() => prepareWorker(), []);
  return (
    <form method="post" action="/attempts/start">
      <input type="hidden" name="registrationId" value={exam.registrationId} />
      <input type="hidden" name="commandId" value={exam.commandId} />
      <input type="hidden" name="view" value={isHydrated ? 'one' : 'paper'} />
      <p className="tabular-nums">{when}</p>
      <StartRules exam={exam} />
      {exam.asksForCode ? <CodeField registrationId={exam.registrationId} /> : null}
      {button}
    </form>
  );
}
