import { Form } from '@remix-run/react';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { MailState, PreferencesView } from '../contact/preferences-view.server.ts';

const STATES: Record<MailState, { word: string; text: string }> = {
  on_its_way: { word: '待验证', text: '验证邮件正在发送，请稍后查收，打开邮件中的链接完成验证。' },
  sent: { word: '待验证', text: '验证邮件已发出，请打开邮件中的链接完成验证。链接 24 小时内有效。' },
  not_sent: { word: '待验证', text: '验证邮件没有发出，请核对邮箱是否正确，或稍后重新发送。' },
  confirmed: { word: '已验证', text: '提醒将发送到此邮箱。' },
};

export interface MailSectionProps extends Pick<PreferencesView, 'hasMail' | 'mail'> {
  typed: string | undefined;
  error: string | undefined;
}

/** The address reminders go to, and whether it is known to be one's own. */
export function MailSection({ hasMail, mail, typed, error }: MailSectionProps) {
  if (!hasMail)
    return (
      <Callout tone="info" title="本平台尚未开通邮件">
        通知只发送到收件箱。开通邮件后，可在这里设置邮箱。
      </Callout>
    );
  return (
    <div className="space-y-6">
      {mail === null ? null : <KnownMail mail={mail} />}
      <Form method="post" id="mail" className="space-y-4" noValidate>
        <ErrorSummary
          formId="mail"
          errors={error === undefined ? [] : [{ name: 'mail', label: '邮箱', message: error }]}
        />
        <TextField
          id="mail-mail"
          label={mail === null ? '邮箱地址' : '换一个邮箱'}
          name="mail"
          type="email"
          autoComplete="email"
          required
          defaultValue={typed}
          error={error}
          hint="加密保存，只用于给您发送提醒；验证后生效"
        />
        <SubmitButton name="intent" value="save_mail" busyText="正在保存…">
          保存并发送验证邮件
        </SubmitButton>
      </Form>
    </div>
  );
}

function KnownMail({ mail }: { mail: NonNullable<PreferencesView['mail']> }) {
  const { word, text } = STATES[mail.state];
  const isConfirmed = mail.state === 'confirmed';
  return (
    <div className="max-w-xl rounded-md border border-line bg-surface-raised px-5 py-4">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="break-all font-semibold">{mail.address}</span>
        <StateBadge shape={isConfirmed ? 'solid' : 'dot'} tone={isConfirmed ? 'positive' : 'pending'}>
          {word}
        </StateBadge>
      </p>
      <p className="mt-1 text-sm text-ink-muted">{text}</p>
      <Form method="post" className="mt-3 flex flex-wrap gap-3">
        {isConfirmed ? null : (
          <SubmitButton tone="secondary" size="small" name="intent" value="resend" busyText="正在发送…">
            重新发送验证邮件
          </SubmitButton>
        )}
        <SubmitButton tone="secondary" size="small" name="intent" value="remove_mail" busyText="正在删除…">
          删除邮箱，不再接收邮件
        </SubmitButton>
      </Form>
    </div>
  );
}
