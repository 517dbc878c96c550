/** Whom an act is meant for. A room may be resumed alone: then only those whom the room's own pause has stopped. */
export type Target =
  | { readonly kind: 'people'; readonly registrationIds: readonly string[] }
  | { readonly kind: 'room'; readonly roomId: string }
  | { readonly kind: 'sitting' };

/** How the form of an act names a room: this and the room's id. */
export const ROOM_TARGET = 'room:';
