-- Required courses may be meant for a role. Stored completion figures therefore no longer hold for the units of a person
-- whose roles change, or whose account becomes another person's.
create function mark_units_of_accounts() returns trigger language plpgsql as $$
begin
  insert into unit_completion_mark (unit_id)
  select distinct l.unit_id from changed c
  join account a on a.id = c.account_id
  join person_unit_link l on l.person_id = a.person_id
  where l.kind = 'home' and l.superseded_at is null on conflict do nothing;
  return null;
end $$;

create function mark_units_of_account_holders() returns trigger language plpgsql as $$
begin
  insert into unit_completion_mark (unit_id)
  select distinct l.unit_id from person_unit_link l
  where l.person_id in (old.person_id, new.person_id) and l.kind = 'home' and l.superseded_at is null
  on conflict do nothing;
  return null;
end $$;

create trigger unit_completion_mark_insert after insert on role_grant referencing new table as changed for each statement execute function mark_units_of_accounts();
create trigger unit_completion_mark_update after update on role_grant referencing new table as changed for each statement execute function mark_units_of_accounts();
create trigger unit_completion_mark_holder after update of person_id on account for each row when (old.person_id is distinct from new.person_id) execute function mark_units_of_account_holders();
