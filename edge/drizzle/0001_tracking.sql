CREATE TABLE `camera_hours` (
	`camera_id` text NOT NULL,
	`hour_start` integer NOT NULL,
	`hour_end` integer NOT NULL,
	`day` text NOT NULL,
	`hour` integer NOT NULL,
	`frames` integer NOT NULL,
	`occupied_ms` integer NOT NULL,
	`space_ms` integer NOT NULL,
	`occupied_seen` integer NOT NULL,
	`spaces_seen` integer NOT NULL,
	`max_occupied` integer NOT NULL,
	`vehicle_observations` integer NOT NULL,
	`entries` integer NOT NULL,
	`exits` integer NOT NULL,
	PRIMARY KEY(`camera_id`, `hour_start`)
);
--> statement-breakpoint
CREATE INDEX `camera_hours_end` ON `camera_hours` (`hour_end`);--> statement-breakpoint
CREATE TABLE `camera_space_days` (
	`camera_id` text NOT NULL,
	`day` text NOT NULL,
	`space_id` text NOT NULL,
	`space_name` text NOT NULL,
	`observed_ms` integer NOT NULL,
	`occupied_ms` integer NOT NULL,
	`frames` integer NOT NULL,
	`occupied_frames` integer NOT NULL,
	PRIMARY KEY(`camera_id`, `day`, `space_id`)
);
--> statement-breakpoint
CREATE INDEX `camera_space_days_day` ON `camera_space_days` (`day`);--> statement-breakpoint
CREATE TABLE `camera_stays` (
	`stay_id` text PRIMARY KEY NOT NULL,
	`camera_id` text NOT NULL,
	`boot` text NOT NULL,
	`track_id` integer NOT NULL,
	`space_id` text NOT NULL,
	`space_name` text NOT NULL,
	`vehicle_class` text NOT NULL,
	`confidence` real NOT NULL,
	`entry_time` integer NOT NULL,
	`last_seen` integer NOT NULL,
	`exit_time` integer,
	`duration_seconds` integer NOT NULL,
	`duration_hours` real GENERATED ALWAYS AS (duration_seconds / 3600.0) VIRTUAL,
	`fee` integer NOT NULL,
	`status` text NOT NULL,
	`overstay` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `camera_stays_status` ON `camera_stays` (`status`);--> statement-breakpoint
CREATE INDEX `camera_stays_exit` ON `camera_stays` (`camera_id`,`exit_time`);--> statement-breakpoint
CREATE INDEX `camera_stays_end` ON `camera_stays` (`exit_time`);--> statement-breakpoint
CREATE TABLE `camera_vehicles` (
	`camera_id` text NOT NULL,
	`boot` text NOT NULL,
	`track_id` integer NOT NULL,
	`vehicle_class` text NOT NULL,
	`first_seen` integer NOT NULL,
	`last_seen` integer NOT NULL,
	`status` text NOT NULL,
	`entry_time` integer,
	`exit_time` integer,
	`dwell_seconds` integer,
	`path` text NOT NULL,
	PRIMARY KEY(`camera_id`, `boot`, `track_id`)
);
--> statement-breakpoint
CREATE INDEX `camera_vehicles_seen` ON `camera_vehicles` (`camera_id`,`last_seen`,`first_seen`,`vehicle_class`);--> statement-breakpoint
CREATE INDEX `camera_vehicles_exit` ON `camera_vehicles` (`camera_id`,`exit_time`);--> statement-breakpoint
CREATE INDEX `camera_vehicles_end` ON `camera_vehicles` (`last_seen`);--> statement-breakpoint
CREATE TABLE `vehicle_flow_events` (
	`event_id` text PRIMARY KEY NOT NULL,
	`camera_id` text NOT NULL,
	`boot` text NOT NULL,
	`track_id` integer NOT NULL,
	`event_type` text NOT NULL,
	`timestamp` integer NOT NULL,
	`vehicle_class` text NOT NULL,
	`space_id` text,
	`metadata` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `vehicle_flow_events_camera` ON `vehicle_flow_events` (`camera_id`,`timestamp`);--> statement-breakpoint
CREATE INDEX `vehicle_flow_events_time` ON `vehicle_flow_events` (`timestamp`);--> statement-breakpoint
CREATE TABLE `occupancy_snapshots` (
	`camera_id` text NOT NULL,
	`timestamp` integer NOT NULL,
	`vehicle_count` integer NOT NULL,
	`occupied_spaces` integer NOT NULL,
	`total_spaces` integer NOT NULL,
	`occupancy_rate` real NOT NULL,
	`vehicle_types` text NOT NULL,
	`track_ids` text NOT NULL,
	`space_occupancy` text NOT NULL,
	PRIMARY KEY(`camera_id`, `timestamp`)
);
--> statement-breakpoint
CREATE INDEX `occupancy_snapshots_time` ON `occupancy_snapshots` (`timestamp`);--> statement-breakpoint
ALTER TABLE `anomaly_alerts` ADD `acknowledged_at` integer;--> statement-breakpoint
ALTER TABLE `anomaly_alerts` ADD `acknowledged_by` text;--> statement-breakpoint
CREATE INDEX `anomaly_alerts_camera` ON `anomaly_alerts` (`camera_id`) WHERE resolved = 0;