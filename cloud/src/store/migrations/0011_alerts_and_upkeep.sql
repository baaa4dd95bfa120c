CREATE TABLE "deliveries" (
	"organisation_id" text NOT NULL,
	"delivery_id" text NOT NULL,
	"target_id" text NOT NULL,
	"facility_id" text NOT NULL,
	"event" text NOT NULL,
	"subject" text NOT NULL,
	"rule_id" text,
	"stage" text NOT NULL,
	"epoch" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"body" jsonb NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"queued_at" timestamp with time zone NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"tried_at" timestamp with time zone,
	"answer_code" integer,
	"answer" text,
	CONSTRAINT "deliveries_organisation_id_delivery_id_pk" PRIMARY KEY("organisation_id","delivery_id")
);
--> statement-breakpoint
CREATE TABLE "notice_rules" (
	"organisation_id" text NOT NULL,
	"rule_id" text NOT NULL,
	"name" text NOT NULL,
	"facility_id" text,
	"tiers" text[] NOT NULL,
	"types" text[] NOT NULL,
	"target_ids" text[] NOT NULL,
	"quiet_from" text,
	"quiet_until" text,
	"critical_breaks_quiet" boolean NOT NULL,
	"escalate_after_min" integer,
	"escalate_to" text[] NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notice_rules_organisation_id_rule_id_pk" PRIMARY KEY("organisation_id","rule_id")
);
--> statement-breakpoint
CREATE TABLE "targets" (
	"organisation_id" text NOT NULL,
	"target_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"settings" jsonb NOT NULL,
	"events" text[] DEFAULT '{}' NOT NULL,
	"facility_id" text,
	"with_plates" boolean DEFAULT false NOT NULL,
	"secret_sealed" text,
	"previous_sealed" text,
	"previous_until" timestamp with time zone,
	"is_active" boolean DEFAULT true NOT NULL,
	"stopped_why" text,
	"failing_since" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "targets_organisation_id_target_id_pk" PRIMARY KEY("organisation_id","target_id")
);
--> statement-breakpoint
CREATE TABLE "device_states" (
	"facility_id" text NOT NULL,
	"device_id" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "device_states_facility_id_device_id_since_pk" PRIMARY KEY("facility_id","device_id","since")
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"facility_id" text NOT NULL,
	"device_id" text NOT NULL,
	"kind" text NOT NULL,
	"make" text NOT NULL,
	"lane_id" text,
	"state" text NOT NULL,
	"standing" text NOT NULL,
	"configured" boolean NOT NULL,
	"firmware" text,
	"battery_pct" integer,
	"last_seen" timestamp with time zone,
	"state_since" timestamp with time zone NOT NULL,
	"told_at" timestamp with time zone NOT NULL,
	CONSTRAINT "devices_facility_id_device_id_pk" PRIMARY KEY("facility_id","device_id")
);
--> statement-breakpoint
CREATE TABLE "maintenance_plans" (
	"facility_id" text NOT NULL,
	"plan_id" text NOT NULL,
	"equipment_id" text NOT NULL,
	"maintenance_type" text NOT NULL,
	"description" text NOT NULL,
	"technician_id" text,
	"every_days" integer NOT NULL,
	"next_on" date NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "maintenance_plans_facility_id_plan_id_pk" PRIMARY KEY("facility_id","plan_id")
);
--> statement-breakpoint
CREATE TABLE "outbox_marks" (
	"facility_id" text PRIMARY KEY NOT NULL,
	"epoch" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "violation_steps" (
	"facility_id" text NOT NULL,
	"violation_id" text NOT NULL,
	"epoch" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"penalty_minor" bigint NOT NULL,
	"reason" text NOT NULL,
	"by" jsonb NOT NULL,
	"evidence_sha256" text,
	CONSTRAINT "violation_steps_facility_id_violation_id_epoch_seq_pk" PRIMARY KEY("facility_id","violation_id","epoch","seq")
);
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "acknowledged_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "acknowledged_by" text;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "office_ack_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "office_ack_by" text;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "office_ack_note" text;--> statement-breakpoint
CREATE INDEX "deliveries_of_target" ON "deliveries" USING btree ("organisation_id","target_id","queued_at");--> statement-breakpoint
CREATE INDEX "deliveries_waiting" ON "deliveries" USING btree ("organisation_id","target_id","facility_id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "violation_steps_by_time" ON "violation_steps" USING btree ("facility_id","at");--> statement-breakpoint
CREATE INDEX "alerts_by_time" ON "alerts" USING btree ("facility_id","raised_at");--> statement-breakpoint
INSERT INTO "violation_steps" ("facility_id", "violation_id", "epoch", "seq", "at", "status", "penalty_minor", "reason", "by", "evidence_sha256")
SELECT "facility_id", "body"->>'violation_id', "epoch", "seq", "at", "body"->>'status', ("body"->>'penalty_minor')::bigint,
  "body"->>'reason', "body"->'by', "body"->>'evidence_sha256'
FROM (SELECT "line"."facility_id", "line"."epoch", "line"."seq", "line"."at", "line"."text"::jsonb->'body' AS "body"
  FROM "ledger_lines" AS "line"
  WHERE "line"."type" = 'violation-changed' AND "line"."at" IS NOT NULL AND NOT EXISTS (
    SELECT FROM "set_aside_lines" AS "aside" WHERE "aside"."facility_id" = "line"."facility_id"
      AND "aside"."epoch" = "line"."epoch" AND "aside"."seq" = "line"."seq")) AS "told"
ON CONFLICT DO NOTHING;
