CREATE TABLE `permit_pools` (
	`pool_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`capacity` integer NOT NULL,
	`when_full` text NOT NULL,
	`terms` text DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE `permit_presences` (
	`permit_id` text NOT NULL,
	`plate` text NOT NULL,
	`state` text NOT NULL,
	`since` integer NOT NULL,
	`lane_id` text NOT NULL,
	`session_id` text NOT NULL,
	PRIMARY KEY(`permit_id`, `plate`)
);
--> statement-breakpoint
CREATE TABLE `reservations` (
	`reservation_id` text PRIMARY KEY NOT NULL,
	`user_id` text,
	`vehicle_license` text NOT NULL,
	`space_id` text,
	`space_type` text,
	`reserved_from` integer NOT NULL,
	`reserved_until` integer NOT NULL,
	`reservation_amount` integer NOT NULL,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`reservation_details` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `reservations_vehicle` ON `reservations` (`vehicle_license`) WHERE status in ('confirmed', 'allocated');--> statement-breakpoint
CREATE TABLE `visitors` (
	`visitor_id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`plate` text NOT NULL,
	`name` text NOT NULL,
	`host` text,
	`valid_from` integer NOT NULL,
	`valid_until` integer NOT NULL,
	`windows` text NOT NULL,
	`entries_max` integer,
	`ended` integer NOT NULL,
	`owner` text NOT NULL,
	`changed_at` integer NOT NULL,
	`changed_by` text
);
--> statement-breakpoint
CREATE INDEX `visitors_plate` ON `visitors` (`plate`);--> statement-breakpoint
CREATE INDEX `visitors_until` ON `visitors` (`valid_until`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_list_entries` (
	`list` text NOT NULL,
	`plate` text NOT NULL,
	`owner` text NOT NULL,
	`reason` text NOT NULL,
	`valid_until` integer,
	`changed_at` integer NOT NULL,
	`changed_by` text,
	PRIMARY KEY(`list`, `plate`, `owner`)
);
--> statement-breakpoint
INSERT INTO `__new_list_entries`("list", "plate", "owner", "reason", "valid_until", "changed_at", "changed_by") SELECT "list", "plate", 'head-office', "reason", "valid_until", 0, NULL FROM `list_entries`;--> statement-breakpoint
DROP TABLE `list_entries`;--> statement-breakpoint
ALTER TABLE `__new_list_entries` RENAME TO `list_entries`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `list_entries_plate` ON `list_entries` (`plate`);--> statement-breakpoint
ALTER TABLE `permits` ADD `kind` text DEFAULT 'season' NOT NULL;--> statement-breakpoint
ALTER TABLE `permits` ADD `pool_id` text;--> statement-breakpoint
ALTER TABLE `permits` ADD `terms` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX `permits_pool` ON `permits` (`pool_id`);--> statement-breakpoint
CREATE INDEX `parking_sessions_permit` ON `parking_sessions` (`permit_id`) WHERE permit_id is not null;