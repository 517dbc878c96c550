import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { Invigilator } from '../assign-invigilators.server.ts';
import { planPath } from '../paths.ts';
import type { Posted } from '../posted.ts';
import type { RoomLine } from '../rooms-view.server.ts';
import { RoomForm } from './room-form.tsx';

export interface RoomCardProps {
  readonly sittingId: string;
  readonly room: RoomLine;
  readonly invigilators: readonly Invigilator[];
  readonly isShowingCodes: boolean;
  readonly posted: Posted | null;
}

/** One room: facts first, what can be changed folded below. */
export function RoomCard({ sittingId, room, invigilators, isShowingCodes, posted }: RoomCardProps) {
  const isRefused = posted?.form === room.id;
  return (
    <Card
      title={room.name}
      action={<TextLink to={`${planPath(sittingId)}?room=${room.id}`}>座次表</TextLink>}
    >
      <DefinitionList
        columns={2}
        items={[
          { term: '地点', value: room.place },
          {
            term: '座位',
            value: `${room.rows} 排 × ${room.columns} 列，已编排 ${formatCount(room.seatedCount)} 人`,
          },
          { term: '监考人员', value: room.invigilators.map(({ name }) => name).join('、') || '未安排' },
          { term: '网络地址', value: room.ipRanges.join('、') || '按场次规定' },
          ...(isShowingCodes
            ? [
                {
                  term: '开考口令',
                  value: (
                    <strong className="text-lg tabular-nums tracking-widest">{room.code || '未生成'}</strong>
                  ),
                },
              ]
            : []),
        ]}
      />
      <details className="mt-4 border-t border-line pt-3" open={isRefused || undefined}>
        <summary className="cursor-pointer text-accent">修改考场</summary>
        <div className="mt-4 space-y-8">
          <RoomForm
            id={`room-${room.no}`}
            commandId={room.commandIds.room}
            room={room}
            posted={isRefused ? posted : null}
          />
          <Invigilators room={room} known={invigilators} />
          <Acts room={room} />
        </div>
      </details>
    </Card>
  );
}

function Invigilators({ room, known }: { room: RoomLine; known: readonly Invigilator[] }) {
  if (known.length === 0)
    return <p className="text-sm text-ink-muted">本地区还没有监考人员，请先在账号管理中授予监考人员角色。</p>;
  return (
    <FormShell
      id={`room-${room.no}-people`}
      commandId={room.commandIds.people}
      expectedVersion={room.version}
    >
      <input type="hidden" name="intent" value="invigilators" />
      <input type="hidden" name="roomId" value={room.id} />
      <fieldset>
        <legend className="mb-1 font-semibold">监考人员</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {known.map(({ accountId, name }) => (
            <label key={accountId} className="flex cursor-pointer gap-3">
              <input
                type="checkbox"
                className="tick mt-[0.21875rem]"
                name="accountId"
                value={accountId}
                defaultChecked={room.invigilatorIds.includes(accountId)}
              />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
      <SubmitButton tone="secondary">保存监考安排</SubmitButton>
    </FormShell>
  );
}

function Acts({ room }: { room: RoomLine }) {
  return (
    <div className="flex flex-wrap items-start gap-4">
      <FormShell id={`room-${room.no}-code`} commandId={room.commandIds.code} className="space-y-0">
        <input type="hidden" name="intent" value="code" />
        <input type="hidden" name="roomId" value={room.id} />
        <SubmitButton tone="secondary" size="small">
          换一个开考口令
        </SubmitButton>
      </FormShell>
      {room.seatedCount === 0 ? (
        <FormShell id={`room-${room.no}-remove`} commandId={room.commandIds.remove} className="space-y-0">
          <input type="hidden" name="intent" value="remove" />
          <input type="hidden" name="roomId" value={room.id} />
          <SubmitButton tone="danger" size="small">
            删除该考场
          </SubmitButton>
        </FormShell>
      ) : null}
    </div>
  );
}
