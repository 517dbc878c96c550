import { redirect } from '@remix-run/node';
import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { viewDeviceCheck } from '../check-view.server.ts';
import { checkForm } from '../measurement.schema.ts';
import { recordCheck } from '../record-check.server.ts';
import { DeviceCheckPage } from '../ui/device-check-page.tsx';

export const meta: MetaFunction = () => [{ title: '考试设备检测 · 执法学堂' }];

/** The registration of `/exams/:registration/check`; null on `/exams/check`. */
function registrationOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!isId(text)) throw new Response(null, { status: 404 });
  return text;
}

export const loader = door('exam.read_own', async ({ ctx, params }) => {
  const outcome = await viewDeviceCheck(ctx, registrationOf(params.registration));
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return { view: outcome.value, probeId: newId() };
});

export const action = door('exam.read_own', async ({ ctx, params, request }) => {
  const registrationId = registrationOf(params.registration);
  const form = checkForm.safeParse(Object.fromEntries(await request.formData()));
  // Measured and sent by the page itself: a person types nothing here but a seat, which any length of text fits.
  if (!form.success) throw new Response(null, { status: 400 });
  const outcome = await recordCheck(ctx, { ...form.data, registrationId });
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  const page = registrationId === null ? '/exams/check' : `/exams/${registrationId}/check`;
  return redirect(`${page}?notice=saved`);
});

export default function Check() {
  const { view, probeId } = useLoaderData<typeof loader>();
  // A new check begins with a new form: what was measured before belongs to the one that was sent.
  return <DeviceCheckPage key={view.commandId} view={view} probeId={probeId} />;
}
