/**
 * SQL condition on a registration `r`: expected at its sitting (应考). Whoever was granted 缓考 after the last entry had been
 * expected, and the lists of that day go on naming them; whoever left before had not.
 */
export const WAS_EXPECTED = `(r.status = 'approved' or (r.status = 'deferred' and exists (
  select from registration_event e join exam_sitting held on held.id = r.sitting_id
  where e.registration_id = r.id and e.kind = 'deferred' and e.occurred_at >= held.latest_entry_at)))`;
