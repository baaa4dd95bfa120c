CREATE TABLE `devices` (
	`device_id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`make` text NOT NULL,
	`lane_id` text,
	`standing` text NOT NULL,
	`standing_since` integer NOT NULL,
	`standing_by` text NOT NULL,
	`standing_reason` text NOT NULL,
	`configured` integer NOT NULL,
	`health` text NOT NULL,
	`health_since` integer NOT NULL,
	`first_seen` integer NOT NULL,
	`last_seen` integer,
	`battery_percent` real,
	`firmware` text,
	`clock_skew_ms` integer,
	`usual_interval_ms` real,
	`last_change` integer,
	`detail` text,
	`counters` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `maintenance_logs` (
	`log_id` text PRIMARY KEY NOT NULL,
	`equipment_id` text NOT NULL,
	`maintenance_type` text NOT NULL,
	`description` text NOT NULL,
	`technician_id` text,
	`scheduled_at` integer,
	`completed_at` integer,
	`status` text NOT NULL,
	`opened_at` integer NOT NULL,
	`alert_id` text,
	`maintenance_details` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `maintenance_logs_alert_id_unique` ON `maintenance_logs` (`alert_id`);--> statement-breakpoint
CREATE INDEX `maintenance_logs_status` ON `maintenance_logs` (`status`,`opened_at`);