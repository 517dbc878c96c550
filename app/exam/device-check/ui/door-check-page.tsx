import { formatInstant, formatRange } from '#app/platform/time/day.ts';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { ToastRegion } from '#app/platform/ui/feedback/toast.tsx';
import { CandidateFrame } from '#app/platform/ui/frames/candidate-frame.tsx';
import { forgetPages } from '#app/platform/ui/frames/forget-pages.ts';
import { DOOR_PATH, SEAT_PATH } from '../../seating/paths.ts';
import type { DoorCheckView } from '../door-check-view.server.ts';
import { CheckCards } from './device-check-page.tsx';

/** Who came with the ticket before 签到: when it begins, whether this machine will do, and the room to try. */
export function DoorCheckPage({ view, probeId }: { view: DoorCheckView; probeId: string }) {
  const { check, title, personName, seat, isInRooms, signInFrom, opensAt, hardEndAt } = view;
  return (
    <CandidateFrame title={title} name={personName} head={seat ? `${seat.room} ${seat.seatNo} 号座位` : null}>
      <div className="mx-auto grid max-w-3xl gap-6 py-4 lg:py-8">
        <h2 className="text-2xl font-semibold">考试设备检测</h2>
        <Callout tone="info" title={`未到签到时间，${formatInstant(signInFrom)} 起可以签到`}>
          <p>现在可以检测本机、演练一次。到时须重新输入准考证号和身份证号签到，检测和演练不算签到。</p>
          <p className="mt-2">
            <a href={DOOR_PATH} className="text-accent underline underline-offset-4">
              到时间后，点此签到
            </a>
          </p>
        </Callout>
        <NetworkNote network={view.network} isInRooms={isInRooms} />
        <DefinitionList
          columns={2}
          items={[
            { term: '考试时间', value: formatRange(opensAt, hardEndAt) },
            { term: '考场座位', value: seatText(view) },
          ]}
        />
        <CheckCards view={check} probeId={probeId} />
        <form
          method="post"
          action={SEAT_PATH}
          className="border-t border-line pt-4"
          onSubmit={() => void forgetPages()}
        >
          <p className="mb-3 text-sm text-ink-muted">检测完毕，离开座位前请点“退出”。</p>
          <button type="submit" className={buttonClass('secondary')}>
            退出
          </button>
        </form>
      </div>
      <ToastRegion />
    </CandidateFrame>
  );
}

function seatText({ seat, isInRooms }: DoorCheckView): string {
  if (!isInRooms) return '远程考试';
  return seat ? `${seat.room}（${seat.place}）${seat.seatNo} 号` : '尚未编排';
}

/** Said where the bureau has named networks: the door of the day opens inside them only. */
function NetworkNote({ network, isInRooms }: Pick<DoorCheckView, 'network' | 'isInRooms'>) {
  const which = isInRooms ? '考场网络' : '本场考试规定的网络';
  switch (network) {
    case 'any':
      return null;
    case 'inside':
      return <Callout tone="success" title={`本机在${which}内，考试当日可以在此签到`} />;
    case 'outside':
      return (
        <Callout tone="warning" title={`本机不在${which}内，考试当日不能在此签到`}>
          {isInRooms
            ? '在考场检测仍出现本提示的，请告知考试主管单位。'
            : '请改用规定的网络再检测一次；仍出现本提示的，请告知考试主管单位。'}
        </Callout>
      );
  }
}
