CREATE TABLE `debt_notes` (
	`note_id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`plate` text,
	`name` text,
	`contact` text,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`issued_at` integer NOT NULL,
	`issued_by` text NOT NULL,
	`settled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `debt_notes_session` ON `debt_notes` (`session_id`);--> statement-breakpoint
CREATE INDEX `debt_notes_plate` ON `debt_notes` (`plate`);--> statement-breakpoint
CREATE INDEX `debt_notes_state` ON `debt_notes` (`state`);--> statement-breakpoint
CREATE TABLE `documents` (
	`document_id` text PRIMARY KEY NOT NULL,
	`device_id` text NOT NULL,
	`kind` text NOT NULL,
	`number` integer NOT NULL,
	`issued_at` integer NOT NULL,
	`session_id` text,
	`payment_id` text,
	`token` text NOT NULL,
	`body` text NOT NULL,
	`reprints` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `documents_number` ON `documents` (`device_id`,`kind`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `documents_token` ON `documents` (`token`);--> statement-breakpoint
CREATE INDEX `documents_session` ON `documents` (`session_id`);--> statement-breakpoint
CREATE INDEX `documents_payment` ON `documents` (`payment_id`);--> statement-breakpoint
CREATE TABLE `merchants` (
	`merchant_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`stay_cap` integer,
	`month_cap` integer,
	`is_active` integer NOT NULL,
	`token_hash` text
);
--> statement-breakpoint
CREATE TABLE `postings` (
	`entry_id` text NOT NULL,
	`line` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`account` text NOT NULL,
	`subject` text,
	`minor` integer NOT NULL,
	`currency` text NOT NULL,
	`rate_ppm` integer,
	`payment_id` text,
	`session_id` text,
	`shift_id` text,
	PRIMARY KEY(`entry_id`, `line`)
);
--> statement-breakpoint
CREATE INDEX `postings_account` ON `postings` (`account`,`subject`);--> statement-breakpoint
CREATE INDEX `postings_at` ON `postings` (`at`);--> statement-breakpoint
CREATE INDEX `postings_shift` ON `postings` (`shift_id`);--> statement-breakpoint
CREATE INDEX `postings_payment` ON `postings` (`payment_id`);--> statement-breakpoint
CREATE TABLE `refunds` (
	`refund_id` text PRIMARY KEY NOT NULL,
	`payment_id` text NOT NULL,
	`session_id` text,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`status` text NOT NULL,
	`reason` text NOT NULL,
	`requested_by` text NOT NULL,
	`approved_by` text,
	`requested_at` integer NOT NULL,
	`processed_at` integer,
	`provider_ref` text,
	`shift_id` text,
	`details` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `refunds_payment` ON `refunds` (`payment_id`);--> statement-breakpoint
CREATE INDEX `refunds_status` ON `refunds` (`status`);--> statement-breakpoint
CREATE TABLE `shifts` (
	`shift_id` text PRIMARY KEY NOT NULL,
	`drawer_id` text NOT NULL,
	`operator` text NOT NULL,
	`state` text NOT NULL,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	`float` integer NOT NULL,
	`counted` integer,
	`expected` integer,
	`relieves` text,
	`z_number` integer,
	`report` text,
	`signature` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `shifts_open` ON `shifts` (`drawer_id`) WHERE state <> 'closed';--> statement-breakpoint
CREATE INDEX `shifts_opened` ON `shifts` (`opened_at`);--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`subscription_id` text PRIMARY KEY NOT NULL,
	`permit_id` text NOT NULL,
	`account_id` text NOT NULL,
	`price` integer NOT NULL,
	`rate_ppm` integer NOT NULL,
	`period` text NOT NULL,
	`state` text NOT NULL,
	`paid_until` integer NOT NULL,
	`next_try_at` integer NOT NULL,
	`tries` integer NOT NULL,
	`grace_days` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `subscriptions_permit` ON `subscriptions` (`permit_id`);--> statement-breakpoint
CREATE INDEX `subscriptions_next` ON `subscriptions` (`next_try_at`);--> statement-breakpoint
CREATE TABLE `validations` (
	`validation_id` text PRIMARY KEY NOT NULL,
	`merchant_id` text NOT NULL,
	`kind` text NOT NULL,
	`value` integer NOT NULL,
	`state` text NOT NULL,
	`code` text,
	`session_id` text,
	`payment_id` text,
	`issued_at` integer NOT NULL,
	`expires_at` integer,
	`used_at` integer,
	`issued_by` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `validations_code` ON `validations` (`code`) WHERE code is not null;--> statement-breakpoint
CREATE INDEX `validations_session` ON `validations` (`session_id`);--> statement-breakpoint
CREATE INDEX `validations_merchant` ON `validations` (`merchant_id`,`issued_at`);--> statement-breakpoint
CREATE TABLE `value_account_plates` (
	`plate` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `value_accounts` (
	`account_id` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`is_active` integer NOT NULL,
	`balance` integer NOT NULL,
	`gateway` text,
	`customer_ref` text,
	`means_ref` text,
	`last_four` text,
	`floor_limit` integer NOT NULL,
	`top_up_below` integer,
	`top_up_minor` integer
);
--> statement-breakpoint
CREATE TABLE `violations` (
	`violation_id` text PRIMARY KEY NOT NULL,
	`session_id` text,
	`violation_type` text NOT NULL,
	`penalty_amount` integer NOT NULL,
	`status` text NOT NULL,
	`detected_at` integer NOT NULL,
	`resolved_at` integer,
	`violation_details` text NOT NULL,
	`plate` text,
	`space_id` text,
	`currency` text NOT NULL,
	`issued_at` integer,
	`discount_until` integer,
	`due_at` integer,
	`escalation` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `violations_subject` ON `violations` (`violation_type`,`session_id`);--> statement-breakpoint
CREATE INDEX `violations_status` ON `violations` (`status`);--> statement-breakpoint
CREATE INDEX `violations_plate` ON `violations` (`plate`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_payments` (
	`payment_id` text PRIMARY KEY NOT NULL,
	`session_id` text,
	`user_id` text,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`payment_method` text NOT NULL,
	`transaction_id` text,
	`terminal_id` text,
	`status` text NOT NULL,
	`started_at` integer NOT NULL,
	`processed_at` integer,
	`payment_details` text NOT NULL,
	`purpose` text DEFAULT 'stay' NOT NULL,
	`subject_id` text,
	`refunded` integer DEFAULT 0 NOT NULL,
	`shift_id` text,
	`request_id` text
);
--> statement-breakpoint
INSERT INTO `__new_payments`("payment_id", "session_id", "user_id", "amount", "currency", "payment_method", "transaction_id", "terminal_id", "status", "started_at", "processed_at", "payment_details", "purpose", "subject_id", "refunded", "shift_id", "request_id") SELECT "payment_id", "session_id", "user_id", "amount", "currency", "payment_method", "transaction_id", "terminal_id", "status", "started_at", "processed_at", "payment_details", 'stay', NULL, 0, NULL, NULL FROM `payments`;--> statement-breakpoint
DROP TABLE `payments`;--> statement-breakpoint
ALTER TABLE `__new_payments` RENAME TO `payments`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `payments_request` ON `payments` (`request_id`);--> statement-breakpoint
CREATE INDEX `payments_subject` ON `payments` (`subject_id`);--> statement-breakpoint
CREATE INDEX `payments_shift` ON `payments` (`shift_id`);--> statement-breakpoint
CREATE INDEX `payments_session` ON `payments` (`session_id`);--> statement-breakpoint
CREATE INDEX `payments_status` ON `payments` (`status`);--> statement-breakpoint
CREATE INDEX `payments_processed` ON `payments` (`processed_at`);--> statement-breakpoint
CREATE INDEX `payments_receipt` ON `payments` (`terminal_id`,`transaction_id`);--> statement-breakpoint
ALTER TABLE `parking_sessions` ADD `billing` text;