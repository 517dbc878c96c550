import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { z } from 'zod';
import { door } from '#app/accounts/door.server.ts';
import type { DrawnAnswer } from '#app/office/document/drawn-answer.ts';
import { drawnAnswer } from '#app/office/document/drawn-answer.ts';
import { NotDrawn } from '#app/office/document/ui/not-drawn.tsx';
import { parseDay } from '#app/platform/time/day.ts';
import { drawStatusProof } from '../draw-status-proof.server.ts';
import { MOST_PERSONS } from '../proof-limits.ts';

export const meta: MetaFunction = () => [{ title: '出具证明 · 执法学堂' }];

const BASE = '/bureau/eligibility';

export const loader = door('certificate.decide', () => redirect(BASE));

const proofSchema = z.object({
  person: z.array(z.uuid()).min(1).max(MOST_PERSONS),
  day: z.string(),
  caseNo: z.string().trim().max(60),
  applicant: z.string().trim().max(60),
  commandId: z.uuid(),
});

export const action = door('certificate.decide', async ({ ctx, request }) => {
  const form = await request.formData();
  const parsed = proofSchema.safeParse({ ...Object.fromEntries(form), person: form.getAll('person') });
  const day = parsed.success ? parseDay(parsed.data.day) : null;
  if (!parsed.success || day === null) throw new Response(null, { status: 400 });
  const { person, caseNo, applicant, commandId } = parsed.data;
  if (applicant === '') return data({ text: '请填写申请出具证明的单位。' }, { status: 422 });
  const outcome = await drawStatusProof(ctx, { personIds: person, day, caseNo, applicant, commandId });
  const drawn = proofAnswer(outcome);
  return 'to' in drawn ? redirect(drawn.to) : data({ text: drawn.text }, { status: drawn.status });
});

function proofAnswer(outcome: Awaited<ReturnType<typeof drawStatusProof>>): DrawnAnswer {
  if (outcome.ok) return drawnAnswer(outcome);
  const { code } = outcome;
  if (code === 'DAY_IN_FUTURE') return { status: 422, text: '不能证明今天以后的情况。' };
  if (code === 'PROOF_PERSONS') return { status: 422, text: `一份证明最多列 ${MOST_PERSONS} 人。` };
  return drawnAnswer({ ...outcome, code });
}

export default function StatusProof() {
  const answer = useActionData<typeof action>();
  return <NotDrawn text={answer?.text ?? ''} backTo={BASE} />;
}
