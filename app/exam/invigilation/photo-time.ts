/**
 * How long who only watches a room may still open photos, in days after the hard end. This product's proposal: time enough
 * for records and voids of the day. Who may open what goes no further than the purpose (个人信息保护法 第六条) and is a matter of
 * reasonable 操作权限 (第五十一条第（四）项).
 */
const DAYS_AFTER_HARD_END = 7;
const DAY_MS = 86_400_000;

/** Whether the time for photos is over for who only watches a room; the last instant still counts. The bureau has no limit. */
export const isPhotoTimeOver = (hardEndAt: Date, now: Date): boolean =>
  now.getTime() - hardEndAt.getTime() > DAYS_AFTER_HARD_END * DAY_MS;
