import { Card } from '#app/platform/ui/data/card.tsx';
import { Stat } from '#app/platform/ui/data/stat.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { RoomsPage } from '../rooms-view.server.ts';

/** How far seating has come, and the one button that goes on with it. */
export function LayoutCard({ page }: { page: RoomsPage }) {
  const { seatCount, seatedCount, waitingCount, neighbourPairs, rooms } = page;
  const free = seatCount - seatedCount;
  return (
    <Card title="座位编排">
      <div className="grid grid-cols-2 gap-x-8 gap-y-4 lg:grid-cols-4">
        <Stat label="待编排" value={formatCount(waitingCount)} unit="人" detail="报名审核已通过" />
        <Stat label="已编排" value={formatCount(seatedCount)} unit="人" />
        <Stat
          label="空座"
          value={formatCount(free)}
          unit="个"
          detail={`共 ${rooms.length} 个考场 ${formatCount(seatCount)} 座`}
        />
        <Stat
          label="同单位相邻"
          value={formatCount(neighbourPairs)}
          unit="对"
          tone={neighbourPairs > 0 ? 'caution' : 'neutral'}
          detail="前后左右同单位的人"
        />
      </div>
      {page.watchingNames === '' ? null : (
        <div className="mt-5">
          <Callout
            tone="warning"
            title={`${page.watchingNames}是本场监考人员，不编排到本场。请先更换监考人员，或编排到其他场次。`}
          />
        </div>
      )}
      <NextStep page={page} free={free} />
    </Card>
  );
}

function NextStep({ page, free }: { page: RoomsPage; free: number }) {
  const { waitingCount, rooms, commandIds, seatedCount } = page;
  if (waitingCount === 0)
    return (
      <p className="mt-5 text-sm text-ink-muted">
        {seatedCount > 0
          ? '审核通过的考生均已编排。补报的考生审核通过后，可再次编排，已编排的座位不变。'
          : '没有待编排的考生。'}
      </p>
    );
  if (rooms.length === 0 || free <= 0)
    return (
      <p className="mt-5 text-sm">
        {rooms.length === 0 ? '请先在下面添加考场。' : '座位已满，请先添加考场。'}
      </p>
    );
  const count = Math.min(waitingCount, free);
  return (
    <FormShell id="lay-out" commandId={commandIds.layOut} className="mt-5">
      <input type="hidden" name="intent" value="lay_out" />
      <p className="text-sm text-ink-muted">
        {`同单位的人尽量不相邻，座位随机；已编排的人不动。${count < waitingCount ? `空座只够 ${count} 人，按报名先后编排。` : ''}`}
      </p>
      <SubmitButton tone="primary" busyText="正在编排…">
        {`编排 ${formatCount(count)} 人`}
      </SubmitButton>
    </FormShell>
  );
}
