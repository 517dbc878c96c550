import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { removeMail, resendConfirmation, saveMail } from '../contact/change-mail.server.ts';
import { contactFormSchema } from '../contact/contact.schema.ts';
import { viewPreferences } from '../contact/preferences-view.server.ts';
import { saveKinds } from '../contact/save-kinds.server.ts';
import type { NoticeCode } from '../refusals.ts';
import { NOTICE_REFUSALS } from '../refusals.ts';
import { KindsForm } from '../ui/kinds-form.tsx';
import { MailSection } from '../ui/mail-section.tsx';

const PATH = '/inbox/preferences';

export const meta: MetaFunction = () => [{ title: '提醒设置 · 执法学堂' }];

export const loader = door('inbox.read', ({ ctx }) => viewPreferences(ctx));

type ContactForm = z.infer<typeof contactFormSchema>;

/** @returns what the page says afterwards */
async function perform(ctx: ActorCtx, form: ContactForm): Promise<Outcome<string, NoticeCode>> {
  switch (form.intent) {
    case 'save_mail': {
      const saved = await saveMail(ctx, form);
      return saved.ok ? done(saved.value.asked ? 'sent' : 'saved') : saved;
    }
    case 'resend': {
      const sent = await resendConfirmation(ctx);
      return sent.ok ? done('sent') : sent;
    }
    case 'remove_mail': {
      const removed = await removeMail(ctx);
      return removed.ok ? done('deleted') : removed;
    }
    case 'save_kinds':
      await saveKinds(ctx, form.kinds);
      return done('saved');
  }
}

export const action = door('inbox.read', async ({ ctx, request }) => {
  const formData = await request.formData();
  const submission = parseForm(formData, contactFormSchema);
  const typed = String(formData.get('mail') ?? '');
  if (submission.status !== 'success') {
    const mailError = submission.error?.mail?.[0];
    if (mailError === undefined) throw new Response(null, { status: 400 });
    return data({ typed, mailError, refusal: null }, { status: 422 });
  }
  const outcome = await perform(ctx, submission.value);
  if (outcome.ok) throw redirect(`${PATH}?notice=${outcome.value}`);
  const refusal = answerFor(outcome, NOTICE_REFUSALS);
  return data({ typed, mailError: undefined, refusal }, { status: refusal.status });
});

export default function Preferences() {
  const { hasMail, mail, kinds } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title="提醒设置"
        breadcrumb={[{ label: '收件箱', to: '/inbox' }, { label: '提醒设置' }]}
        meta="通知总会进入收件箱；在此设置是否同时发送邮件"
      />
      {answer?.refusal ? (
        <div className="mb-6">
          <Callout tone="danger" title={answer.refusal.text} />
        </div>
      ) : null}
      <div className="grid items-start gap-10 lg:grid-cols-2">
        <section aria-labelledby="mail-heading">
          <h2 id="mail-heading" className="mb-4 text-lg font-semibold">
            接收提醒的邮箱
          </h2>
          <MailSection hasMail={hasMail} mail={mail} typed={answer?.typed} error={answer?.mailError} />
        </section>
        <section aria-labelledby="kinds-heading">
          <h2 id="kinds-heading" className="mb-4 text-lg font-semibold">
            通知类别
          </h2>
          <KindsForm kinds={kinds} />
        </section>
      </div>
    </>
  );
}
