/** How one candidate of the demo's running sitting stands when the city opens. Minutes count back from the seed. */
export type SeatStory =
  | { readonly kind: 'absent' }
  | { readonly kind: 'admitted' }
  | {
      readonly kind: 'sitting';
      readonly startedAgo: number;
      readonly answered: number;
      /** The device has said nothing for so long; 0: it is there. */
      readonly silentFor: number;
      readonly then?: SeatTurn | undefined;
    };

/** What happened to a candidate besides answering. */
export type SeatTurn =
  | 'took_over'
  | 'left_page'
  | 'paused_alone'
  | 'handed_in'
  | 'ended'
  | 'extended'
  | 'released'
  | 'void_proposed';

export interface RoomStory {
  readonly name: string;
  readonly place: string;
  readonly rows: number;
  readonly columns: number;
  /** The whole room rests, since so many minutes; null: it does not. */
  readonly pausedAgo: number | null;
  readonly seats: readonly SeatStory[];
}

const sits = (
  startedAgo: number,
  answered: number,
  more: { silentFor?: number; then?: SeatTurn } = {},
): SeatStory => ({
  kind: 'sitting',
  startedAgo,
  answered,
  silentFor: more.silentFor ?? 0,
  then: more.then,
});

/** Fourteen who simply work, then one of everything an invigilator meets. */
const FIRST_ROOM: readonly SeatStory[] = [
  ...[41, 36, 52, 28, 47, 33, 60, 25, 44, 38, 19, 55, 31, 49].map((answered, index) =>
    sits(38 - (index % 7), answered),
  ),
  sits(37, 22, { silentFor: 6 }),
  sits(36, 30, { silentFor: 3 }),
  sits(38, 27, { then: 'took_over' }),
  sits(37, 40, { then: 'left_page' }),
  sits(36, 18, { then: 'paused_alone' }),
  sits(38, 80, { then: 'handed_in' }),
  sits(35, 12, { then: 'ended' }),
  sits(33, 24, { then: 'extended' }),
  { kind: 'admitted' },
  { kind: 'absent' },
];

const SECOND_ROOM: readonly SeatStory[] = [
  ...[35, 42, 29, 51, 23, 46, 37, 32].map((answered, index) => sits(38 - (index % 4), answered)),
  sits(37, 26, { then: 'released' }),
  sits(36, 34, { then: 'void_proposed' }),
  { kind: 'absent' },
  { kind: 'absent' },
];

export const RUNNING_ROOMS: readonly RoomStory[] = [
  { name: '第1考场', place: '市行政中心三楼机房', rows: 4, columns: 6, pausedAgo: null, seats: FIRST_ROOM },
  { name: '第2考场', place: '市行政中心四楼机房', rows: 3, columns: 4, pausedAgo: 4, seats: SECOND_ROOM },
];

/** Seats of both rooms. */
export const RUNNING_SEATS = RUNNING_ROOMS.reduce((sum, room) => sum + room.seats.length, 0);
