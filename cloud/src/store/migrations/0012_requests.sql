CREATE TABLE "request_hours" (
	"facility_id" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"route" text NOT NULL,
	"requests" integer NOT NULL,
	"refused" integer NOT NULL,
	"failed" integer NOT NULL,
	"total_ms" bigint NOT NULL,
	"within50" integer NOT NULL,
	"within100" integer NOT NULL,
	"within300" integer NOT NULL,
	"within1000" integer NOT NULL,
	"within3000" integer NOT NULL,
	CONSTRAINT "request_hours_facility_id_hour_route_pk" PRIMARY KEY("facility_id","hour","route")
);
--> statement-breakpoint
CREATE TABLE "idempotent_answers" (
	"organisation_id" text NOT NULL,
	"key" text NOT NULL,
	"request_sha256" text NOT NULL,
	"began_at" timestamp with time zone NOT NULL,
	"status" integer,
	"sealed" text,
	CONSTRAINT "idempotent_answers_organisation_id_key_pk" PRIMARY KEY("organisation_id","key")
);
--> statement-breakpoint
CREATE TABLE "sign_in_tries" (
	"organisation_id" text NOT NULL,
	"counted" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"tries" integer NOT NULL,
	CONSTRAINT "sign_in_tries_organisation_id_counted_pk" PRIMARY KEY("organisation_id","counted")
);
--> statement-breakpoint
CREATE INDEX "idempotent_answers_by_age" ON "idempotent_answers" USING btree ("organisation_id","began_at");--> statement-breakpoint
CREATE INDEX "sign_in_tries_by_age" ON "sign_in_tries" USING btree ("organisation_id","since");