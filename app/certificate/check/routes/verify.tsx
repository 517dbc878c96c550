import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { useEffect } from 'react';
import { publicDoor } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { CERTIFICATE_REFUSALS } from '../../refusals.ts';
import { checkByNumber } from '../check-view.server.ts';
import { checkFormSchema } from '../check.schema.ts';
import { CheckForm } from '../ui/check-form.tsx';
import { CheckResult, NothingFound } from '../ui/check-result.tsx';

export const meta: MetaFunction = () => [
  { title: '执法证件查验 · 执法学堂' },
  { name: 'robots', content: 'noindex, nofollow' },
];

export const headers: HeadersFunction = () => ({
  'X-Robots-Tag': 'noindex, nofollow',
  'Cache-Control': 'no-store',
});

export const loader = publicDoor('public.read', () => null);

const typedText = (formData: FormData, name: string): string => {
  const value = formData.get(name);
  return typeof value === 'string' ? value : '';
};

export const action = publicDoor('public.read', async ({ ctx, request, context }) => {
  const formData = await request.formData();
  const values = { certificateNo: typedText(formData, 'certificateNo'), name: typedText(formData, 'name') };
  const submission = parseForm(formData, checkFormSchema);
  if (submission.status !== 'success') {
    const errors = {
      certificateNo: submission.error?.certificateNo?.[0],
      name: submission.error?.name?.[0],
    };
    return data({ values, errors, refusal: null, checked: null }, { status: 422 });
  }
  const outcome = await checkByNumber(ctx, submission.value, context.clientAddress);
  if (outcome.ok) return data({ values, errors: {}, refusal: null, checked: outcome.value }, { status: 200 });
  const refusal = answerFor(outcome, CERTIFICATE_REFUSALS);
  return data({ values, errors: {}, refusal: refusal.text, checked: null }, { status: refusal.status });
});

const NOTHING_TYPED = { certificateNo: '', name: '' };

export default function Verify() {
  const answered = useActionData<typeof action>();
  const checked = answered?.checked ?? null;
  useEffect(() => {
    if (checked) document.getElementById('check-result')?.focus();
  }, [checked]);
  return (
    <>
      <PageHead title="执法证件查验" meta="输入证件上的证号和姓名，查询该行政执法证此刻的状态" />
      {answered?.refusal ? (
        <div className="mb-8">
          <Callout tone="warning" title={answered.refusal} />
        </div>
      ) : null}
      {checked ? (
        <div className="mb-12" role="status">
          {checked.answer ? (
            <CheckResult answer={checked.answer} asOf={checked.asOf} />
          ) : (
            <NothingFound asOf={checked.asOf} />
          )}
        </div>
      ) : null}
      {checked ? <h2 className="mb-4 text-xl font-semibold">再查一个</h2> : null}
      <CheckForm values={answered?.values ?? NOTHING_TYPED} errors={answered?.errors ?? {}} />
    </>
  );
}
