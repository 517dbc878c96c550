import { useMemo } from 'react';
import type { RoomView } from '../attempt-view.server.ts';
import type { ExamRoomProps } from './exam-room.tsx';
import { ExamRoom } from './exam-room.tsx';
import { ROOM_BODY_HOLE, ROOM_TEXT_HOLE } from './room-hole.ts';

export interface RoomOfTextProps extends Omit<ExamRoomProps, 'room'> {
  /** a `RoomView` as JSON: one value for the page's data instead of two thousand */
  text: string;
}

/** The exam room from the text that came with the page. */
export function RoomOfText({ text, ...rest }: RoomOfTextProps) {
  return text === ROOM_TEXT_HOLE ? ROOM_BODY_HOLE : <ParsedRoom text={text} {...rest} />;
}

function ParsedRoom({ text, ...rest }: RoomOfTextProps) {
  // The server wrote it from this very type.
  const room = useMemo(() => JSON.parse(text) as RoomView, [text]);
  return <ExamRoom room={room} {...rest} />;
}
