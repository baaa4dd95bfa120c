CREATE TABLE `mirror_records` (
	`reader_id` text NOT NULL,
	`plate` text NOT NULL,
	`state` text NOT NULL,
	`record_id` text,
	`until` integer,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`reader_id`, `plate`)
);
