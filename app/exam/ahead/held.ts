/**
 * SQL over attempt `a` and its sitting `s`: a common bell has not rung for this candidate yet, because the room rests since
 * before it. Nobody sees the paper until the exam goes on: neither page nor key is given out (`README.md`).
 */
export const IS_HELD_SQL = `(s.start_mode = 'bell' and a.started_at = s.opens_at
  and coalesce(a.paused_at <= a.started_at, false))`;
