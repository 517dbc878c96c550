-- 三员分立 (domain.md §9.1): nobody holds two of the three administrators' roles at a time, nor one beside a business
-- role, through however many accounts. An administrator's right locks the person's accounts against rights that come at
-- the same moment: every new right holds its account by its foreign key.
create function role_grant_administrators_apart() returns trigger language plpgsql as $$
declare
  is_admin boolean := new.role in ('system_admin', 'security_admin', 'audit_admin');
begin
  if new.superseded_at is not null then
    return null;
  end if;
  if is_admin then
    perform 1 from account a
      where a.id = new.account_id
        or a.person_id = (select o.person_id from account o where o.id = new.account_id)
      order by a.id for update;
  end if;
  if exists (
    select 1 from account o
      join account a on a.id = o.id or a.person_id = o.person_id
      join role_grant g on g.account_id = a.id
    where o.id = new.account_id and g.id <> new.id and g.superseded_at is null and g.role <> new.role
      and (is_admin or g.role in ('system_admin', 'security_admin', 'audit_admin'))
      and (g.valid_to is null or g.valid_to > new.valid_from)
      and (new.valid_to is null or new.valid_to > g.valid_from)
  ) then
    raise exception 'an administrator holds no other role' using errcode = '23514',
      constraint = 'role_grant_administrators_apart';
  end if;
  return null;
end $$;

-- Its name comes after those of the foreign keys' triggers, which run first.
create trigger role_grant_administrators_apart after insert on role_grant
  for each row execute function role_grant_administrators_apart();

-- Nobody gives rights to the own account.
alter table role_grant add constraint role_grant_not_to_oneself check (granted_by is null or granted_by <> account_id);

-- A dry run at the command line is a trial: it is never confirmed and takes part in no repeat.
alter table import_run drop constraint import_run_mode_known;
alter table import_run add constraint import_run_mode_known
  check (mode is null or mode in ('good_rows', 'all_or_nothing', 'trial'));
alter table import_run add constraint import_run_trial_is_not_applied
  check (mode is distinct from 'trial' or state not in ('applying', 'applied'));
