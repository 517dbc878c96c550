/**
 * How long who only watches a room may still open photos, in days after the hard end. This product's proposal: time enough
 * for records and voids of the day; 个人信息保护法 Art. 6 and 19 ask for no more than the purpose needs.
 */
const DAYS_AFTER_HARD_END = 7;
const DAY_MS = 86_400_000;

/** Whether the time for photos is over for who only watches a room; the last instant still counts. The bureau has no limit. */
export const isPhotoTimeOver = (hardEndAt: Date, now: Date): boolean =>
  now.getTime() - hardEndAt.getTime() > DAYS_AFTER_HARD_END * DAY_MS;
