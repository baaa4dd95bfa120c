CREATE TABLE `anomaly_alerts` (
	`alert_id` text PRIMARY KEY NOT NULL,
	`camera_id` text,
	`track_id` text,
	`alert_type` text NOT NULL,
	`subject` text NOT NULL,
	`severity` text NOT NULL,
	`timestamp` integer NOT NULL,
	`details` text NOT NULL,
	`resolved` integer NOT NULL,
	`resolved_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `anomaly_alerts_open` ON `anomaly_alerts` (`alert_type`,`subject`) WHERE resolved = 0;--> statement-breakpoint
CREATE TABLE `decisions` (
	`decision_id` text PRIMARY KEY NOT NULL,
	`lane_id` text NOT NULL,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`session_id` text,
	`request_id` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `decisions_request` ON `decisions` (`request_id`);--> statement-breakpoint
CREATE INDEX `decisions_at` ON `decisions` (`at`);--> statement-breakpoint
CREATE TABLE `parking_facilities` (
	`facility_id` text PRIMARY KEY NOT NULL,
	`facility_name` text NOT NULL,
	`location` text,
	`total_spaces` integer NOT NULL,
	`operating_hours` text NOT NULL,
	`pricing_rules` text NOT NULL,
	`facility_layout` text NOT NULL,
	`is_active` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `gate_commands` (
	`command_id` text PRIMARY KEY NOT NULL,
	`decision_id` text NOT NULL,
	`lane_id` text NOT NULL,
	`asked_at` integer NOT NULL,
	`result` text NOT NULL,
	`evidence` text NOT NULL,
	`answered_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `gate_commands_decision` ON `gate_commands` (`decision_id`);--> statement-breakpoint
CREATE INDEX `gate_commands_result` ON `gate_commands` (`result`);--> statement-breakpoint
CREATE TABLE `ledger` (
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`text` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`epoch`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `ledger_subjects` (
	`subject` text NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`subject`, `epoch`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `list_entries` (
	`list` text NOT NULL,
	`plate` text NOT NULL,
	`reason` text NOT NULL,
	`valid_until` integer,
	PRIMARY KEY(`list`, `plate`)
);
--> statement-breakpoint
CREATE TABLE `notes` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `notices` (
	`notice_id` text PRIMARY KEY NOT NULL,
	`text` text NOT NULL,
	`received_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `observations` (
	`source_id` text NOT NULL,
	`space_id` text NOT NULL,
	`boot` text NOT NULL,
	`sequence` integer NOT NULL,
	`occupied` integer NOT NULL,
	`confidence` real NOT NULL,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL,
	PRIMARY KEY(`source_id`, `space_id`, `boot`, `sequence`)
);
--> statement-breakpoint
CREATE INDEX `observations_received` ON `observations` (`received_at`);--> statement-breakpoint
CREATE TABLE `passages` (
	`passage_id` text PRIMARY KEY NOT NULL,
	`lane_id` text NOT NULL,
	`direction` text NOT NULL,
	`session_id` text,
	`decision_id` text NOT NULL,
	`command_id` text NOT NULL,
	`commanded_at` integer NOT NULL,
	`commanded_evidence` text NOT NULL,
	`acknowledged_at` integer,
	`acknowledged_evidence` text,
	`moved_at` integer,
	`moved_evidence` text,
	`passed_at` integer,
	`passed_evidence` text,
	`closed_at` integer,
	`closed_evidence` text,
	`outcome` text
);
--> statement-breakpoint
CREATE INDEX `passages_open` ON `passages` (`outcome`);--> statement-breakpoint
CREATE INDEX `passages_session` ON `passages` (`session_id`);--> statement-breakpoint
CREATE TABLE `payments` (
	`payment_id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`user_id` text,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`payment_method` text NOT NULL,
	`transaction_id` text,
	`terminal_id` text,
	`status` text NOT NULL,
	`started_at` integer NOT NULL,
	`processed_at` integer,
	`payment_details` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `payments_session` ON `payments` (`session_id`);--> statement-breakpoint
CREATE INDEX `payments_status` ON `payments` (`status`);--> statement-breakpoint
CREATE INDEX `payments_processed` ON `payments` (`processed_at`);--> statement-breakpoint
CREATE INDEX `payments_receipt` ON `payments` (`terminal_id`,`transaction_id`);--> statement-breakpoint
CREATE TABLE `permit_plates` (
	`plate` text NOT NULL,
	`permit_id` text NOT NULL,
	PRIMARY KEY(`plate`, `permit_id`)
);
--> statement-breakpoint
CREATE TABLE `permits` (
	`permit_id` text PRIMARY KEY NOT NULL,
	`valid_from` integer NOT NULL,
	`valid_until` integer NOT NULL,
	`revoked` integer NOT NULL,
	`holder` text
);
--> statement-breakpoint
CREATE TABLE `plate_reads` (
	`reader_id` text NOT NULL,
	`read_id` text NOT NULL,
	`lane_id` text NOT NULL,
	`raw_plate` text NOT NULL,
	`confidence` real NOT NULL,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`outcome` text NOT NULL,
	PRIMARY KEY(`reader_id`, `read_id`)
);
--> statement-breakpoint
CREATE INDEX `plate_reads_received` ON `plate_reads` (`received_at`);--> statement-breakpoint
CREATE TABLE `parking_sessions` (
	`session_id` text PRIMARY KEY NOT NULL,
	`space_id` text,
	`vehicle_license` text,
	`raw_plate` text NOT NULL,
	`vehicle_class` text NOT NULL,
	`entry_time` integer NOT NULL,
	`exit_time` integer,
	`status` text NOT NULL,
	`total_amount` integer NOT NULL,
	`paid_amount` integer NOT NULL,
	`payment_status` text NOT NULL,
	`session_metadata` text NOT NULL,
	`entry_lane` text NOT NULL,
	`exit_lane` text,
	`entry_steady` integer NOT NULL,
	`tariff_id` text NOT NULL,
	`tariff_version` integer NOT NULL,
	`permit_id` text,
	`quoted_due` integer,
	`quoted_total` integer,
	`quote_until_steady` integer,
	`grace_until_steady` integer
);
--> statement-breakpoint
CREATE INDEX `parking_sessions_inside` ON `parking_sessions` (`status`,`vehicle_license`);--> statement-breakpoint
CREATE INDEX `parking_sessions_entry` ON `parking_sessions` (`entry_time`);--> statement-breakpoint
CREATE TABLE `observation_sources` (
	`source_id` text NOT NULL,
	`space_id` text NOT NULL,
	`source` text NOT NULL,
	`boot` text NOT NULL,
	`sequence` integer NOT NULL,
	`occupied` integer NOT NULL,
	`confidence` real NOT NULL,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`lost` integer NOT NULL,
	`battery_percent` real,
	PRIMARY KEY(`source_id`, `space_id`)
);
--> statement-breakpoint
CREATE TABLE `parking_spaces` (
	`space_id` text PRIMARY KEY NOT NULL,
	`facility_id` text NOT NULL,
	`level` text NOT NULL,
	`zone` text NOT NULL,
	`space_number` text NOT NULL,
	`space_type` text NOT NULL,
	`is_accessible` integer NOT NULL,
	`status` text NOT NULL,
	`last_updated` integer NOT NULL,
	`sensor_data` text NOT NULL,
	`change` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `parking_spaces_change` ON `parking_spaces` (`change`);--> statement-breakpoint
CREATE TABLE `space_stays` (
	`stay_id` text PRIMARY KEY NOT NULL,
	`track_id` text,
	`camera_id` text,
	`space_id` text NOT NULL,
	`space_name` text NOT NULL,
	`vehicle_class` text NOT NULL,
	`entry_time` integer NOT NULL,
	`exit_time` integer,
	`duration_seconds` integer,
	`duration_hours` real GENERATED ALWAYS AS (duration_seconds / 3600.0) VIRTUAL,
	`fee` integer,
	`status` text NOT NULL,
	`source` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `space_stays_status` ON `space_stays` (`status`,`space_id`);--> statement-breakpoint
CREATE INDEX `space_stays_exit` ON `space_stays` (`exit_time`);--> statement-breakpoint
CREATE TABLE `tariffs` (
	`tariff_id` text NOT NULL,
	`version` integer NOT NULL,
	`valid_from` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`tariff_id`, `version`)
);
