import { Card } from '#app/platform/ui/data/card.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { openingSheetsPath } from '../paths.ts';

export interface OpeningSheetCardProps {
  sittingId: string;
  rooms: readonly { readonly id: string; readonly name: string }[];
}

/** 开卷口令单: one sheet a room, to be sealed and to lie with its invigilator. */
export function OpeningSheetCard({ sittingId, rooms }: OpeningSheetCardProps) {
  return (
    <Card title="开卷口令单">
      {/* A download: the page stays, so the form is the browser's own. */}
      <form method="post" action={openingSheetsPath(sittingId)} className="space-y-4">
        <SelectField
          label="考场"
          name="room"
          required
          placeholder={null}
          defaultValue=""
          options={[
            { value: '', label: '全部考场（压缩包）' },
            ...rooms.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <p className="text-sm text-ink-muted">
          试卷启封后，考生入场候考时加密存放在考试机上，开考铃响自动打开。断网打不开的，由监考人员宣布本考场的开卷口令。口令单每考场一张，打印后当即密封；打印记入日志，系统不留存文件。
        </p>
        <button type="submit" className={buttonClass('secondary')}>
          打印开卷口令单
        </button>
      </form>
    </Card>
  );
}
