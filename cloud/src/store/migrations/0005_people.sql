CREATE TABLE "api_tokens" (
	"organisation_id" text NOT NULL,
	"token_id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"scopes" text[] NOT NULL,
	"secret_sha256" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "api_tokens_organisation_id_token_id_pk" PRIMARY KEY("organisation_id","token_id")
);
--> statement-breakpoint
CREATE TABLE "assignments" (
	"organisation_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"place_kind" text NOT NULL,
	"place_id" text NOT NULL,
	"given_at" timestamp with time zone NOT NULL,
	CONSTRAINT "assignments_organisation_id_user_id_role_place_kind_place_id_pk" PRIMARY KEY("organisation_id","user_id","role","place_kind","place_id")
);
--> statement-breakpoint
CREATE TABLE "audit_lines" (
	"organisation_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"action" text NOT NULL,
	"actor_id" text,
	"subject_id" text NOT NULL,
	"request_id" text,
	"text" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_lines_organisation_id_seq_pk" PRIMARY KEY("organisation_id","seq")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"organisation_id" text NOT NULL,
	"user_id" text NOT NULL,
	"code_sha256" text NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "invitations_organisation_id_user_id_pk" PRIMARY KEY("organisation_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "logins" (
	"organisation_id" text NOT NULL,
	"login_id" text NOT NULL,
	"user_id" text NOT NULL,
	"secret_sha256" text NOT NULL,
	"previous_sha256" text,
	"rotated_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone,
	"began_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"address" text NOT NULL,
	"agent" text NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "logins_organisation_id_login_id_pk" PRIMARY KEY("organisation_id","login_id")
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"organisation_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"parent_id" text,
	"audit_seq" bigint DEFAULT 0 NOT NULL,
	"audit_hash" text DEFAULT '0000000000000000000000000000000000000000000000000000000000000000' NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"organisation_id" text NOT NULL,
	"user_id" text NOT NULL,
	"code_hash" text NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "recovery_codes_organisation_id_user_id_code_hash_pk" PRIMARY KEY("organisation_id","user_id","code_hash")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"organisation_id" text NOT NULL,
	"user_id" text NOT NULL,
	"email" text NOT NULL,
	"phone_number" text,
	"first_name" text NOT NULL,
	"last_name" text NOT NULL,
	"payment_methods" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"vehicle_info" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"password_hash" text,
	"totp_sealed" text,
	"totp_since" timestamp with time zone,
	"totp_step" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "users_organisation_id_user_id_pk" PRIMARY KEY("organisation_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "facilities" ADD COLUMN "organisation_id" text DEFAULT 'main' NOT NULL;--> statement-breakpoint
CREATE INDEX "api_tokens_of_user" ON "api_tokens" USING btree ("organisation_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_lines_request" ON "audit_lines" USING btree ("organisation_id","request_id");--> statement-breakpoint
CREATE INDEX "audit_lines_subject" ON "audit_lines" USING btree ("organisation_id","subject_id");--> statement-breakpoint
CREATE INDEX "logins_of_user" ON "logins" USING btree ("organisation_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("organisation_id","email");--> statement-breakpoint
CREATE FUNCTION "audit_lines_stay"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit lines are only ever added'; END $$;
--> statement-breakpoint
CREATE TRIGGER "audit_lines_stay" BEFORE UPDATE OR DELETE ON "audit_lines" FOR EACH ROW EXECUTE FUNCTION "audit_lines_stay"();
