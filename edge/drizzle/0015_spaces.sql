CREATE TABLE `session_segments` (
	`session_id` text NOT NULL,
	`number` integer NOT NULL,
	`space_id` text NOT NULL,
	`stay_id` text,
	`from_time` integer NOT NULL,
	`from_steady` integer NOT NULL,
	`until_time` integer,
	`said_at` integer NOT NULL,
	`witness` text NOT NULL,
	`said_by` text NOT NULL,
	`ended_as` text,
	`request_id` text,
	`end_request_id` text,
	PRIMARY KEY(`session_id`, `number`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `session_segments_space` ON `session_segments` (`space_id`) WHERE until_time is null;--> statement-breakpoint
CREATE UNIQUE INDEX `session_segments_open` ON `session_segments` (`session_id`) WHERE until_time is null;--> statement-breakpoint
CREATE INDEX `session_segments_until` ON `session_segments` (`until_time`);--> statement-breakpoint
CREATE INDEX `session_segments_request` ON `session_segments` (`request_id`);--> statement-breakpoint
CREATE INDEX `session_segments_end_request` ON `session_segments` (`end_request_id`);--> statement-breakpoint
CREATE INDEX `reservations_space` ON `reservations` (`space_id`) WHERE status = 'checked-in';