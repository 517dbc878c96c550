/**
 * The page of a room nobody sits in: rendered once, and kept as the frame of all rooms (`room-page.server.tsx`). In its
 * data stands the first of these texts, in its body the second.
 */
export const ROOM_TEXT_HOLE = 'the-text-of-the-room';
export const ROOM_BODY_HOLE = 'the-body-of-the-room';
