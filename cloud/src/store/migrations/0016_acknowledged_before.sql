-- Whom facilities have named who looks after an alert: older programs kept it in the line alone.
UPDATE "alerts" SET "acknowledged_at" = "said"."at", "acknowledged_by" = "said"."by"
FROM (SELECT DISTINCT ON ("line"."facility_id", "line"."alert_id") "line"."facility_id", "line"."alert_id", "line"."at",
    coalesce("line"."actor"->>'id', "line"."actor"->>'kind') AS "by"
  FROM (SELECT "facility_id", "epoch", "seq", "at", "text"::jsonb->'body'->>'alert_id' AS "alert_id",
      "text"::jsonb->'body'->'by' AS "actor"
    FROM "ledger_lines" AS "held" WHERE "type" = 'alert-acknowledged' AND "text" IS NOT NULL AND NOT EXISTS (
      SELECT FROM "set_aside_lines" AS "aside" WHERE "aside"."facility_id" = "held"."facility_id"
        AND "aside"."epoch" = "held"."epoch" AND "aside"."seq" = "held"."seq")) AS "line"
  ORDER BY "line"."facility_id", "line"."alert_id", "line"."epoch" DESC, "line"."seq" DESC) AS "said"
WHERE "alerts"."facility_id" = "said"."facility_id" AND "alerts"."alert_id" = "said"."alert_id"
  AND "alerts"."source" = 'edge' AND "alerts"."acknowledged_at" IS NULL;
