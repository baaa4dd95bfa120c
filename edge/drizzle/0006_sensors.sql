CREATE TABLE `counter_hours` (
	`zone_id` text NOT NULL,
	`hour` integer NOT NULL,
	`counted_in` integer NOT NULL,
	`counted_out` integer NOT NULL,
	`occupied_change` integer,
	PRIMARY KEY(`zone_id`, `hour`)
);
--> statement-breakpoint
CREATE INDEX `counter_hours_hour` ON `counter_hours` (`hour`);--> statement-breakpoint
CREATE TABLE `vehicle_counts` (
	`sensor_id` text NOT NULL,
	`at` integer NOT NULL,
	`sequence` integer NOT NULL,
	`zone_id` text NOT NULL,
	`counted_in` integer NOT NULL,
	`counted_out` integer NOT NULL,
	`received_at` integer NOT NULL,
	PRIMARY KEY(`sensor_id`, `at`, `sequence`)
);
--> statement-breakpoint
CREATE INDEX `vehicle_counts_zone` ON `vehicle_counts` (`zone_id`,`at`);--> statement-breakpoint
CREATE INDEX `vehicle_counts_received` ON `vehicle_counts` (`received_at`);