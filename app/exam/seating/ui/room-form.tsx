import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { Posted } from '../posted.ts';

export interface RoomFormProps {
  readonly id: string;
  readonly commandId: string;
  /** Absent for a new room. */
  readonly room?:
    | {
        readonly id: string;
        readonly version: number;
        readonly name: string;
        readonly place: string;
        readonly rows: number;
        readonly columns: number;
        readonly ipRanges: readonly string[];
      }
    | undefined;
  /** What was refused, when it was this form. */
  readonly posted: Posted | null;
  readonly nextName?: string | undefined;
}

/** A room: what it is called, where it lies, its desks, and the networks its machines stand in. */
export function RoomForm({ id, commandId, room, posted, nextName = '' }: RoomFormProps) {
  const typed = posted?.values ?? null;
  const errors = posted?.errors ?? {};
  return (
    <FormShell id={id} commandId={commandId} expectedVersion={room?.version}>
      <input type="hidden" name="intent" value="room" />
      {room ? <input type="hidden" name="roomId" value={room.id} /> : null}
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <TextField
          label="考场名称"
          name="name"
          required
          defaultValue={typed?.name ?? room?.name ?? nextName}
          error={errors.name}
        />
        <TextField
          label="地点"
          name="place"
          required
          defaultValue={typed?.place ?? room?.place}
          error={errors.place}
        />
        <TextField
          label="排数"
          name="rows"
          required
          width="short"
          inputMode="numeric"
          unit="排"
          hint="前后各一张桌为一排"
          defaultValue={typed?.rows ?? room?.rows}
          error={errors.rows}
        />
        <TextField
          label="列数"
          name="columns"
          required
          width="short"
          inputMode="numeric"
          unit="列"
          hint="每排的座位数"
          defaultValue={typed?.columns ?? room?.columns}
          error={errors.columns}
        />
      </div>
      <TextArea
        label="考场网络地址"
        name="ipRanges"
        rows={2}
        hint="只有这些地址的电脑可以签到、开考；一行一个，如 10.1.2.0/24。不填则按场次的规定。"
        defaultValue={typed?.ipRanges ?? room?.ipRanges.join('\n')}
        error={errors.ipRanges}
      />
      <SubmitButton tone={room ? 'secondary' : 'primary'}>{room ? '保存考场' : '添加考场'}</SubmitButton>
    </FormShell>
  );
}
