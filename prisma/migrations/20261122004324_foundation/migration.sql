-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "kind" TEXT NOT NULL,
    "key_check" TEXT NOT NULL,
    "seed_day" DATE,
    "ready_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tx_base" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "value" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "tx_base_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT,
    "region_id" UUID,
    "unit_id" UUID,
    "request_id" TEXT,
    "payload_hash" BYTEA NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_payload" (
    "audit_event_id" UUID NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "audit_payload_pkey" PRIMARY KEY ("audit_event_id")
);

-- CreateTable
CREATE TABLE "seal" (
    "no" BIGINT NOT NULL,
    "from_tx" BIGINT NOT NULL,
    "to_tx" BIGINT NOT NULL,
    "row_count" INTEGER NOT NULL,
    "table_counts" JSONB NOT NULL,
    "previous_hash" BYTEA NOT NULL,
    "root_hash" BYTEA NOT NULL,
    "seal_hash" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seal_pkey" PRIMARY KEY ("no")
);

-- CreateTable
CREATE TABLE "outbox_event" (
    "id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "outbox_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_cursor" (
    "consumer" TEXT NOT NULL,
    "position_tx" BIGINT NOT NULL DEFAULT 0,
    "position_id" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    "failures" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "moved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_cursor_pkey" PRIMARY KEY ("consumer")
);

-- CreateTable
CREATE TABLE "outbox_parked" (
    "consumer" TEXT NOT NULL,
    "event_id" UUID NOT NULL,
    "error" TEXT NOT NULL,
    "parked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_parked_pkey" PRIMARY KEY ("consumer","event_id")
);

