-- Figures of a unit as of today, kept so that no page counts a hundred thousand officers, and the marks that say which
-- of them no longer hold. A stored figure is used only while it is of today, rests on the same rules and bears no mark.
CREATE TABLE "unit_completion" (
    "unit_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "basis" TEXT NOT NULL,
    "due" INTEGER NOT NULL,
    "met" INTEGER NOT NULL,
    "credit_seconds" BIGINT NOT NULL,
    "key_due" INTEGER NOT NULL,
    "key_met" INTEGER NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "unit_completion_pkey" PRIMARY KEY ("unit_id")
);

-- The transaction is part of the key: two writers of one unit never wait for each other.
CREATE TABLE "unit_completion_mark" (
    "unit_id" UUID NOT NULL,
    "marked_tx" BIGINT NOT NULL DEFAULT ledger_tx(),

    CONSTRAINT "unit_completion_mark_pkey" PRIMARY KEY ("unit_id","marked_tx")
);

alter table unit_completion add constraint unit_completion_counts check (due >= met and met >= 0 and due >= key_due and key_due >= key_met and key_met >= 0);

comment on table unit_completion is 'Projection of today''s completion figures by unit; rebuilt from officer_year, links and cards.';
comment on table unit_completion_mark is 'Units whose stored figures no longer hold; written by triggers in the transaction of the change.';

-- Marks the units named by the changed rows themselves.
create function mark_units() returns trigger language plpgsql as $$
begin
  insert into unit_completion_mark (unit_id) select distinct unit_id from changed on conflict do nothing;
  return null;
end $$;

-- Marks the units in which the persons of the changed rows are at home, on whatever day.
create function mark_units_of_persons() returns trigger language plpgsql as $$
begin
  insert into unit_completion_mark (unit_id)
  select distinct l.unit_id from changed c join person_unit_link l on l.person_id = c.person_id
  where l.kind = 'home' and l.superseded_at is null on conflict do nothing;
  return null;
end $$;

create trigger unit_completion_mark_insert after insert on person_unit_link referencing new table as changed for each statement execute function mark_units();
create trigger unit_completion_mark_update after update on person_unit_link referencing new table as changed for each statement execute function mark_units();
create trigger unit_completion_mark_insert after insert on certificate referencing new table as changed for each statement execute function mark_units_of_persons();
create trigger unit_completion_mark_update after update on certificate referencing new table as changed for each statement execute function mark_units_of_persons();
create trigger unit_completion_mark_insert after insert on course_completion referencing new table as changed for each statement execute function mark_units_of_persons();
create trigger unit_completion_mark_insert after insert on officer_year referencing new table as changed for each statement execute function mark_units_of_persons();
create trigger unit_completion_mark_update after update on officer_year referencing new table as changed for each statement execute function mark_units_of_persons();
create trigger unit_completion_mark_delete after delete on officer_year referencing old table as changed for each statement execute function mark_units_of_persons();
