import { Form } from '@remix-run/react';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import type { PreferencesView } from '../contact/preferences-view.server.ts';

/** Which kinds come by mail as well; the inbox always gets all of them. */
export function KindsForm({ kinds }: Pick<PreferencesView, 'kinds'>) {
  return (
    <Form method="post" className="space-y-6">
      <fieldset className="max-w-xl">
        <legend className="mb-1 font-semibold">同时发送邮件的通知</legend>
        <p className="mb-2 text-sm text-ink-muted">所有通知都会进入收件箱；勾选的类别另发一封邮件。</p>
        <ul className="divide-y divide-line rounded-md border border-line bg-surface-raised">
          {kinds.map(({ kind, label, needsAction, byMail }) => (
            <li key={kind} className="px-4 py-2">
              <label className="flex cursor-pointer gap-3">
                <input
                  type="checkbox"
                  name="kinds"
                  value={kind}
                  defaultChecked={byMail}
                  className="tick mt-[0.21875rem] shrink-0"
                />
                <span>
                  {label}
                  {needsAction ? <span className="ml-2 text-sm text-ink-muted">需要办理</span> : null}
                </span>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      <SubmitButton name="intent" value="save_kinds" busyText="正在保存…">
        保存
      </SubmitButton>
    </Form>
  );
}
