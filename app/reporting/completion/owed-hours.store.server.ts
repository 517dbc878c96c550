import { beginUnknownSql } from '#app/training/target/begin-unknown.ts';

/**
 * What an officer owes in a year, set-based: parts of the query in `completion.store.server.ts`. The rule itself is
 * `training/target/year-target.ts`; random careers compare the two (test). $6 day, $7 K, $8 year; `l` the home of the day,
 * `s` its unit with the values of its region, `k` whether the field is a key field.
 */

/** A place as known now, or at K. What is recorded by now is known now; the clock that stamps rows is the database's, so
 *  it is not compared with ours. */
export function linkKnownSql(alias: string, isNow: boolean): string {
  return isNow
    ? `${alias}.superseded_at is null and $7::timestamptz is not null`
    : `${alias}.recorded_at <= $7 and (${alias}.superseded_at is null or ${alias}.superseded_at > $7)`;
}

/** `exempted`: months taken off the year of each person who has an approved exemption, and whether one is 免训. */
export function exemptedSql(isNow: boolean): string {
  const known = isNow
    ? 'x.superseded_at is null'
    : 'x.recorded_at <= $7 and (x.superseded_at is null or x.superseded_at > $7)';
  return `exempted as (
      select x.person_id, least(sum(x.months), 12)::int as months, bool_or(x.effect = 'exempt') as is_exempt
      from exemption x where x.year = $8::int and ${known} group by x.person_id),`;
}

const YEAR_BEGINS = `make_date($8::int, 1, 1)`;

/** Other homes of a person whose home of the day began within the year; for all others nothing is looked up. */
const otherHomes = (isNow: boolean): string =>
  `person_unit_link e where l.valid_from >= ${YEAR_BEGINS} and e.person_id = l.person_id and e.kind = 'home'
       and e.valid_from <= $6::date and ${linkKnownSql('e', isNow)}`;

/**
 * Joins that add `x` (exemptions), `months` (those that count and those taken off) and `owed_hours` (target of the year
 * and of the key field, cut to whole seconds). A home that began before the year says by itself that nobody is a newcomer
 * and that no field was changed, which is why this costs nearly nothing.
 */
export function owedHoursSql(isNow: boolean): string {
  return `
      left join lateral (
        select e.valid_from as day, ${beginUnknownSql('e')} as is_unknown from ${otherHomes(isNow)}
          and s.pro_rata order by e.valid_from limit 1) entered on true
      left join lateral (
        select max(e.valid_to) as day from ${otherHomes(isNow)} and s.key_pro_rata and k.is_key
          and e.valid_to between ${YEAR_BEGINS} and $6::date
          and not coalesce(e.field_code = any(string_to_array(s.key_fields, ',')), false)) key_since on true
      left join exempted x on x.person_id = l.person_id
      cross join lateral (
        select case when entered.day >= ${YEAR_BEGINS} and not entered.is_unknown
            then 13 - extract(month from entered.day)::int else 12 end as base,
          case when key_since.day is null then 12 else 13 - extract(month from key_since.day)::int end as in_key_field,
          coalesce(x.months, 0) as exempted) months
      cross join lateral (
        select s.yearly * greatest(months.base - months.exempted, 0) / 12 as yearly,
          case when k.is_key
            then s.key_target * greatest(least(months.base, months.in_key_field) - months.exempted, 0) / 12
            else 0 end as key_field) owed_hours`;
}
