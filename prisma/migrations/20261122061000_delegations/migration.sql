-- Who stands in for whom, from when to when. The rights follow while the row holds; nothing is copied.
CREATE TABLE "delegation" (
    "id" UUID NOT NULL,
    "from_account_id" UUID NOT NULL,
    "to_account_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "recorded_by" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "delegation_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "delegation_to_account_id_idx" ON "delegation"("to_account_id");
CREATE INDEX "delegation_from_account_id_idx" ON "delegation"("from_account_id");
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_from_account_id_fkey" FOREIGN KEY ("from_account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_to_account_id_fkey" FOREIGN KEY ("to_account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_dated('delegation');
alter table delegation add constraint delegation_days_in_order check (valid_to is null or valid_to > valid_from);
alter table delegation add constraint delegation_kind_known check (kind in ('absence', 'deputy'));
alter table delegation add constraint delegation_names_two_persons check (from_account_id <> to_account_id);
alter table delegation add constraint delegation_absence_has_an_end check (kind <> 'absence' or valid_to is not null);

comment on table delegation is 'Standing in: absence with an end, or B 岗 for good; dated. The deputy has the delegable rights of the principal while it holds.';
