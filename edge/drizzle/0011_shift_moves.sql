CREATE TABLE `document_prints` (
	`request_id` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`copy` integer NOT NULL,
	`printer_id` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`outcome` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `document_prints_document` ON `document_prints` (`document_id`);--> statement-breakpoint
CREATE TABLE `shift_moves` (
	`request_id` text PRIMARY KEY NOT NULL,
	`shift_id` text NOT NULL,
	`move` text NOT NULL,
	`amount` integer NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`pieces` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `shift_moves_shift` ON `shift_moves` (`shift_id`,`at`);--> statement-breakpoint
CREATE UNIQUE INDEX `shifts_report` ON `shifts` (`drawer_id`,`z_number`) WHERE z_number is not null;