import type { MetaFunction, ShouldRevalidateFunctionArgs } from '@remix-run/react';
import { data } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatRange, formatTime } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { handleAct } from '../act-action.server.ts';
import { ROOM_TARGET, WHOLE_SITTING_END, chosenEnd } from '../act-target.ts';
import { readTileFilter, viewBoard } from '../board-view.server.ts';
import { ActAnswerBox } from '../ui/act-answer.tsx';
import { ActPanel } from '../ui/act-panel.tsx';
import { BoardActions } from '../ui/board-actions.tsx';
import { BoardFilter, ConditionFigures, PausedRooms } from '../ui/board-head.tsx';
import { SeatGrid } from '../ui/seat-grid.tsx';
import { useBoard } from '../ui/use-board.ts';
import { useChosen } from '../ui/use-chosen.ts';
import { WallBoard } from '../ui/wall-board.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `监考：${page?.sitting.title ?? ''} · 执法学堂` },
];

/** A refused act leaves the page as it is; everything else shows the board anew. */
export const shouldRevalidate = ({
  actionStatus,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs): boolean =>
  actionStatus !== undefined && actionStatus >= 400 ? false : defaultShouldRevalidate;

export const loader = door('exam.invigilate', async ({ ctx, params, request }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const { search, searchParams } = new URL(request.url);
  const filter = readTileFilter(searchParams);
  const page = await viewBoard(ctx, params.sitting, filter);
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  const isWall = searchParams.get('wall') === 'on';
  return { ...page.value, filter, search, isWall, commandId: newId() };
});

export const action = door('exam.invigilate', async ({ ctx, params, request }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const answer = await handleAct(ctx, params.sitting, await request.formData());
  return data(answer, { status: answer.status });
});

const FORM_ID = 'act';

/** The invigilator's one page: who needs a look first, and what can be done about it. */
export default function InvigilationBoard() {
  const {
    sitting,
    isBureau,
    board: first,
    filter,
    search,
    isWall,
    commandId,
  } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? null;
  const live = useBoard(first, `/invigilate/${sitting.id}/board${search}`);
  const { board, isStale } = live;
  const refused = answer?.kind === 'refused' ? answer : null;
  const [chosen, setChosen] = useChosen(commandId, refused?.typed.ids);
  if (isWall) return <WallBoard live={live} sitting={sitting} filter={filter} />;
  // Who is ticked and has left the board since, by the filter, is not sent.
  const ticked = board.tiles.filter(({ registrationId }) => chosen.has(registrationId)).length;
  const targets = [
    {
      value: 'people',
      label: ticked > 0 ? `已勾选的 ${ticked} 名考生` : '勾选的考生',
      endWord: chosenEnd(ticked) ?? undefined,
    },
    ...board.rooms.map((room) => ({
      value: `${ROOM_TARGET}${room.id}`,
      label: `${room.name}全体`,
      endWord: room.name,
    })),
    ...(isBureau ? [{ value: 'sitting', label: '全场考生', endWord: WHOLE_SITTING_END }] : []),
  ];
  return (
    <>
      <PageHead
        title={sitting.title}
        breadcrumb={[{ label: '监考', to: '/invigilate' }]}
        meta={
          <span className="tabular-nums">
            {`${formatRange(sitting.opensAt, sitting.hardEndAt)} · `}
            <span role="status">
              {isStale
                ? `连接中断，停在 ${formatTime(new Date(board.nowMs))}，正在重连`
                : `${formatTime(new Date(board.nowMs))} 的情况`}
            </span>
          </span>
        }
        action={<BoardActions sittingId={sitting.id} roomId={filter.roomId} />}
      />
      <PausedRooms board={board} />
      <ActAnswerBox answer={answer} />
      <ConditionFigures board={board} filter={filter} />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_19rem]">
        <section aria-label="考生座位">
          <BoardFilter key={search} board={board} filter={filter} />
          {board.tiles.length === 0 ? (
            <EmptyState
              title="没有符合条件的考生"
              text="可以换一个状态或考场再看。"
              action={<LinkButton to={`/invigilate/${sitting.id}`}>查看全部考生</LinkButton>}
            />
          ) : (
            <SeatGrid
              key={commandId}
              board={board}
              sittingId={sitting.id}
              formId={FORM_ID}
              chosen={chosen}
              onChoose={setChosen}
            />
          )}
        </section>
        <Card title="办理" className="xl:sticky xl:top-4">
          <ActPanel
            key={commandId}
            formId={FORM_ID}
            commandId={commandId}
            targets={targets}
            typed={refused?.typed ?? {}}
            errors={refused?.errors ?? {}}
          />
        </Card>
      </div>
      {ticked > 0 ? (
        <p className="no-print sticky bottom-2 z-head mt-4 rounded-md border border-accent bg-surface-raised px-4 py-2 xl:hidden">
          {`已勾选 ${ticked} 人。`}
          <a href={`#${FORM_ID}`} className="ml-2 text-accent underline">
            去办理
          </a>
        </p>
      ) : null}
    </>
  );
}
