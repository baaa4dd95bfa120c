DROP INDEX "payments_by_time";--> statement-breakpoint
DROP INDEX "sessions_by_exit";--> statement-breakpoint
DROP INDEX "sessions_of_plate";--> statement-breakpoint
ALTER TABLE "facility_hours" ADD COLUMN "taken_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "flow_days" ADD COLUMN "permits" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "documents_by_time" ON "documents" USING btree ("facility_id","issued_at","kind");--> statement-breakpoint
CREATE INDEX "payments_by_time" ON "payments" USING btree ("facility_id",coalesce(started_at, processed_at, '-infinity'::timestamptz),"payment_id","started_at","processed_at","state","amount_minor");--> statement-breakpoint
CREATE INDEX "sessions_by_exit" ON "sessions" USING btree ("facility_id","exit_at","state","duration_s","total_minor","entry_at");--> statement-breakpoint
CREATE INDEX "sessions_of_plate" ON "sessions" USING btree ("facility_id","plate","entry_at","state");--> statement-breakpoint
-- What the new columns count of what is there already, as ingest counts it (rollup-sql.ts).
INSERT INTO "facility_hours" ("facility_id", "hour", "entries", "exits", "net_by_minute", "taken_minor")
  SELECT "facility_id", date_trunc('hour', "processed_at", "timezone"), 0, 0, array_fill(0, ARRAY[60]),
    coalesce(sum("amount_minor"), 0)
  FROM "payments" JOIN "facilities" USING ("facility_id")
  WHERE "captured_on" IS NOT NULL AND "processed_at" IS NOT NULL
    AND "purpose" IS DISTINCT FROM 'top-up' AND "method" IS DISTINCT FROM 'nil'
  GROUP BY 1, 2
  ON CONFLICT ("facility_id", "hour") DO UPDATE SET "taken_minor" = excluded."taken_minor";--> statement-breakpoint
UPDATE "flow_days" SET "permits" = "told"."permits"
  FROM (
    SELECT "facility_id", ("entry_at" AT TIME ZONE "timezone")::date AS "day",
      coalesce("entry_lane_id", '') AS "lane_id", coalesce("vehicle_class", 'unknown') AS "vehicle_class",
      count(*) AS "permits"
    FROM "sessions" JOIN "facilities" USING ("facility_id")
    WHERE "permit_id" IS NOT NULL AND "entry_at" IS NOT NULL
      AND "state" IN ('open', 'settled', 'closed', 'closed-unpaid', 'closed-assumed')
    GROUP BY 1, 2, 3, 4
  ) AS "told"
  WHERE "flow_days"."facility_id" = "told"."facility_id" AND "flow_days"."day" = "told"."day"
    AND "flow_days"."lane_id" = "told"."lane_id" AND "flow_days"."vehicle_class" = "told"."vehicle_class";
