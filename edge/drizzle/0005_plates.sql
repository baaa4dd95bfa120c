CREATE TABLE `plate_confusions` (
	`reader_id` text NOT NULL,
	`read_character` text NOT NULL,
	`true_character` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`reader_id`, `read_character`, `true_character`)
);
--> statement-breakpoint
CREATE TABLE `session_reads` (
	`session_id` text NOT NULL,
	`reader_id` text NOT NULL,
	`read_id` text NOT NULL,
	`lane_id` text NOT NULL,
	`raw_plate` text NOT NULL,
	`read_plate` text NOT NULL,
	`corrected_plate` text NOT NULL,
	`confidence` real NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`session_id`, `reader_id`, `read_id`)
);
--> statement-breakpoint
CREATE INDEX `session_reads_at` ON `session_reads` (`at`);