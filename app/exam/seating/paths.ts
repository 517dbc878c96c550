/** Pages of seating; paths are stable (app/routes.ts). */
const base = (sittingId: string): string => `/bureau/exams/sittings/${sittingId}`;

export const roomsPath = (sittingId: string): string => `${base(sittingId)}/rooms`;
export const planPath = (sittingId: string): string => `${base(sittingId)}/seats`;
export const datePath = (sittingId: string): string => `${base(sittingId)}/date`;
export const settingsPath = (sittingId: string): string => `${base(sittingId)}/settings`;
export const papersPath = (sittingId: string): string => `/bureau/exams/${sittingId}/papers`;

/** The public door of the day, and the page of who came through it. */
export const DOOR_PATH = '/exam-door';
export const SEAT_PATH = '/exam-door/seat';
/** Before 签到: the machine is checked, the room is tried. */
export const DOOR_CHECK_PATH = '/exam-door/check';