-- CreateTable
CREATE TABLE "command_receipt" (
    "actor_id" UUID NOT NULL,
    "command_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "outcome" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "command_receipt_pkey" PRIMARY KEY ("actor_id","command_id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "import_run" (
    "id" UUID NOT NULL,
    "kind" VARCHAR(40) NOT NULL,
    "scope" JSONB NOT NULL,
    "scope_key" VARCHAR(400) NOT NULL,
    "state" VARCHAR(20) NOT NULL,
    "mode" VARCHAR(20),
    "is_recheck" BOOLEAN NOT NULL DEFAULT false,
    "file_name" VARCHAR(255) NOT NULL,
    "file_bytes" INTEGER NOT NULL,
    "file_sha256" CHAR(64) NOT NULL,
    "file_format" VARCHAR(8),
    "head_fingerprint" CHAR(64),
    "layout" JSONB,
    "mapping" JSONB,
    "decision_digest" CHAR(64),
    "rows_total" INTEGER NOT NULL DEFAULT 0,
    "rows_new" INTEGER NOT NULL DEFAULT 0,
    "rows_change" INTEGER NOT NULL DEFAULT 0,
    "rows_same" INTEGER NOT NULL DEFAULT 0,
    "rows_refused" INTEGER NOT NULL DEFAULT 0,
    "rows_warning" INTEGER NOT NULL DEFAULT 0,
    "issues_total" INTEGER NOT NULL DEFAULT 0,
    "progress_phase" VARCHAR(20),
    "progress_done" INTEGER NOT NULL DEFAULT 0,
    "progress_total" INTEGER NOT NULL DEFAULT 0,
    "failure_code" VARCHAR(40),
    "failure_text" VARCHAR(500),
    "applied_key" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "started_by_id" UUID,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "checked_at" TIMESTAMPTZ(3),
    "confirmed_by_id" UUID,
    "confirmed_at" TIMESTAMPTZ(3),
    "applied_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_run_file" (
    "run_id" UUID NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "import_run_file_pkey" PRIMARY KEY ("run_id")
);

-- CreateTable
CREATE TABLE "import_row_issue" (
    "run_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "sheet_name" VARCHAR(100) NOT NULL,
    "row_number" INTEGER NOT NULL,
    "cell" VARCHAR(12),
    "field_id" VARCHAR(60),
    "label" VARCHAR(100),
    "verdict" VARCHAR(10) NOT NULL,
    "code" VARCHAR(40) NOT NULL,
    "reason" VARCHAR(500) NOT NULL,
    "fix" VARCHAR(500),

    CONSTRAINT "import_row_issue_pkey" PRIMARY KEY ("run_id","seq")
);

-- CreateTable
CREATE TABLE "import_mapping" (
    "id" UUID NOT NULL,
    "kind" VARCHAR(40) NOT NULL,
    "head_fingerprint" CHAR(64) NOT NULL,
    "mapping" JSONB NOT NULL,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_mapping_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "region" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "region_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "region_version" (
    "id" UUID NOT NULL,
    "region_id" UUID NOT NULL,
    "parent_id" UUID,
    "name" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "document_no" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "region_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unit" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unit_version" (
    "id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "parent_id" UUID,
    "region_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_pinyin" TEXT NOT NULL,
    "unit_type" TEXT NOT NULL,
    "field_codes" TEXT[],
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "document_no" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "unit_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "field" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sort_order" INTEGER NOT NULL,

    CONSTRAINT "field_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "entity" (
    "id" UUID NOT NULL,
    "credit_code" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "entity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entity_version" (
    "id" UUID NOT NULL,
    "entity_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "entrusting_unit_id" UUID,
    "name" TEXT NOT NULL,
    "entity_type" TEXT NOT NULL,
    "legal_basis" TEXT NOT NULL,
    "confirmation_no" TEXT,
    "announced_day" DATE,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "entity_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "township_mode" (
    "id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "document_no" TEXT,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "township_mode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_pinyin" TEXT NOT NULL,
    "name_initials" TEXT NOT NULL,
    "sex" TEXT NOT NULL,
    "birth_month" TEXT,
    "education" TEXT,
    "legal_qualification" BOOLEAN NOT NULL DEFAULT false,
    "id_number_hash" BYTEA NOT NULL,
    "id_number_masked" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_secret" (
    "person_id" UUID NOT NULL,
    "id_number_cipher" BYTEA NOT NULL,
    "phone_cipher" BYTEA,
    "key_id" TEXT NOT NULL,

    CONSTRAINT "person_secret_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "person_revision" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "sex" TEXT NOT NULL,
    "education" TEXT,
    "reason_code" TEXT NOT NULL,
    "source_kind" TEXT NOT NULL,
    "source_id" TEXT,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "person_revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_unit_link" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "establishment" TEXT NOT NULL,
    "position" TEXT,
    "department" TEXT,
    "is_enforcement_post" BOOLEAN NOT NULL,
    "field_code" TEXT,
    "enforcement_area" TEXT,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "end_reason" TEXT,
    "source_kind" TEXT NOT NULL,
    "source_id" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_unit_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "region_rules" (
    "id" UUID NOT NULL,
    "region_id" UUID NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "values" JSONB NOT NULL,
    "recorded_by" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "region_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "login" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "person_id" UUID,
    "password_hash" TEXT,
    "password_changed_at" TIMESTAMPTZ(3),
    "must_change_password" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT NOT NULL DEFAULT 'active',
    "failed_count" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    "rights_version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_session" (
    "id_hash" BYTEA NOT NULL,
    "account_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "device" TEXT,

    CONSTRAINT "account_session_pkey" PRIMARY KEY ("id_hash")
);

-- CreateTable
CREATE TABLE "role_grant" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "scope_kind" TEXT NOT NULL,
    "unit_id" UUID,
    "region_id" UUID,
    "field_code" TEXT,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "granted_by" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activation_link" (
    "token_hash" BYTEA NOT NULL,
    "account_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "activation_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "workday_exception" (
    "id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "workday_exception_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "course" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "code" TEXT NOT NULL,

    CONSTRAINT "course_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "course_version" (
    "id" UUID NOT NULL,
    "course_id" UUID NOT NULL,
    "content_hash" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "nominal_seconds" INTEGER NOT NULL,
    "stated_credit_seconds" INTEGER,
    "manifest" JSONB NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "course_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lesson_version" (
    "id" UUID NOT NULL,
    "course_version_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "nominal_seconds" INTEGER NOT NULL,
    "content_hash" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "lesson_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "study_visit" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "lesson_version_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "last_beat_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seq" INTEGER NOT NULL DEFAULT 0,
    "prompt_due_at" TIMESTAMPTZ(3) NOT NULL,
    "prompt_opened_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,

    CONSTRAINT "study_visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "study_beat" (
    "id" UUID NOT NULL,
    "visit_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "lesson_version_id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "verified_from" TIMESTAMPTZ(3),
    "verified_to" TIMESTAMPTZ(3),
    "standing" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "study_beat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "check_attempt" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "lesson_version_id" UUID NOT NULL,
    "answers" JSONB NOT NULL,
    "correct_count" INTEGER NOT NULL,
    "item_count" INTEGER NOT NULL,
    "passed" BOOLEAN NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "check_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lesson_progress" (
    "person_id" UUID NOT NULL,
    "lesson_version_id" UUID NOT NULL,
    "verified_seconds" INTEGER NOT NULL DEFAULT 0,
    "credited_seconds" INTEGER NOT NULL DEFAULT 0,
    "check_passed_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "scroll_permille" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lesson_progress_pkey" PRIMARY KEY ("person_id","lesson_version_id")
);

-- CreateTable
CREATE TABLE "course_completion" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "course_version_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "course_completion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hour_entry" (
    "id" UUID NOT NULL,
    "entry_key" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "credit_seconds" INTEGER NOT NULL,
    "category" TEXT NOT NULL,
    "occurred_day" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "source_kind" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "basis" JSONB NOT NULL,
    "reverses_entry_id" UUID,
    "reason_code" TEXT,
    "recorded_by" UUID,
    "approved_by" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "hour_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "training_session" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "unit_id" UUID NOT NULL,
    "place" TEXT NOT NULL,
    "lecturer" TEXT NOT NULL,
    "capacity" INTEGER NOT NULL,
    "stated_credit_seconds" INTEGER,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "training_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session_block" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_block_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session_enrolment" (
    "session_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "unit_id" UUID NOT NULL,
    "enrolled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_enrolment_pkey" PRIMARY KEY ("session_id","person_id")
);

-- CreateTable
CREATE TABLE "session_event" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "person_id" UUID,
    "kind" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "actor_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "session_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attendance_mark" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "block_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "standing" TEXT NOT NULL,
    "present_from" TIMESTAMPTZ(3),
    "present_to" TIMESTAMPTZ(3),
    "reason" TEXT,
    "actor_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "attendance_mark_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "question" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "live_version_no" INTEGER NOT NULL,

    CONSTRAINT "question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "question_version" (
    "id" UUID NOT NULL,
    "question_id" UUID NOT NULL,
    "version_no" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "stem" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "answer" TEXT[],
    "explanation" TEXT NOT NULL,
    "law" TEXT NOT NULL,
    "article" INTEGER NOT NULL,
    "law_version" DATE NOT NULL,
    "section" TEXT NOT NULL,
    "knowledge_point" TEXT NOT NULL,
    "difficulty" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "reviewer" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "question_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blueprint" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "version_no" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "blueprint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exam_sitting" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "blueprint_id" UUID NOT NULL,
    "region_id" UUID NOT NULL,
    "opens_at" TIMESTAMPTZ(3) NOT NULL,
    "latest_entry_at" TIMESTAMPTZ(3) NOT NULL,
    "hard_end_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_seconds" INTEGER NOT NULL,
    "grace_seconds" INTEGER NOT NULL,
    "earliest_hand_in_seconds" INTEGER NOT NULL,
    "start_mode" TEXT NOT NULL,
    "precondition_course" TEXT,
    "attempt_limit" INTEGER NOT NULL,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "exam_sitting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exam_registration" (
    "id" UUID NOT NULL,
    "sitting_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "ticket_no" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "registered_by" UUID,
    "registered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "exam_registration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registration_event" (
    "id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "reason_code" TEXT,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "registration_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "paper" (
    "id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "attempt_no" INTEGER NOT NULL,
    "seed" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "content_hash" TEXT NOT NULL,
    "item_count" INTEGER NOT NULL,
    "full_mark_hundredths" INTEGER NOT NULL,
    "pass_mark_hundredths" INTEGER NOT NULL,
    "frozen_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "paper_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "paper_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "attempt_no" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "deadline_at" TIMESTAMPTZ(3) NOT NULL,
    "close_at" TIMESTAMPTZ(3) NOT NULL,
    "item_count" INTEGER NOT NULL,
    "device_epoch" INTEGER NOT NULL,
    "device_key_hash" BYTEA NOT NULL,
    "handed_in_at" TIMESTAMPTZ(3),
    "finalised_at" TIMESTAMPTZ(3),

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt_event" (
    "id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "detail" JSONB NOT NULL,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "attempt_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answer_event" (
    "id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "standing" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "answer_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answer_payload" (
    "answer_event_id" UUID NOT NULL,
    "choice" TEXT NOT NULL,
    "client_time" TEXT,

    CONSTRAINT "answer_payload_pkey" PRIMARY KEY ("answer_event_id")
);

-- CreateTable
CREATE TABLE "answer_conflict" (
    "id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "answer_conflict_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exam_result" (
    "id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "version_no" INTEGER NOT NULL,
    "score_hundredths" INTEGER NOT NULL,
    "full_mark_hundredths" INTEGER NOT NULL,
    "pass_mark_hundredths" INTEGER NOT NULL,
    "passed" BOOLEAN NOT NULL,
    "sections" JSONB NOT NULL,
    "items" JSONB NOT NULL,
    "reason_code" TEXT NOT NULL,
    "decided_by" UUID,
    "graded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "exam_result_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "qualification" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "obtained_day" DATE NOT NULL,
    "valid_until_day" DATE NOT NULL,
    "source_kind" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "qualification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "qualification_event" (
    "id" UUID NOT NULL,
    "qualification_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "legal_basis" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "actor_id" UUID,
    "effective_day" DATE NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "qualification_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "certificate_application" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "region_id" UUID NOT NULL,
    "field_code" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "filed_by" UUID NOT NULL,
    "reviewed_by" UUID,
    "approved_by" UUID,
    "checklist" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "certificate_application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "application_event" (
    "id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "from_state" TEXT,
    "to_state" TEXT NOT NULL,
    "reason_code" TEXT,
    "opinion" TEXT,
    "actor_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "application_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "certificate" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "region_id" UUID NOT NULL,
    "application_id" UUID,
    "certificate_no" TEXT NOT NULL,
    "field_code" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "issuing_authority" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "is_lost" BOOLEAN NOT NULL DEFAULT false,
    "state_since_day" DATE NOT NULL,
    "issued_day" DATE NOT NULL,
    "valid_from_day" DATE NOT NULL,
    "valid_to_day" DATE NOT NULL,
    "check_token" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "certificate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "certificate_event" (
    "id" UUID NOT NULL,
    "certificate_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "from_state" TEXT,
    "to_state" TEXT NOT NULL,
    "reason_code" TEXT NOT NULL,
    "legal_basis" TEXT NOT NULL,
    "document_no" TEXT,
    "deciding_authority" TEXT NOT NULL,
    "decision_day" DATE NOT NULL,
    "effective_from_day" DATE NOT NULL,
    "effective_to_day" DATE,
    "detail" JSONB NOT NULL,
    "operator_id" UUID,
    "approver_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "certificate_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "number_counter" (
    "series" TEXT NOT NULL,
    "next" INTEGER NOT NULL,

    CONSTRAINT "number_counter_pkey" PRIMARY KEY ("series")
);

-- CreateTable
CREATE TABLE "officer_year" (
    "person_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "total_seconds" INTEGER NOT NULL,
    "public_law_seconds" INTEGER NOT NULL,
    "specialised_law_seconds" INTEGER NOT NULL,
    "business_seconds" INTEGER NOT NULL,
    "skill_seconds" INTEGER NOT NULL,
    "entry_count" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "officer_year_pkey" PRIMARY KEY ("person_id","year")
);

-- CreateIndex
CREATE INDEX "audit_event_subject_kind_subject_id_occurred_at_idx" ON "audit_event"("subject_kind", "subject_id", "occurred_at");

-- CreateIndex
CREATE INDEX "audit_event_actor_id_occurred_at_idx" ON "audit_event"("actor_id", "occurred_at");

-- CreateIndex
CREATE INDEX "audit_event_occurred_at_idx" ON "audit_event"("occurred_at");

-- CreateIndex
CREATE INDEX "audit_event_recorded_tx_idx" ON "audit_event"("recorded_tx");

-- CreateIndex
CREATE UNIQUE INDEX "seal_to_tx_key" ON "seal"("to_tx");

-- CreateIndex
CREATE INDEX "outbox_event_recorded_tx_id_idx" ON "outbox_event"("recorded_tx", "id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_topic_key_key" ON "outbox_event"("topic", "key");

-- CreateIndex
CREATE INDEX "command_receipt_recorded_at_idx" ON "command_receipt"("recorded_at");

-- CreateIndex
CREATE UNIQUE INDEX "import_run_applied_key_key" ON "import_run"("applied_key");

-- CreateIndex
CREATE INDEX "import_run_kind_scope_key_file_sha256_idx" ON "import_run"("kind", "scope_key", "file_sha256");

-- CreateIndex
CREATE INDEX "import_run_kind_scope_key_started_at_idx" ON "import_run"("kind", "scope_key", "started_at");

-- CreateIndex
CREATE INDEX "import_run_started_by_id_started_at_idx" ON "import_run"("started_by_id", "started_at");

-- CreateIndex
CREATE INDEX "import_run_expires_at_idx" ON "import_run"("expires_at");

-- CreateIndex
CREATE INDEX "import_row_issue_run_id_verdict_seq_idx" ON "import_row_issue"("run_id", "verdict", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "import_mapping_kind_head_fingerprint_key" ON "import_mapping"("kind", "head_fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "region_code_key" ON "region"("code");

-- CreateIndex
CREATE INDEX "region_version_region_id_idx" ON "region_version"("region_id");

-- CreateIndex
CREATE INDEX "region_version_parent_id_idx" ON "region_version"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "unit_code_key" ON "unit"("code");

-- CreateIndex
CREATE INDEX "unit_version_unit_id_idx" ON "unit_version"("unit_id");

-- CreateIndex
CREATE INDEX "unit_version_parent_id_idx" ON "unit_version"("parent_id");

-- CreateIndex
CREATE INDEX "unit_version_region_id_idx" ON "unit_version"("region_id");

-- CreateIndex
CREATE UNIQUE INDEX "entity_credit_code_key" ON "entity"("credit_code");

-- CreateIndex
CREATE INDEX "entity_version_entity_id_idx" ON "entity_version"("entity_id");

-- CreateIndex
CREATE INDEX "entity_version_unit_id_idx" ON "entity_version"("unit_id");

-- CreateIndex
CREATE INDEX "township_mode_unit_id_idx" ON "township_mode"("unit_id");

-- CreateIndex
CREATE UNIQUE INDEX "person_id_number_hash_key" ON "person"("id_number_hash");

-- CreateIndex
CREATE INDEX "person_name_initials_idx" ON "person"("name_initials");

-- CreateIndex
CREATE INDEX "person_name_pinyin_idx" ON "person"("name_pinyin");

-- CreateIndex
CREATE INDEX "person_revision_person_id_idx" ON "person_revision"("person_id");

-- CreateIndex
CREATE INDEX "person_revision_recorded_tx_idx" ON "person_revision"("recorded_tx");

-- CreateIndex
CREATE INDEX "person_unit_link_person_id_idx" ON "person_unit_link"("person_id");

-- CreateIndex
CREATE INDEX "person_unit_link_unit_id_kind_idx" ON "person_unit_link"("unit_id", "kind");

-- CreateIndex
CREATE INDEX "region_rules_region_id_idx" ON "region_rules"("region_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_login_key" ON "account"("login");

-- CreateIndex
CREATE INDEX "account_person_id_idx" ON "account"("person_id");

-- CreateIndex
CREATE INDEX "account_session_account_id_idx" ON "account_session"("account_id");

-- CreateIndex
CREATE INDEX "account_session_expires_at_idx" ON "account_session"("expires_at");

-- CreateIndex
CREATE INDEX "role_grant_account_id_idx" ON "role_grant"("account_id");

-- CreateIndex
CREATE INDEX "activation_link_account_id_idx" ON "activation_link"("account_id");

-- CreateIndex
CREATE INDEX "workday_exception_day_idx" ON "workday_exception"("day");

-- CreateIndex
CREATE UNIQUE INDEX "course_slug_key" ON "course"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "course_code_key" ON "course"("code");

-- CreateIndex
CREATE INDEX "course_version_recorded_tx_idx" ON "course_version"("recorded_tx");

-- CreateIndex
CREATE UNIQUE INDEX "course_version_course_id_content_hash_key" ON "course_version"("course_id", "content_hash");

-- CreateIndex
CREATE INDEX "lesson_version_recorded_tx_idx" ON "lesson_version"("recorded_tx");

-- CreateIndex
CREATE UNIQUE INDEX "lesson_version_course_version_id_slug_key" ON "lesson_version"("course_version_id", "slug");

-- CreateIndex
CREATE INDEX "study_visit_person_id_ended_at_idx" ON "study_visit"("person_id", "ended_at");

-- CreateIndex
CREATE INDEX "study_beat_person_id_verified_from_idx" ON "study_beat"("person_id", "verified_from");

-- CreateIndex
CREATE INDEX "study_beat_recorded_tx_idx" ON "study_beat"("recorded_tx");

-- CreateIndex
CREATE UNIQUE INDEX "study_beat_visit_id_seq_key" ON "study_beat"("visit_id", "seq");

-- CreateIndex
CREATE INDEX "check_attempt_person_id_lesson_version_id_idx" ON "check_attempt"("person_id", "lesson_version_id");

-- CreateIndex
CREATE INDEX "check_attempt_recorded_tx_idx" ON "check_attempt"("recorded_tx");

-- CreateIndex
CREATE INDEX "course_completion_recorded_tx_idx" ON "course_completion"("recorded_tx");

-- CreateIndex
CREATE UNIQUE INDEX "course_completion_person_id_course_version_id_year_key" ON "course_completion"("person_id", "course_version_id", "year");

-- CreateIndex
CREATE UNIQUE INDEX "hour_entry_entry_key_key" ON "hour_entry"("entry_key");

-- CreateIndex
CREATE UNIQUE INDEX "hour_entry_reverses_entry_id_key" ON "hour_entry"("reverses_entry_id");

-- CreateIndex
CREATE INDEX "hour_entry_person_id_occurred_day_idx" ON "hour_entry"("person_id", "occurred_day");

-- CreateIndex
CREATE INDEX "hour_entry_occurred_day_idx" ON "hour_entry"("occurred_day");

-- CreateIndex
CREATE INDEX "hour_entry_source_kind_source_id_idx" ON "hour_entry"("source_kind", "source_id");

-- CreateIndex
CREATE INDEX "hour_entry_recorded_tx_idx" ON "hour_entry"("recorded_tx");

-- CreateIndex
CREATE INDEX "training_session_unit_id_status_idx" ON "training_session"("unit_id", "status");

-- CreateIndex
CREATE INDEX "session_block_starts_at_idx" ON "session_block"("starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "session_block_session_id_position_key" ON "session_block"("session_id", "position");

-- CreateIndex
CREATE INDEX "session_enrolment_person_id_idx" ON "session_enrolment"("person_id");

-- CreateIndex
CREATE INDEX "session_event_session_id_occurred_at_idx" ON "session_event"("session_id", "occurred_at");

-- CreateIndex
CREATE INDEX "session_event_recorded_tx_idx" ON "session_event"("recorded_tx");

-- CreateIndex
CREATE INDEX "attendance_mark_session_id_person_id_block_id_idx" ON "attendance_mark"("session_id", "person_id", "block_id");

-- CreateIndex
CREATE INDEX "attendance_mark_recorded_tx_idx" ON "attendance_mark"("recorded_tx");

-- CreateIndex
CREATE UNIQUE INDEX "question_code_key" ON "question"("code");

-- CreateIndex
CREATE INDEX "question_version_recorded_tx_idx" ON "question_version"("recorded_tx");

-- CreateIndex
CREATE UNIQUE INDEX "question_version_question_id_version_no_key" ON "question_version"("question_id", "version_no");

-- CreateIndex
CREATE UNIQUE INDEX "question_version_question_id_content_hash_key" ON "question_version"("question_id", "content_hash");

-- CreateIndex
CREATE UNIQUE INDEX "blueprint_code_version_no_key" ON "blueprint"("code", "version_no");

-- CreateIndex
CREATE INDEX "exam_sitting_opens_at_idx" ON "exam_sitting"("opens_at");

-- CreateIndex
CREATE UNIQUE INDEX "exam_registration_ticket_no_key" ON "exam_registration"("ticket_no");

-- CreateIndex
CREATE INDEX "exam_registration_person_id_idx" ON "exam_registration"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "exam_registration_sitting_id_person_id_key" ON "exam_registration"("sitting_id", "person_id");

-- CreateIndex
CREATE INDEX "registration_event_registration_id_idx" ON "registration_event"("registration_id");

-- CreateIndex
CREATE INDEX "registration_event_recorded_tx_idx" ON "registration_event"("recorded_tx");

-- CreateIndex
CREATE INDEX "paper_recorded_tx_idx" ON "paper"("recorded_tx");

-- CreateIndex
CREATE UNIQUE INDEX "paper_registration_id_attempt_no_key" ON "paper"("registration_id", "attempt_no");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_paper_id_key" ON "attempt"("paper_id");

-- CreateIndex
CREATE INDEX "attempt_state_close_at_idx" ON "attempt"("state", "close_at");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_registration_id_attempt_no_key" ON "attempt"("registration_id", "attempt_no");

-- CreateIndex
CREATE INDEX "attempt_event_attempt_id_occurred_at_idx" ON "attempt_event"("attempt_id", "occurred_at");

-- CreateIndex
CREATE INDEX "attempt_event_recorded_tx_idx" ON "attempt_event"("recorded_tx");

-- CreateIndex
CREATE INDEX "answer_event_recorded_tx_idx" ON "answer_event"("recorded_tx");

-- CreateIndex
CREATE UNIQUE INDEX "answer_event_attempt_id_epoch_seq_key" ON "answer_event"("attempt_id", "epoch", "seq");

-- CreateIndex
CREATE INDEX "answer_conflict_recorded_tx_idx" ON "answer_conflict"("recorded_tx");

-- CreateIndex
CREATE UNIQUE INDEX "answer_conflict_attempt_id_epoch_seq_fingerprint_key" ON "answer_conflict"("attempt_id", "epoch", "seq", "fingerprint");

-- CreateIndex
CREATE INDEX "exam_result_recorded_tx_idx" ON "exam_result"("recorded_tx");

-- CreateIndex
CREATE UNIQUE INDEX "exam_result_attempt_id_version_no_key" ON "exam_result"("attempt_id", "version_no");

-- CreateIndex
CREATE INDEX "qualification_person_id_subject_idx" ON "qualification"("person_id", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "qualification_source_kind_source_id_subject_key" ON "qualification"("source_kind", "source_id", "subject");

-- CreateIndex
CREATE INDEX "qualification_event_recorded_tx_idx" ON "qualification_event"("recorded_tx");

-- CreateIndex
CREATE UNIQUE INDEX "qualification_event_qualification_id_seq_key" ON "qualification_event"("qualification_id", "seq");

-- CreateIndex
CREATE INDEX "certificate_application_region_id_state_idx" ON "certificate_application"("region_id", "state");

-- CreateIndex
CREATE INDEX "certificate_application_person_id_idx" ON "certificate_application"("person_id");

-- CreateIndex
CREATE INDEX "application_event_recorded_tx_idx" ON "application_event"("recorded_tx");

-- CreateIndex
CREATE UNIQUE INDEX "application_event_application_id_seq_key" ON "application_event"("application_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_application_id_key" ON "certificate"("application_id");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_check_token_key" ON "certificate"("check_token");

-- CreateIndex
CREATE INDEX "certificate_certificate_no_idx" ON "certificate"("certificate_no");

-- CreateIndex
CREATE INDEX "certificate_person_id_idx" ON "certificate"("person_id");

-- CreateIndex
CREATE INDEX "certificate_region_id_state_idx" ON "certificate"("region_id", "state");

-- CreateIndex
CREATE INDEX "certificate_unit_id_idx" ON "certificate"("unit_id");

-- CreateIndex
CREATE INDEX "certificate_event_recorded_tx_idx" ON "certificate_event"("recorded_tx");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_event_certificate_id_seq_key" ON "certificate_event"("certificate_id", "seq");

-- CreateIndex
CREATE INDEX "officer_year_year_idx" ON "officer_year"("year");

-- AddForeignKey
ALTER TABLE "audit_payload" ADD CONSTRAINT "audit_payload_audit_event_id_fkey" FOREIGN KEY ("audit_event_id") REFERENCES "audit_event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_run_file" ADD CONSTRAINT "import_run_file_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "import_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_row_issue" ADD CONSTRAINT "import_row_issue_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "import_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "region_version" ADD CONSTRAINT "region_version_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "region"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "region_version" ADD CONSTRAINT "region_version_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "region"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit_version" ADD CONSTRAINT "unit_version_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit_version" ADD CONSTRAINT "unit_version_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit_version" ADD CONSTRAINT "unit_version_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "region"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entity_version" ADD CONSTRAINT "entity_version_entity_id_fkey" FOREIGN KEY ("entity_id") REFERENCES "entity"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entity_version" ADD CONSTRAINT "entity_version_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entity_version" ADD CONSTRAINT "entity_version_entrusting_unit_id_fkey" FOREIGN KEY ("entrusting_unit_id") REFERENCES "unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "township_mode" ADD CONSTRAINT "township_mode_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_secret" ADD CONSTRAINT "person_secret_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_revision" ADD CONSTRAINT "person_revision_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_unit_link" ADD CONSTRAINT "person_unit_link_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_unit_link" ADD CONSTRAINT "person_unit_link_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "region_rules" ADD CONSTRAINT "region_rules_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "region"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_session" ADD CONSTRAINT "account_session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activation_link" ADD CONSTRAINT "activation_link_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "course_version" ADD CONSTRAINT "course_version_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lesson_version" ADD CONSTRAINT "lesson_version_course_version_id_fkey" FOREIGN KEY ("course_version_id") REFERENCES "course_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "study_visit" ADD CONSTRAINT "study_visit_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "study_visit" ADD CONSTRAINT "study_visit_lesson_version_id_fkey" FOREIGN KEY ("lesson_version_id") REFERENCES "lesson_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "study_beat" ADD CONSTRAINT "study_beat_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "study_visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "check_attempt" ADD CONSTRAINT "check_attempt_lesson_version_id_fkey" FOREIGN KEY ("lesson_version_id") REFERENCES "lesson_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lesson_progress" ADD CONSTRAINT "lesson_progress_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lesson_progress" ADD CONSTRAINT "lesson_progress_lesson_version_id_fkey" FOREIGN KEY ("lesson_version_id") REFERENCES "lesson_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "course_completion" ADD CONSTRAINT "course_completion_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "course_completion" ADD CONSTRAINT "course_completion_course_version_id_fkey" FOREIGN KEY ("course_version_id") REFERENCES "course_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hour_entry" ADD CONSTRAINT "hour_entry_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hour_entry" ADD CONSTRAINT "hour_entry_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hour_entry" ADD CONSTRAINT "hour_entry_reverses_entry_id_fkey" FOREIGN KEY ("reverses_entry_id") REFERENCES "hour_entry"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "training_session" ADD CONSTRAINT "training_session_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_block" ADD CONSTRAINT "session_block_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "training_session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_enrolment" ADD CONSTRAINT "session_enrolment_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "training_session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_enrolment" ADD CONSTRAINT "session_enrolment_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_event" ADD CONSTRAINT "session_event_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "training_session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attendance_mark" ADD CONSTRAINT "attendance_mark_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "training_session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attendance_mark" ADD CONSTRAINT "attendance_mark_block_id_fkey" FOREIGN KEY ("block_id") REFERENCES "session_block"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "question_version" ADD CONSTRAINT "question_version_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "question"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exam_sitting" ADD CONSTRAINT "exam_sitting_blueprint_id_fkey" FOREIGN KEY ("blueprint_id") REFERENCES "blueprint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exam_registration" ADD CONSTRAINT "exam_registration_sitting_id_fkey" FOREIGN KEY ("sitting_id") REFERENCES "exam_sitting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exam_registration" ADD CONSTRAINT "exam_registration_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exam_registration" ADD CONSTRAINT "exam_registration_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registration_event" ADD CONSTRAINT "registration_event_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "exam_registration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "paper" ADD CONSTRAINT "paper_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "exam_registration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "exam_registration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt_event" ADD CONSTRAINT "attempt_event_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer_event" ADD CONSTRAINT "answer_event_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer_payload" ADD CONSTRAINT "answer_payload_answer_event_id_fkey" FOREIGN KEY ("answer_event_id") REFERENCES "answer_event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exam_result" ADD CONSTRAINT "exam_result_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "qualification" ADD CONSTRAINT "qualification_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "qualification_event" ADD CONSTRAINT "qualification_event_qualification_id_fkey" FOREIGN KEY ("qualification_id") REFERENCES "qualification"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "certificate_application" ADD CONSTRAINT "certificate_application_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "certificate_application" ADD CONSTRAINT "certificate_application_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application_event" ADD CONSTRAINT "application_event_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "certificate_application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "certificate_application"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "certificate_event" ADD CONSTRAINT "certificate_event_certificate_id_fkey" FOREIGN KEY ("certificate_id") REFERENCES "certificate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
