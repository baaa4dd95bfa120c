CREATE TABLE `lane_settings` (
	`lane_id` text PRIMARY KEY NOT NULL,
	`mode` text NOT NULL,
	`locked` integer NOT NULL,
	`direction` text
);
--> statement-breakpoint
CREATE TABLE `lane_transitions` (
	`transition_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`lane_id` text NOT NULL,
	`at` integer NOT NULL,
	`from_phase` text NOT NULL,
	`to_phase` text NOT NULL,
	`cause` text NOT NULL,
	`passage_id` text
);
--> statement-breakpoint
CREATE INDEX `lane_transitions_lane` ON `lane_transitions` (`lane_id`,`at`);--> statement-breakpoint
CREATE INDEX `lane_transitions_at` ON `lane_transitions` (`at`);