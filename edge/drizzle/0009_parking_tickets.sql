CREATE TABLE `parking_tickets` (
	`number` integer PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`lane_id` text NOT NULL,
	`issued_at` integer NOT NULL,
	`state` text NOT NULL,
	`print` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `parking_tickets_session` ON `parking_tickets` (`session_id`);