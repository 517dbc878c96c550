import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { wallPath } from './wall-board.tsx';

/** The other pages of the day. */
export function BoardActions({ sittingId, roomId }: { sittingId: string; roomId: string | null }) {
  return (
    <>
      <LinkButton to={wallPath(sittingId, roomId)}>大屏显示</LinkButton>
      <LinkButton to={`/invigilate/${sittingId}/codes`}>开考口令</LinkButton>
      <LinkButton to={`/invigilate/${sittingId}/devices`}>设备检测</LinkButton>
      <LinkButton to={`/invigilate/${sittingId}/incidents`}>考场记录</LinkButton>
    </>
  );
}
