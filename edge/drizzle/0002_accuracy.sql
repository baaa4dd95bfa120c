CREATE TABLE `spot_counts` (
	`count_id` text NOT NULL,
	`space_id` text NOT NULL,
	`source` text NOT NULL,
	`source_id` text NOT NULL,
	`zone_id` text NOT NULL,
	`scope` text NOT NULL,
	`method` text NOT NULL,
	`spaces` integer NOT NULL,
	`occupied` integer NOT NULL,
	`said` integer,
	`counted_at` integer NOT NULL,
	`counted_by` text NOT NULL,
	PRIMARY KEY(`count_id`, `space_id`, `source`, `source_id`)
);
--> statement-breakpoint
CREATE INDEX `spot_counts_at` ON `spot_counts` (`counted_at`);--> statement-breakpoint
CREATE INDEX `spot_counts_source` ON `spot_counts` (`source_id`,`counted_at`);