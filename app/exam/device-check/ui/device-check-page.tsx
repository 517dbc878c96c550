import { formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import type { DeviceCheckView } from '../check-view.server.ts';
import { DEVICE_WORDS } from '../device-words.ts';
import { CheckPanel } from './check-panel.tsx';
import { FindingList } from './finding-list.tsx';

type Seat = DeviceCheckView['seats'][number];

const seatText = ({ roomName, seatNo }: Seat): string =>
  roomName === null || seatNo === null ? '' : `${roomName} ${seatNo} 号`;

/** The day before the exam: is this machine fit, and has one tried the room? */
export function DeviceCheckPage({ view, probeId }: { view: DeviceCheckView; probeId: string }) {
  return (
    <>
      <PageHead
        title="考试设备检测"
        breadcrumb={[{ label: '考试', to: '/exams' }]}
        meta="考前一天在要用的设备上检测，并演练一次。"
      />
      <div className="grid gap-6">
        {view.seats.length > 0 ? <Ahead seats={view.seats} /> : null}
        <CheckCards view={view} probeId={probeId} />
      </div>
    </>
  );
}

/** What a check consists of, wherever it is made from: measure, rehearse, and what was found last. */
export function CheckCards({ view, probeId }: { view: DeviceCheckView; probeId: string }) {
  const seat = view.seats.find(({ roomName }) => roomName !== null);
  return (
    <>
      <CheckPanel commandId={view.commandId} probeId={probeId} seat={seat ? seatText(seat) : ''} />
      <Rehearsal registrationId={view.registrationId} rehearsedAt={view.rehearsedAt} />
      {view.last ? <LastCheck last={view.last} /> : null}
    </>
  );
}

function Ahead({ seats }: { seats: readonly Seat[] }) {
  return (
    <Card title="待考场次">
      <ul className="grid gap-2">
        {seats.map((seat) => (
          <li key={seat.registrationId} className="flex flex-wrap gap-x-6">
            <span className="font-semibold">{seat.title}</span>
            <span className="tabular-nums">{`${formatInstant(seat.opensAt)} 开始`}</span>
            {seatText(seat) === '' ? null : <span>{seatText(seat)}</span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Rehearsal({ registrationId, rehearsedAt }: Pick<DeviceCheckView, 'registrationId' | 'rehearsedAt'>) {
  const isAlive = useHydrated();
  const search = new URLSearchParams({ view: isAlive ? 'one' : 'paper' });
  if (registrationId !== null) search.set('registration', registrationId);
  return (
    <Card title="演练">
      <p className="mb-4 max-w-measure">
        用真实的考试页面作答 6 道练习题，限时 15
        分钟，不计成绩，不保存作答内容。可以拔掉网线、刷新页面试一试，最后交卷。
      </p>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <LinkButton to={`/attempts/rehearsal?${search.toString()}`} reloadDocument tone="primary">
          {rehearsedAt ? '再演练一次' : '进入演练'}
        </LinkButton>
        <p className="tabular-nums">
          {rehearsedAt ? `最近一次完成：${formatInstant(rehearsedAt)}` : '尚未完成演练。'}
        </p>
      </div>
    </Card>
  );
}

function LastCheck({ last }: { last: NonNullable<DeviceCheckView['last']> }) {
  const { label, shape, tone } = DEVICE_WORDS[last.verdict];
  return (
    <Card
      title="最近一次检测"
      action={
        <StateBadge shape={shape} tone={tone}>
          {label}
        </StateBadge>
      }
      footer={
        <span className="tabular-nums">
          {`${formatInstant(last.occurredAt)}${last.seatLabel === null ? '' : `，${last.seatLabel}`}`}
        </span>
      }
    >
      <FindingList findings={last.findings} />
    </Card>
  );
}
