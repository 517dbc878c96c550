-- 免训 and 核减 of a year's hours: the request with its proof, what was approved (dated, so that a figure can be asked as it
-- was known), and which warnings of a year's end have been sent.
CREATE TABLE "exemption_request" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "effect" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "months" INTEGER NOT NULL,
    "document_no" TEXT,
    "remark" TEXT NOT NULL,
    "absence_id" UUID,
    "state" TEXT NOT NULL,
    "note" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "filed_by" UUID NOT NULL,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "exemption_request_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "exemption_request_payload" (
    "request_id" UUID NOT NULL,
    "scan_type" TEXT NOT NULL,
    "scan_name" TEXT NOT NULL,
    "scan_cipher" BYTEA NOT NULL,

    CONSTRAINT "exemption_request_payload_pkey" PRIMARY KEY ("request_id")
);

CREATE TABLE "exemption_event" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT,
    "actor_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "exemption_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "exemption" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "effect" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "months" INTEGER NOT NULL,
    "document_no" TEXT,
    "requested_by" UUID NOT NULL,
    "approved_by" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "exemption_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "hours_warning" (
    "id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "days_before" INTEGER NOT NULL,
    "warned" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "hours_warning_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "exemption_request_person_id_year_idx" ON "exemption_request"("person_id", "year");
CREATE INDEX "exemption_request_unit_id_state_idx" ON "exemption_request"("unit_id", "state");
CREATE INDEX "exemption_event_request_id_idx" ON "exemption_event"("request_id");
CREATE INDEX "exemption_event_recorded_tx_idx" ON "exemption_event"("recorded_tx");
CREATE INDEX "exemption_person_id_year_idx" ON "exemption"("person_id", "year");
CREATE INDEX "exemption_request_id_idx" ON "exemption"("request_id");
CREATE UNIQUE INDEX "hours_warning_unit_id_year_days_before_key" ON "hours_warning"("unit_id", "year", "days_before");
CREATE INDEX "hours_warning_recorded_tx_idx" ON "hours_warning"("recorded_tx");

ALTER TABLE "exemption_request" ADD CONSTRAINT "exemption_request_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exemption_request" ADD CONSTRAINT "exemption_request_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exemption_request_payload" ADD CONSTRAINT "exemption_request_payload_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "exemption_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exemption_event" ADD CONSTRAINT "exemption_event_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "exemption_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exemption" ADD CONSTRAINT "exemption_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "exemption_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exemption" ADD CONSTRAINT "exemption_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "hours_warning" ADD CONSTRAINT "hours_warning_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('exemption_event');
call make_dated('exemption');
call make_append_only('hours_warning');

alter table exemption_request add constraint exemption_request_effect_known check (effect in ('exempt', 'reduce'));
alter table exemption_request add constraint exemption_request_reason_known check (reason in ('maternity', 'long_illness', 'secondment', 'temporary_post', 'village_post', 'full_time_study', 'other'));
alter table exemption_request add constraint exemption_request_state_known check (state in ('filed', 'approved', 'declined', 'withdrawn', 'ended'));
alter table exemption_request add constraint exemption_request_days_in_year check (from_day <= to_day and extract(year from from_day) = year and extract(year from to_day) = year);
alter table exemption_request add constraint exemption_request_months_in_bounds check (months between 1 and 12 and (effect = 'reduce' or months = 12));
alter table exemption_request add constraint exemption_request_decided_when_not_filed check ((state = 'filed') = (decided_at is null));
alter table exemption_request add constraint exemption_request_two_persons check (state not in ('approved', 'declined', 'ended') or (decided_by is not null and decided_by <> filed_by));
alter table exemption_event add constraint exemption_event_kind_known check (kind in ('filed', 'approved', 'declined', 'withdrawn', 'ended'));
alter table exemption add constraint exemption_effect_known check (effect in ('exempt', 'reduce'));
alter table exemption add constraint exemption_days_in_year check (from_day <= to_day and extract(year from from_day) = year and extract(year from to_day) = year);
alter table exemption add constraint exemption_months_in_bounds check (months between 1 and 12 and (effect = 'reduce' or months = 12));
alter table exemption add constraint exemption_two_persons check (approved_by <> requested_by);
alter table hours_warning add constraint hours_warning_days_plausible check (days_before between 1 and 180 and warned >= 0);

-- An approved request stands once.
create unique index exemption_stands_once on exemption (request_id) where superseded_at is null;

-- A figure of a unit no longer holds when an exemption of its people comes or goes.
create trigger unit_completion_mark_insert after insert on exemption referencing new table as changed for each statement execute function mark_units_of_persons();
create trigger unit_completion_mark_update after update on exemption referencing new table as changed for each statement execute function mark_units_of_persons();

comment on table exemption_request is 'Request for 免训 or 核减 of one person in one year, with its answer. Projection of exemption_event.';
comment on table exemption_request_payload is 'Payload. The scan of the paper behind a request, sealed.';
comment on table exemption_event is 'Append-only. Steps of a request: filed, approved, declined, withdrawn, ended.';
comment on table exemption is 'Dated. Approved 免训 and 核减 as they count; superseded when one is ended.';
comment on table hours_warning is 'Append-only. That a unit''s people were warned so many days before the end of a year: once each.';
