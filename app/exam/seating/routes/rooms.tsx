import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { firstErrors, typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { assignInvigilators } from '../assign-invigilators.server.ts';
import { layOut } from '../lay-out.server.ts';
import { roomsPath } from '../paths.ts';
import type { Posted } from '../posted.ts';
import type { SeatingRefusal } from '../refusals.ts';
import { SEATING_REFUSALS } from '../refusals.ts';
import { intentForm, invigilatorsForm, layOutForm, roomAct, roomForm } from '../rooms.schema.ts';
import { viewRooms } from '../rooms-view.server.ts';
import { removeRoom, renewCode, saveRoom } from '../save-room.server.ts';
import { ChangedCandidates } from '../ui/changed-candidates.tsx';
import { LayoutCard } from '../ui/layout-card.tsx';
import { RoomCard } from '../ui/room-card.tsx';
import { RoomForm } from '../ui/room-form.tsx';
import { SeatingHead } from '../ui/seating-nav.tsx';

export const meta: MetaFunction = () => [{ title: '考场编排 · 执法学堂' }];

export const loader = door('exam.manage', async ({ ctx, params, request }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const search = new URL(request.url).searchParams;
  const withCodes = search.has('codes');
  const outcome = await viewRooms(ctx, params.sitting, { withCodes });
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  const placed = Number(search.get('placed') ?? '');
  return { ...outcome.value, withCodes, placed: Number.isInteger(placed) ? placed : 0 };
});

const refuse = (form: FormData, name: string | null, refusal: string | null, status: number, errors = {}) =>
  data<Posted>({ form: name, values: typedTexts(form), errors, refusal }, { status });

async function save(ctx: ActorCtx, sittingId: string, form: FormData) {
  const submission = parseForm(form, roomForm);
  const name = String(form.get('roomId') ?? 'new');
  if (submission.status !== 'success') return refuse(form, name, null, 422, firstErrors(submission.error));
  const outcome = await saveRoom(ctx, { ...submission.value, sittingId });
  if (outcome.ok) return redirect(`${roomsPath(sittingId)}?notice=saved`);
  const { text, status } = answerFor(outcome, SEATING_REFUSALS);
  return outcome.code === 'IP_RANGE_UNREADABLE'
    ? refuse(form, name, null, status, { ipRanges: text })
    : refuse(form, name, text, status);
}

/** What no form of the page sends: a field that nobody fills in is missing. */
const incomplete = (form: FormData) => refuse(form, null, '表单内容不完整，请刷新页面后重新办理。', 422);

/** Acts without fields of their own. */
async function act(
  ctx: ActorCtx,
  sittingId: string,
  form: FormData,
  run: (input: { sittingId: string; roomId: string }) => Promise<Outcome<unknown, SeatingRefusal>>,
) {
  const read = roomAct.safeParse(Object.fromEntries(form));
  if (!read.success) return incomplete(form);
  const { roomId } = read.data;
  const outcome = await run({ sittingId, roomId });
  if (outcome.ok) return redirect(`${roomsPath(sittingId)}?notice=saved`);
  const { text, status } = answerFor(outcome, SEATING_REFUSALS);
  return refuse(form, null, text, status);
}

async function seat(ctx: ActorCtx, sittingId: string, form: FormData) {
  const read = layOutForm.safeParse(Object.fromEntries(form));
  if (!read.success) return incomplete(form);
  const outcome = await layOut(ctx, { sittingId, commandId: read.data.commandId });
  if (outcome.ok) return redirect(`${roomsPath(sittingId)}?placed=${outcome.value.placed}`);
  const { text, status } = answerFor(outcome, SEATING_REFUSALS);
  return refuse(form, null, text, status);
}

export const action = door('exam.manage', async ({ ctx, params, request }) => {
  const sittingId = params.sitting;
  if (!isId(sittingId)) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const known = intentForm.safeParse(Object.fromEntries(form));
  if (!known.success) throw new Response(null, { status: 400 });
  switch (known.data.intent) {
    case 'room':
      return save(ctx, sittingId, form);
    case 'remove':
      return act(ctx, sittingId, form, (input) => removeRoom(ctx, input));
    case 'code':
      return act(ctx, sittingId, form, (input) => renewCode(ctx, input));
    case 'invigilators': {
      const accountIds = form.getAll('accountId').filter(isId);
      const read = invigilatorsForm.safeParse(Object.fromEntries(form));
      if (!read.success) return incomplete(form);
      const { expectedVersion } = read.data;
      return act(ctx, sittingId, form, (input) =>
        assignInvigilators(ctx, { ...input, accountIds, expectedVersion }),
      );
    }
    case 'lay_out':
      return seat(ctx, sittingId, form);
  }
});

/** Rooms of a sitting, and who still waits for a seat. */
export default function Rooms() {
  const page = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>() ?? null;
  const { sitting, rooms, invigilators, withCodes, placed } = page;
  return (
    <>
      <SeatingHead sitting={sitting} here="rooms" />
      <Refusal text={posted?.refusal ?? null} />
      {placed > 0 && !posted ? (
        <div className="mb-6" role="status">
          <Callout tone="success" title={`已编排 ${placed} 人，准考证号和座位已生成。`} />
        </div>
      ) : null}
      <ChangedCandidates people={page.changed} />
      <LayoutCard page={page} />
      <div className="mb-4 mt-8 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 className="text-xl font-semibold">考场</h2>
        {rooms.length > 0 ? (
          <TextLink to={withCodes ? roomsPath(sitting.id) : '?codes=1'} preventScrollReset>
            {withCodes ? '隐藏开考口令' : '显示开考口令（查看会记入日志）'}
          </TextLink>
        ) : null}
      </div>
      {rooms.length === 0 ? (
        <EmptyState title="还没有考场" text="添加考场后，再编排座位。" />
      ) : (
        <div className="grid items-start gap-4 xl:grid-cols-2">
          {rooms.map((room) => (
            <RoomCard
              key={`${room.id}:${room.version}`}
              sittingId={sitting.id}
              room={room}
              invigilators={invigilators}
              isShowingCodes={withCodes}
              posted={posted}
            />
          ))}
        </div>
      )}
      <Card title="添加考场" className="mt-8 max-w-3xl">
        <RoomForm
          key={page.commandIds.newRoom}
          id="room-new"
          commandId={page.commandIds.newRoom}
          posted={posted?.form === 'new' ? posted : null}
          nextName={`第${rooms.length + 1}考场`}
        />
      </Card>
    </>
  );
}
