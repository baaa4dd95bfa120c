ALTER TABLE "payments" ADD COLUMN "zone_id" text;--> statement-breakpoint
ALTER TABLE "taking_days" ADD COLUMN "zone_id" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "taking_days" DROP CONSTRAINT "taking_days_facility_id_day_method_purpose_lane_id_pk";--> statement-breakpoint
ALTER TABLE "taking_days" ADD CONSTRAINT "taking_days_facility_id_day_method_purpose_lane_id_zone_id_pk" PRIMARY KEY("facility_id","day","method","purpose","lane_id","zone_id");