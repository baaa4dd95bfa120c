CREATE TABLE `callbacks` (
	`callback_id` text PRIMARY KEY NOT NULL,
	`gateway` text NOT NULL,
	`event_id` text,
	`received_at` integer NOT NULL,
	`via` text NOT NULL,
	`body` text NOT NULL,
	`signature` text NOT NULL,
	`redacted` integer NOT NULL,
	`reading` text,
	`payment_id` text,
	`state` text NOT NULL,
	`reason` text,
	`attempts` integer NOT NULL,
	`repeats` integer NOT NULL,
	`handled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `callbacks_event` ON `callbacks` (`gateway`,`event_id`);--> statement-breakpoint
CREATE INDEX `callbacks_state` ON `callbacks` (`state`,`received_at`);--> statement-breakpoint
CREATE TABLE `online_payments` (
	`payment_id` text PRIMARY KEY NOT NULL,
	`gateway` text NOT NULL,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`description` text NOT NULL,
	`offered_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`offer_ref` text,
	`url` text,
	`facts` text NOT NULL,
	`state` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `online_payments_state` ON `online_payments` (`state`,`offered_at`);--> statement-breakpoint
CREATE TABLE `online_refs` (
	`gateway` text NOT NULL,
	`ref` text NOT NULL,
	`payment_id` text NOT NULL,
	PRIMARY KEY(`gateway`, `ref`)
);
