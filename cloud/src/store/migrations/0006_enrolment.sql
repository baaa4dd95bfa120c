CREATE TABLE "enrolment_codes" (
	"facility_id" text NOT NULL,
	"request_id" text NOT NULL,
	"code_sha256" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"token_sha256" text,
	CONSTRAINT "enrolment_codes_facility_id_request_id_pk" PRIMARY KEY("facility_id","request_id")
);
--> statement-breakpoint
ALTER TABLE "facility_tokens" ADD COLUMN "first_used_at" timestamp with time zone;