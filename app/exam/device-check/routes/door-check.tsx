import type { MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { DOOR_CHECK_PATH, SEAT_PATH } from '../../seating/paths.ts';
import { viewDoorCheck } from '../door-check-view.server.ts';
import { checkForm } from '../measurement.schema.ts';
import { recordCheck } from '../record-check.server.ts';
import { DoorCheckPage } from '../ui/door-check-page.tsx';

export const meta: MetaFunction = () => [
  { title: '考试设备检测 · 执法学堂' },
  { name: 'robots', content: 'noindex' },
];

export const loader = door('exam.check_device', async ({ ctx, context }) => {
  const outcome = await viewDoorCheck(ctx, context.clientAddress ?? null);
  if (outcome.ok) return { view: outcome.value, probeId: newId() };
  if (outcome.code === 'FORBIDDEN') throw new Response(null, { status: 403 });
  // 签到 has begun, or the registration is gone: the seat knows both. An ordinary session has a check page of its own.
  throw redirect(ctx.actor.boundTo === undefined ? '/exams/check' : SEAT_PATH);
});

export const action = door('exam.check_device', async ({ ctx, request }) => {
  const form = checkForm.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw new Response(null, { status: 400 });
  const outcome = await recordCheck(ctx, { ...form.data, registrationId: ctx.actor.boundTo ?? null });
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return redirect(`${DOOR_CHECK_PATH}?notice=saved`);
});

export default function DoorCheck() {
  const { view, probeId } = useLoaderData<typeof loader>();
  // A new check begins with a new form: what was measured before belongs to the one that was sent.
  return <DoorCheckPage key={view.check.commandId} view={view} probeId={probeId} />;
}
