/**
 * SQL that is true where a home (`person_unit_link`, by its alias) begins on the day of an imported roster: such a file says
 * who was there on that day, not since when. Nobody becomes a newcomer by it, or the first import of a place would make
 * newcomers of all its officers. For the standings of this room and for the figures of reporting: one text for both.
 */
export function beginUnknownSql(alias: string): string {
  return `case when ${alias}.source_kind = 'roster_import' then exists (
    select 1 from import_run run where run.id = ${alias}.source_id::uuid
      and run.scope ->> 'asOfDay' = ${alias}.valid_from::text) else false end`;
}
