CREATE TABLE "camera_hours" (
	"facility_id" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"camera_id" text NOT NULL,
	"entries" integer NOT NULL,
	"exits" integer NOT NULL,
	"vehicles" integer NOT NULL,
	"vehicle_observations" bigint,
	"occupancy_rate" real NOT NULL,
	"max_occupied" integer NOT NULL,
	CONSTRAINT "camera_hours_facility_id_hour_camera_id_pk" PRIMARY KEY("facility_id","hour","camera_id")
);
--> statement-breakpoint
CREATE TABLE "event_days" (
	"facility_id" text NOT NULL,
	"day" date NOT NULL,
	"topic" text NOT NULL,
	"name" text NOT NULL,
	"severity" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "event_days_facility_id_day_topic_name_severity_pk" PRIMARY KEY("facility_id","day","topic","name","severity")
);
--> statement-breakpoint
CREATE TABLE "facility_hours" (
	"facility_id" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"entries" integer NOT NULL,
	"exits" integer NOT NULL,
	"net_by_minute" integer[] NOT NULL,
	CONSTRAINT "facility_hours_facility_id_hour_pk" PRIMARY KEY("facility_id","hour")
);
--> statement-breakpoint
CREATE TABLE "flow_days" (
	"facility_id" text NOT NULL,
	"day" date NOT NULL,
	"lane_id" text NOT NULL,
	"vehicle_class" text NOT NULL,
	"entries" integer NOT NULL,
	"exits" integer NOT NULL,
	"measured" integer NOT NULL,
	"stayed_s" bigint NOT NULL,
	CONSTRAINT "flow_days_facility_id_day_lane_id_vehicle_class_pk" PRIMARY KEY("facility_id","day","lane_id","vehicle_class")
);
--> statement-breakpoint
CREATE TABLE "lane_hours" (
	"facility_id" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"lane_id" text NOT NULL,
	"opened" integer NOT NULL,
	"denied" integer NOT NULL,
	"asked" integer NOT NULL,
	"by_hand" integer NOT NULL,
	"timed" integer NOT NULL,
	"latency_ms" bigint NOT NULL,
	"commands" integer NOT NULL,
	"accepted" integer NOT NULL,
	"passages" integer NOT NULL,
	"served" integer NOT NULL,
	"served_ms" bigint NOT NULL,
	CONSTRAINT "lane_hours_facility_id_hour_lane_id_pk" PRIMARY KEY("facility_id","hour","lane_id")
);
--> statement-breakpoint
CREATE TABLE "layouts" (
	"facility_id" text PRIMARY KEY NOT NULL,
	"told_at" timestamp with time zone NOT NULL,
	"layout" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "space_days" (
	"facility_id" text NOT NULL,
	"day" date NOT NULL,
	"space_id" text NOT NULL,
	"occupied_s" bigint NOT NULL,
	CONSTRAINT "space_days_facility_id_day_space_id_pk" PRIMARY KEY("facility_id","day","space_id")
);
--> statement-breakpoint
CREATE TABLE "space_stay_days" (
	"facility_id" text NOT NULL,
	"day" date NOT NULL,
	"space_id" text NOT NULL,
	"stays" integer NOT NULL,
	"stayed_s" bigint NOT NULL,
	CONSTRAINT "space_stay_days_facility_id_day_space_id_pk" PRIMARY KEY("facility_id","day","space_id")
);
--> statement-breakpoint
CREATE TABLE "staff_days" (
	"facility_id" text NOT NULL,
	"day" date NOT NULL,
	"person" text NOT NULL,
	"act" text NOT NULL,
	"count" integer NOT NULL,
	"minor" bigint NOT NULL,
	CONSTRAINT "staff_days_facility_id_day_person_act_pk" PRIMARY KEY("facility_id","day","person","act")
);
--> statement-breakpoint
CREATE TABLE "taking_days" (
	"facility_id" text NOT NULL,
	"day" date NOT NULL,
	"method" text NOT NULL,
	"purpose" text NOT NULL,
	"lane_id" text NOT NULL,
	"payments" integer NOT NULL,
	"taken_minor" bigint NOT NULL,
	"reversals" integer NOT NULL,
	"reversed_minor" bigint NOT NULL,
	"charge_backs" integer NOT NULL,
	"charged_back_minor" bigint NOT NULL,
	"declined" integer NOT NULL,
	CONSTRAINT "taking_days_facility_id_day_method_purpose_lane_id_pk" PRIMARY KEY("facility_id","day","method","purpose","lane_id")
);
--> statement-breakpoint
CREATE TABLE "work_orders" (
	"facility_id" text NOT NULL,
	"ticket_id" text NOT NULL,
	"equipment_id" text NOT NULL,
	"maintenance_type" text NOT NULL,
	"description" text NOT NULL,
	"status" text NOT NULL,
	"technician_id" text,
	"scheduled_at" timestamp with time zone,
	"done" text,
	"opened_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "work_orders_facility_id_ticket_id_pk" PRIMARY KEY("facility_id","ticket_id")
);
--> statement-breakpoint
CREATE TABLE "zone_hours" (
	"facility_id" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"zone_id" text NOT NULL,
	"epoch" bigint NOT NULL,
	"spaces" integer NOT NULL,
	"occupied_s" bigint NOT NULL,
	CONSTRAINT "zone_hours_facility_id_hour_zone_id_pk" PRIMARY KEY("facility_id","hour","zone_id")
);
--> statement-breakpoint
CREATE TABLE "analytics_reports" (
	"facility_id" text NOT NULL,
	"report_id" text NOT NULL,
	"report_type" text NOT NULL,
	"title" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"data" jsonb,
	"generated_by" text NOT NULL,
	"is_scheduled" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	"deleted_by" text,
	CONSTRAINT "analytics_reports_facility_id_report_id_pk" PRIMARY KEY("facility_id","report_id")
);
--> statement-breakpoint
CREATE TABLE "system_metrics" (
	"facility_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"total_slots" integer NOT NULL,
	"occupied_slots" integer NOT NULL,
	"available_slots" integer NOT NULL,
	"daily_revenue_minor" bigint NOT NULL,
	"active_sessions" integer NOT NULL,
	"deleted_at" timestamp with time zone,
	"deleted_by" text,
	CONSTRAINT "system_metrics_facility_id_at_pk" PRIMARY KEY("facility_id","at")
);
--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "charged_back_on" date;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "entry_lane_id" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "reservation_id" text;--> statement-breakpoint
CREATE INDEX "work_orders_by_change" ON "work_orders" USING btree ("facility_id","changed_at");--> statement-breakpoint
CREATE INDEX "analytics_reports_by_age" ON "analytics_reports" USING btree ("facility_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "analytics_reports_scheduled" ON "analytics_reports" USING btree ("facility_id","report_type","from_day") WHERE is_scheduled;--> statement-breakpoint
CREATE INDEX "sessions_by_entry" ON "sessions" USING btree ("facility_id","entry_at");--> statement-breakpoint
CREATE INDEX "sessions_by_exit" ON "sessions" USING btree ("facility_id","exit_at");--> statement-breakpoint
CREATE INDEX "sessions_of_plate" ON "sessions" USING btree ("facility_id","plate");