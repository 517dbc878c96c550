import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { DOOR_PATH } from '../../seating/paths.ts';
import type { AttemptClient } from '../client/attempt-client.ts';
import type { AttemptSnapshot } from '../client/state.ts';
import type { RoomView } from '../attempt-view.server.ts';
import { SaveToFile } from './save-to-file.tsx';

/** After so many requests without an answer (about half a minute) the file is offered. */
const OFFER_FILE_FAILURES = 5;

export interface RoomNoticesProps {
  room: RoomView;
  client: AttemptClient | null;
  snapshot: AttemptSnapshot;
  isOver: boolean;
  isPaused: boolean;
  refusal: string | null;
}

/** What the candidate has to know before going on. A network that fails is told in the head, where nothing moves. */
export function RoomNotices({ room, client, snapshot, isOver, isPaused, refusal }: RoomNoticesProps) {
  const isCutOff = snapshot.failures >= OFFER_FILE_FAILURES && snapshot.pendingCount > 0;
  return (
    <div className="grid gap-4 empty:hidden [&:not(:empty)]:mb-6">
      {refusal ? <Callout tone="warning" title={refusal} /> : null}
      {snapshot.phase === 'replaced' ? (
        <Callout
          tone="warning"
          title="本次考试已转到另一台设备或另一个页面上作答"
          action={
            <button type="button" className={buttonClass()} onClick={() => location.reload()}>
              刷新本页
            </button>
          }
        >
          本页只能查看。此前的作答已送交服务器留存。
        </Callout>
      ) : null}
      {snapshot.phase === 'not_found' ? (
        <Callout tone="danger" title="当前登录的账号与本次考试不符">
          请用参加考试的账号重新登录后刷新本页，本机暂存的作答不会丢失。
        </Callout>
      ) : null}
      {client && isCutOff ? <SaveToFile room={room} client={client} isOver={isOver} /> : null}
      {isOver && !isPaused && snapshot.phase === 'open' && !isCutOff ? (
        <Callout tone="info" title="考试时间已到，正在自动交卷">
          请稍候，不要关闭页面。评分完成后自动转到成绩页。
        </Callout>
      ) : null}
      {snapshot.connection === 'signed_out' ? <SignedOut isByTicket={room.isByTicket} /> : null}
    </div>
  );
}

/** Who has come with a ticket has no password: the way back in is the way in. */
function SignedOut({ isByTicket }: { isByTicket: boolean }) {
  const word = isByTicket ? '签到' : '登录';
  return (
    <Callout
      tone="warning"
      title={`${word}已失效`}
      action={
        <a
          href={isByTicket ? DOOR_PATH : '/login'}
          target="_blank"
          rel="noreferrer"
          className={buttonClass()}
        >
          {isByTicket ? '在新窗口凭准考证重新签到' : '在新窗口登录'}
        </a>
      }
    >
      {`${word}后回到本页即可继续，作答暂存在本机，${word}后自动保存。`}
    </Callout>
  );
}
