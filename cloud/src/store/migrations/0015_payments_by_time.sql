DROP INDEX "payments_reversed";--> statement-breakpoint
CREATE INDEX "payments_by_time" ON "payments" USING btree ("facility_id",coalesce(started_at, processed_at, '-infinity'::timestamptz),"payment_id");--> statement-breakpoint
CREATE INDEX "payments_reversed" ON "payments" USING btree ("facility_id","reversed_on") WHERE reversed_on is not null;