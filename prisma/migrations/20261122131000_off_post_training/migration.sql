-- 离岗培训 (domain.md §4.2 case 5, §6.4 T5): training of officers whose card is suspended is known as such, wherever it was
-- held. Entries keep it in their basis (`purpose`), so that cards and pages show it without asking the source.

ALTER TABLE "training_session" ADD COLUMN "purpose" TEXT NOT NULL DEFAULT 'regular';

alter table training_session add constraint training_session_purpose_known check (purpose in ('regular', 'off_post'));

alter table external_claim drop constraint external_claim_kind_known;
alter table external_claim add constraint external_claim_kind_known check (kind in ('external', 'lecture', 'exam', 'contest', 'drill', 'shadowing', 'off_post'));
