import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId } from '#app/platform/ids/id.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { firstErrors, typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { moveSeat } from '../move-seat.server.ts';
import { moveToSitting } from '../move-to-sitting.server.ts';
import { planPath, roomsPath } from '../paths.ts';
import { viewPlan } from '../plan-view.server.ts';
import type { Posted } from '../posted.ts';
import { SEATING_REFUSALS } from '../refusals.ts';
import { moveForm, toSittingForm } from '../rooms.schema.ts';
import { MoveForm } from '../ui/move-form.tsx';
import { PlanGrid } from '../ui/plan-grid.tsx';
import { SeatingHead } from '../ui/seating-nav.tsx';
import { ToSittingForm } from '../ui/to-sitting-form.tsx';

export const meta: MetaFunction = () => [{ title: '座次表 · 执法学堂' }];

export const loader = door('exam.manage', async ({ ctx, params, request }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const roomId = new URL(request.url).searchParams.get('room');
  const outcome = await viewPlan(ctx, { sittingId: params.sitting, roomId });
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return outcome.value;
});

export const action = door('exam.manage', async ({ ctx, params, request }) => {
  const sittingId = params.sitting;
  if (!isId(sittingId)) throw new Response(null, { status: 404 });
  const form = await request.formData();
  if (form.get('intent') !== 'to_sitting') return move(ctx, sittingId, form);
  return leave(ctx, { sittingId, roomId: new URL(request.url).searchParams.get('room') }, form);
});

const posting =
  (name: string, form: FormData) => (errors: Posted['errors'], refusal: string | null, status: number) =>
    data<Posted>({ form: name, values: typedTexts(form), errors, refusal }, { status });

/** To another sitting of the batch; what is shown afterwards is the room the person left. */
async function leave(
  ctx: ActorCtx,
  { sittingId, roomId }: { sittingId: string; roomId: string | null },
  form: FormData,
) {
  const refuse = posting('to_sitting', form);
  const submission = parseForm(form, toSittingForm);
  if (submission.status !== 'success') return refuse(firstErrors(submission.error), null, 422);
  const outcome = await moveToSitting(ctx, { ...submission.value, sittingId });
  if (outcome.ok)
    return redirect(`${planPath(sittingId)}?${isId(roomId) ? `room=${roomId}&` : ''}notice=saved`);
  const { text, status } = answerFor(outcome, SEATING_REFUSALS);
  return refuse({}, text, status);
}

/** To another seat. */
async function move(ctx: ActorCtx, sittingId: string, form: FormData) {
  const refuse = posting('move', form);
  const submission = parseForm(form, moveForm);
  if (submission.status !== 'success') return refuse(firstErrors(submission.error), null, 422);
  const outcome = await moveSeat(ctx, { ...submission.value, sittingId });
  if (outcome.ok) return redirect(`${planPath(sittingId)}?room=${submission.value.roomId}&notice=saved`);
  const { text, status } = answerFor(outcome, SEATING_REFUSALS);
  return outcome.code === 'SEAT_TAKEN' ||
    outcome.code === 'SEAT_UNKNOWN' ||
    outcome.code === 'SAME_SET_BESIDE'
    ? refuse({ seatNo: text }, null, status)
    : refuse({}, text, status);
}

/** Who sits where, room by room. */
export default function Seats() {
  const page = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>() ?? null;
  const { sitting, rooms, room, grid } = page;
  return (
    <>
      <SeatingHead sitting={sitting} here="seats" />
      <Refusal text={posted?.refusal ?? null} />
      {room === null ? (
        <EmptyState
          title="还没有考场"
          text="添加考场并编排座位后，这里显示座次表。"
          action={
            <LinkButton to={roomsPath(sitting.id)} tone="primary">
              去编排考场
            </LinkButton>
          }
        />
      ) : (
        <>
          <nav aria-label="考场" className="no-print mb-4 flex flex-wrap gap-2">
            {rooms.map(({ id, name, seatedCount }) => (
              <LinkButton
                key={id}
                size="small"
                to={`?room=${id}`}
                tone={id === room.id ? 'primary' : 'secondary'}
                aria-current={id === room.id ? 'page' : undefined}
              >
                {`${name}（${seatedCount} 人）`}
              </LinkButton>
            ))}
          </nav>
          <h2 className="mb-3 text-xl font-semibold">{`${room.name}　${room.place}`}</h2>
          <p className="mb-4 text-sm text-ink-muted">
            {`${room.rows} 排 × ${room.columns} 列，座位按列从左前起 S 形编号。全场前后左右同单位 ${page.neighbourPairs} 对。`}
          </p>
          <PlanGrid grid={grid} caption={`${room.name}座次表`} />
          <Card title="调整座位" className="no-print mt-8 max-w-3xl">
            <MoveForm
              key={page.commandId}
              page={page}
              posted={posted?.form === 'to_sitting' ? null : posted}
            />
          </Card>
          {page.otherSittings.length > 0 && room.seatedCount > 0 ? (
            <Card title="改到其他场次" className="no-print mt-8 max-w-3xl">
              <ToSittingForm
                key={page.toSittingCommandId}
                page={page}
                posted={posted?.form === 'to_sitting' ? posted : null}
              />
            </Card>
          ) : null}
        </>
      )}
    </>
  );
}
