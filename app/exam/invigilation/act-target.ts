/** Whom an act is meant for. A room may be resumed alone: then only those whom the room's own pause has stopped. */
export type Target =
  | { readonly kind: 'people'; readonly registrationIds: readonly string[] }
  | { readonly kind: 'room'; readonly roomId: string }
  | { readonly kind: 'sitting' };

/** How the form of an act names a room: this and the room's id. */
export const ROOM_TARGET = 'room:';

/**
 * What has to be written out before several are ended at once, which nobody can take back: how many of the ticked, the
 * room's name, or 全场结束. Null where one candidate is ended.
 */
export function endConfirmation(
  target: Target,
  rooms: readonly { readonly id: string; readonly name: string }[],
): string | null {
  switch (target.kind) {
    case 'people':
      return chosenEnd(new Set(target.registrationIds).size);
    case 'room':
      return rooms.find((room) => room.id === target.roomId)?.name ?? null;
    case 'sitting':
      return WHOLE_SITTING_END;
  }
}

/** Written out to end ticked candidates together; null for one alone, or none. */
export const chosenEnd = (count: number): string | null => (count > 1 ? `结束${count}人` : null);

/** Written out to end the whole sitting. */
export const WHOLE_SITTING_END = '全场结束';
