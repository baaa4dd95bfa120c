CREATE TABLE "alerts" (
	"facility_id" text NOT NULL,
	"alert_id" text NOT NULL,
	"source" text NOT NULL,
	"alert_type" text,
	"subject" text,
	"severity" text,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"raised_at" timestamp with time zone,
	"seen_at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone,
	"resolved_by" text,
	CONSTRAINT "alerts_facility_id_alert_id_pk" PRIMARY KEY("facility_id","alert_id")
);
--> statement-breakpoint
CREATE TABLE "directives" (
	"facility_id" text NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"body" jsonb NOT NULL,
	"expires_at" timestamp with time zone,
	"issued_at" timestamp with time zone NOT NULL,
	"result" text,
	"detail" text,
	"result_at" timestamp with time zone,
	CONSTRAINT "directives_facility_id_number_pk" PRIMARY KEY("facility_id","number")
);
--> statement-breakpoint
CREATE TABLE "facilities" (
	"facility_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"timezone" text DEFAULT 'UTC' NOT NULL,
	"currency" text,
	"locale" text DEFAULT 'en' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"directives_latest" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "facility_days" (
	"facility_id" text NOT NULL,
	"day" date NOT NULL,
	"captured_minor" bigint NOT NULL,
	"payments_captured" integer NOT NULL,
	"entries" integer NOT NULL,
	"exits" integer NOT NULL,
	CONSTRAINT "facility_days_facility_id_day_pk" PRIMARY KEY("facility_id","day")
);
--> statement-breakpoint
CREATE TABLE "facility_states" (
	"facility_id" text PRIMARY KEY NOT NULL,
	"revision" bigint DEFAULT 0 NOT NULL,
	"epoch" bigint DEFAULT 0 NOT NULL,
	"version" text,
	"last_batch_at" timestamp with time zone,
	"last_line_at" timestamp with time zone,
	"skew_ms" bigint,
	"written_seq" bigint,
	"directives_through" bigint DEFAULT 0 NOT NULL,
	"spaces_free" integer DEFAULT 0 NOT NULL,
	"spaces_occupied" integer DEFAULT 0 NOT NULL,
	"spaces_unknown" integer DEFAULT 0 NOT NULL,
	"spaces_out_of_service" integer DEFAULT 0 NOT NULL,
	"batches_accepted" bigint DEFAULT 0 NOT NULL,
	"lines_stored" bigint DEFAULT 0 NOT NULL,
	"lines_repeated" bigint DEFAULT 0 NOT NULL,
	"lines_set_aside" bigint DEFAULT 0 NOT NULL,
	"batches_with_hole" bigint DEFAULT 0 NOT NULL,
	"batches_refused" bigint DEFAULT 0 NOT NULL,
	"last_refusal" text,
	"last_refusal_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "facility_tokens" (
	"facility_id" text NOT NULL,
	"token_sha256" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "facility_tokens_facility_id_token_sha256_pk" PRIMARY KEY("facility_id","token_sha256")
);
--> statement-breakpoint
CREATE TABLE "ledger_lines" (
	"facility_id" text NOT NULL,
	"epoch" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"type" text,
	"at" timestamp with time zone,
	"text" text,
	"hash" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "ledger_lines_facility_id_epoch_seq_pk" PRIMARY KEY("facility_id","epoch","seq")
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"facility_id" text NOT NULL,
	"payment_id" text NOT NULL,
	"session_id" text NOT NULL,
	"state" text NOT NULL,
	"method" text,
	"amount_minor" bigint,
	"currency" text,
	"terminal_id" text,
	"receipt_number" text,
	"trace_number" text,
	"card_last_four" text,
	"known_by" text,
	"reason" text,
	"started_at" timestamp with time zone,
	"processed_at" timestamp with time zone,
	CONSTRAINT "payments_facility_id_payment_id_pk" PRIMARY KEY("facility_id","payment_id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"facility_id" text NOT NULL,
	"session_id" text NOT NULL,
	"state" text,
	"entry_lane_id" text,
	"exit_lane_id" text,
	"plate" text,
	"raw_plate" text,
	"vehicle_class" text,
	"tariff_id" text,
	"tariff_version" bigint,
	"permit_id" text,
	"entry_at" timestamp with time zone,
	"exit_at" timestamp with time zone,
	"is_entry_assumed" boolean,
	"duration_s" bigint,
	"due_minor" bigint,
	"total_minor" bigint,
	"paid_minor" bigint,
	"owed_minor" bigint,
	"grace_until" timestamp with time zone,
	"cancel_reason" text,
	"flags" text[] DEFAULT '{}' NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sessions_facility_id_session_id_pk" PRIMARY KEY("facility_id","session_id")
);
--> statement-breakpoint
CREATE TABLE "set_aside_lines" (
	"facility_id" text NOT NULL,
	"epoch" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"reason" text NOT NULL,
	"detail" text NOT NULL,
	"raw" "bytea" NOT NULL,
	"set_aside_at" timestamp with time zone NOT NULL,
	CONSTRAINT "set_aside_lines_facility_id_epoch_seq_pk" PRIMARY KEY("facility_id","epoch","seq")
);
--> statement-breakpoint
CREATE TABLE "space_stays" (
	"facility_id" text NOT NULL,
	"stay_id" text NOT NULL,
	"space_id" text NOT NULL,
	"zone_id" text NOT NULL,
	"source" text NOT NULL,
	"entry_time" timestamp with time zone NOT NULL,
	"exit_time" timestamp with time zone NOT NULL,
	"duration_seconds" bigint NOT NULL,
	CONSTRAINT "space_stays_facility_id_stay_id_pk" PRIMARY KEY("facility_id","stay_id")
);
--> statement-breakpoint
CREATE TABLE "spaces" (
	"facility_id" text NOT NULL,
	"space_id" text NOT NULL,
	"zone_id" text NOT NULL,
	"level" text NOT NULL,
	"space_type" text NOT NULL,
	"status" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"epoch" bigint NOT NULL,
	"change" bigint NOT NULL,
	CONSTRAINT "spaces_facility_id_space_id_pk" PRIMARY KEY("facility_id","space_id")
);
--> statement-breakpoint
CREATE TABLE "watermarks" (
	"facility_id" text NOT NULL,
	"epoch" bigint NOT NULL,
	"acked_seq" bigint NOT NULL,
	"last_hash" text NOT NULL,
	"spaces_through" bigint NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "watermarks_facility_id_epoch_pk" PRIMARY KEY("facility_id","epoch")
);
--> statement-breakpoint
CREATE INDEX "alerts_open" ON "alerts" USING btree ("facility_id","severity") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "payments_of_session" ON "payments" USING btree ("facility_id","session_id");--> statement-breakpoint
CREATE INDEX "sessions_inside" ON "sessions" USING btree ("facility_id","state") WHERE state in ('open', 'settled');--> statement-breakpoint
CREATE INDEX "space_stays_by_exit" ON "space_stays" USING btree ("facility_id","exit_time");