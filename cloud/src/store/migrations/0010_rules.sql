CREATE TABLE "access_rules" (
	"facility_id" text NOT NULL,
	"kind" text NOT NULL,
	"owner" text NOT NULL,
	"rule_id" text NOT NULL,
	"body" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"directive_number" integer,
	"valid_from" timestamp with time zone,
	"valid_until" timestamp with time zone,
	"is_ended" boolean NOT NULL,
	"search" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by" text,
	CONSTRAINT "access_rules_facility_id_kind_owner_rule_id_pk" PRIMARY KEY("facility_id","kind","owner","rule_id")
);
--> statement-breakpoint
CREATE TABLE "tariff_drafts" (
	"facility_id" text NOT NULL,
	"draft_id" text NOT NULL,
	"body" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by" text,
	CONSTRAINT "tariff_drafts_facility_id_draft_id_pk" PRIMARY KEY("facility_id","draft_id")
);
--> statement-breakpoint
CREATE TABLE "tariffs" (
	"facility_id" text NOT NULL,
	"tariff_id" text NOT NULL,
	"version" integer NOT NULL,
	"body" jsonb NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_to" timestamp with time zone,
	"directive_number" integer NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"published_by" text,
	"why" text,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "tariffs_facility_id_tariff_id_version_pk" PRIMARY KEY("facility_id","tariff_id","version")
);
--> statement-breakpoint
CREATE INDEX "access_rules_by_change" ON "access_rules" USING btree ("facility_id","kind","changed_at");--> statement-breakpoint
-- What was decided before: of each rule the last directive counts, of each version of a tariff the first that was taken.
INSERT INTO "access_rules"
SELECT DISTINCT ON (facility_id, kind, rule_id) facility_id, kind, 'head-office', rule_id, body, 1, number,
	coalesce(body->>'valid_from', body->>'reserved_from')::timestamptz,
	coalesce(body->>'valid_until', body->>'reserved_until')::timestamptz,
	coalesce(body->>'revoked', body->>'removed', body->>'ended', 'false') = 'true'
		OR coalesce(body->>'status', '') IN ('completed', 'no-show', 'cancelled', 'expired', 'moved'),
	lower(concat_ws(' ', rule_id, translate(body->>'plates', '[]",', ''), body->>'plate', body->>'holder',
		body->>'name', body->>'host', body->>'reason', body->>'user_id', body->>'space_id')),
	issued_at, NULL
FROM (SELECT facility_id, kind, number, body, issued_at,
		CASE kind WHEN 'permit' THEN body->>'permit_id' WHEN 'pool' THEN body->>'pool_id'
			WHEN 'list-entry' THEN (body->>'list') || ':' || (body->>'plate')
			WHEN 'visitor' THEN body->>'visitor_id' ELSE body->>'reservation_id' END AS rule_id
	FROM directives WHERE kind IN ('permit', 'pool', 'list-entry', 'visitor', 'reservation')) AS given
WHERE rule_id IS NOT NULL
ORDER BY facility_id, kind, rule_id, number DESC;
--> statement-breakpoint
INSERT INTO "tariffs"
SELECT DISTINCT ON (facility_id, body->>'tariff_id', body->>'version') facility_id, body->>'tariff_id',
	(body->>'version')::integer, body, (body->>'valid_from')::timestamptz, (body->>'valid_to')::timestamptz, number,
	issued_at, NULL, NULL, NULL
FROM directives WHERE kind = 'tariff'
ORDER BY facility_id, body->>'tariff_id', body->>'version', (result IS NOT DISTINCT FROM 'applied') DESC, number;
--> statement-breakpoint
-- What people decided at the facilities, as their ledgers tell it.
INSERT INTO "access_rules"
SELECT DISTINCT ON (facility_id, rule_id) facility_id, 'list-entry', 'facility', rule_id,
	jsonb_strip_nulls(jsonb_build_object('list', told->'list', 'plate', told->'plate', 'reason', said->'reason',
		'valid_until', said->'valid_until', 'removed', told->'after' = 'null'::jsonb)),
	1, NULL, NULL, (said->>'valid_until')::timestamptz, told->'after' = 'null'::jsonb,
	lower(concat_ws(' ', rule_id, told->>'plate', said->>'reason')), at,
	coalesce(told->'actor'->>'id', told->'actor'->>'kind')
FROM (SELECT facility_id, epoch, seq, at, told, (told->>'list') || ':' || (told->>'plate') AS rule_id,
		CASE WHEN told->'after' = 'null'::jsonb THEN told->'before' ELSE told->'after' END AS said
	FROM (SELECT facility_id, epoch, seq, at, text::jsonb->'body' AS told FROM ledger_lines
		WHERE type = 'list-entry-changed' AND text IS NOT NULL AND text NOT LIKE '%\\u%'
			AND NOT EXISTS (SELECT 1 FROM set_aside_lines AS aside WHERE aside.facility_id = ledger_lines.facility_id
				AND aside.epoch = ledger_lines.epoch AND aside.seq = ledger_lines.seq)) AS lines) AS entries
WHERE rule_id IS NOT NULL
ORDER BY facility_id, rule_id, epoch DESC, seq DESC;
--> statement-breakpoint
INSERT INTO "access_rules"
SELECT DISTINCT ON (facility_id, told->>'visitor_id') facility_id, 'visitor', 'facility', told->>'visitor_id',
	jsonb_strip_nulls(said || jsonb_build_object('visitor_id', told->'visitor_id')),
	1, NULL, (said->>'valid_from')::timestamptz, (said->>'valid_until')::timestamptz, said->>'ended' = 'true',
	lower(concat_ws(' ', told->>'visitor_id', said->>'plate', said->>'name', said->>'host')), at,
	coalesce(told->'actor'->>'id', told->'actor'->>'kind')
FROM (SELECT facility_id, epoch, seq, at, text::jsonb->'body' AS told, text::jsonb->'body'->'after' AS said
	FROM ledger_lines
	WHERE type = 'visitor-changed' AND text IS NOT NULL AND text NOT LIKE '%\\u%'
		AND NOT EXISTS (SELECT 1 FROM set_aside_lines AS aside WHERE aside.facility_id = ledger_lines.facility_id
			AND aside.epoch = ledger_lines.epoch AND aside.seq = ledger_lines.seq)) AS lines
ORDER BY facility_id, told->>'visitor_id', epoch DESC, seq DESC;
