import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { publicDoor } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { CERTIFICATE_REFUSALS } from '../../refusals.ts';
import { checkByToken } from '../check-view.server.ts';
import { CheckResult, NothingFound } from '../ui/check-result.tsx';

export const meta: MetaFunction = () => [
  { title: '执法证件查验结果 · 执法学堂' },
  { name: 'robots', content: 'noindex, nofollow' },
];

export const headers: HeadersFunction = () => ({
  'X-Robots-Tag': 'noindex, nofollow',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
});

export const loader = publicDoor('public.read', async ({ ctx, params, context }) => {
  const outcome = await checkByToken(ctx, params.token ?? '', context.clientAddress);
  if (outcome.ok) return data({ checked: outcome.value, refusal: null }, { status: 200 });
  const refusal = answerFor(outcome, CERTIFICATE_REFUSALS);
  return data({ checked: null, refusal: refusal.text }, { status: refusal.status });
});

/** Where the QR of a card leads: the answer at once, nothing to fill in. */
export default function Verified() {
  const { checked, refusal } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="执法证件查验" />
      {refusal ? <Callout tone="warning" title={refusal} /> : null}
      {checked?.answer ? <CheckResult answer={checked.answer} asOf={checked.asOf} /> : null}
      {checked && !checked.answer ? <NothingFound asOf={checked.asOf} /> : null}
      <p className="mt-10">
        <LinkButton to="/verify">按证号和姓名查验</LinkButton>
      </p>
    </>
  );
}
