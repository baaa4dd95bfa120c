CREATE TABLE "callbacks" (
	"facility_id" text NOT NULL,
	"gateway" text NOT NULL,
	"body_sha256" text NOT NULL,
	"number" integer NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"repeats" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "callbacks_facility_id_gateway_body_sha256_pk" PRIMARY KEY("facility_id","gateway","body_sha256")
);
--> statement-breakpoint
CREATE TABLE "debts" (
	"facility_id" text NOT NULL,
	"note_id" text NOT NULL,
	"session_id" text NOT NULL,
	"plate" text,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "debts_facility_id_note_id_pk" PRIMARY KEY("facility_id","note_id")
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"facility_id" text NOT NULL,
	"document_id" text NOT NULL,
	"device_id" text NOT NULL,
	"kind" text NOT NULL,
	"number" bigint NOT NULL,
	"session_id" text,
	"payment_id" text,
	"token" text NOT NULL,
	"body" jsonb NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	CONSTRAINT "documents_facility_id_document_id_pk" PRIMARY KEY("facility_id","document_id")
);
--> statement-breakpoint
CREATE TABLE "postings" (
	"facility_id" text NOT NULL,
	"epoch" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"line" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"day" date NOT NULL,
	"entry_id" text NOT NULL,
	"kind" text NOT NULL,
	"account" text NOT NULL,
	"subject" text,
	"minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"rate_ppm" integer,
	"payment_id" text,
	"session_id" text,
	"shift_id" text,
	CONSTRAINT "postings_facility_id_epoch_seq_line_pk" PRIMARY KEY("facility_id","epoch","seq","line")
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"facility_id" text NOT NULL,
	"refund_id" text NOT NULL,
	"payment_id" text NOT NULL,
	"session_id" text,
	"amount_minor" bigint NOT NULL,
	"status" text NOT NULL,
	"reason" text NOT NULL,
	"requested_by" text NOT NULL,
	"approved_by" text,
	"provider_ref" text,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_on" date NOT NULL,
	CONSTRAINT "refunds_facility_id_refund_id_pk" PRIMARY KEY("facility_id","refund_id")
);
--> statement-breakpoint
CREATE TABLE "shifts" (
	"facility_id" text NOT NULL,
	"shift_id" text NOT NULL,
	"drawer_id" text NOT NULL,
	"operator" text NOT NULL,
	"state" text,
	"opened_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"float_minor" bigint,
	"expected_minor" bigint,
	"counted_minor" bigint,
	"z_number" bigint,
	"report" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"signature" text,
	CONSTRAINT "shifts_facility_id_shift_id_pk" PRIMARY KEY("facility_id","shift_id")
);
--> statement-breakpoint
CREATE TABLE "violations" (
	"facility_id" text NOT NULL,
	"violation_id" text NOT NULL,
	"session_id" text,
	"violation_type" text NOT NULL,
	"status" text NOT NULL,
	"penalty_minor" bigint NOT NULL,
	"plate" text,
	"reason" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "violations_facility_id_violation_id_pk" PRIMARY KEY("facility_id","violation_id")
);
--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "purpose" text;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "subject_id" text;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "captured_on" date;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "reversed_on" date;--> statement-breakpoint
CREATE INDEX "debts_open" ON "debts" USING btree ("facility_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "documents_by_token" ON "documents" USING btree ("facility_id","token");--> statement-breakpoint
CREATE INDEX "postings_by_day" ON "postings" USING btree ("facility_id","day");--> statement-breakpoint
CREATE INDEX "postings_of_account" ON "postings" USING btree ("facility_id","account","subject");--> statement-breakpoint
CREATE INDEX "refunds_of_payment" ON "refunds" USING btree ("facility_id","payment_id");--> statement-breakpoint
CREATE INDEX "refunds_by_day" ON "refunds" USING btree ("facility_id","changed_on");--> statement-breakpoint
CREATE INDEX "shifts_closed" ON "shifts" USING btree ("facility_id","drawer_id","z_number");--> statement-breakpoint
CREATE INDEX "violations_by_status" ON "violations" USING btree ("facility_id","status");--> statement-breakpoint
CREATE INDEX "payments_captured" ON "payments" USING btree ("facility_id","captured_on");--> statement-breakpoint
CREATE INDEX "payments_reversed" ON "payments" USING btree ("facility_id","reversed_on");