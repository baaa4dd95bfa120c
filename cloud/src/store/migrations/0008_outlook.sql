CREATE TABLE "events" (
	"facility_id" text NOT NULL,
	"event_id" text NOT NULL,
	"name" text NOT NULL,
	"begins_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"expected_percent" integer,
	CONSTRAINT "events_facility_id_event_id_pk" PRIMARY KEY("facility_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "facility_settings" (
	"facility_id" text NOT NULL,
	"topic" text NOT NULL,
	"settings" jsonb NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "facility_settings_facility_id_topic_pk" PRIMARY KEY("facility_id","topic")
);
--> statement-breakpoint
CREATE TABLE "holidays" (
	"facility_id" text NOT NULL,
	"day" date NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "holidays_facility_id_day_pk" PRIMARY KEY("facility_id","day")
);
--> statement-breakpoint
CREATE TABLE "receipt_ratings" (
	"facility_id" text NOT NULL,
	"document_id" text NOT NULL,
	"score" integer NOT NULL,
	"rated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "receipt_ratings_facility_id_document_id_pk" PRIMARY KEY("facility_id","document_id")
);
--> statement-breakpoint
CREATE TABLE "archive_files" (
	"facility_id" text NOT NULL,
	"sha256" text NOT NULL,
	"epoch" bigint NOT NULL,
	"first_seq" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	"first_at" timestamp with time zone,
	"last_at" timestamp with time zone,
	"hash_before" text NOT NULL,
	"last_hash" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"emptied_at" timestamp with time zone,
	"gone_at" timestamp with time zone,
	CONSTRAINT "archive_files_facility_id_sha256_pk" PRIMARY KEY("facility_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "retention_log" (
	"facility_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"table_name" text NOT NULL,
	"act" text NOT NULL,
	"rows" bigint NOT NULL,
	"through" text NOT NULL,
	CONSTRAINT "retention_log_facility_id_at_table_name_act_through_pk" PRIMARY KEY("facility_id","at","table_name","act","through")
);
--> statement-breakpoint
CREATE TABLE "retention_rounds" (
	"facility_id" text PRIMARY KEY NOT NULL,
	"ran_at" timestamp with time zone NOT NULL,
	"rows" bigint NOT NULL,
	"has_more" boolean NOT NULL,
	"trouble" text
);
--> statement-breakpoint
CREATE INDEX "events_by_begin" ON "events" USING btree ("facility_id","begins_at");--> statement-breakpoint
CREATE INDEX "receipt_ratings_by_time" ON "receipt_ratings" USING btree ("facility_id","rated_at");--> statement-breakpoint
CREATE INDEX "archive_files_in_order" ON "archive_files" USING btree ("facility_id","epoch","first_seq");