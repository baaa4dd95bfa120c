CREATE INDEX "debts_of_session" ON "debts" USING btree ("facility_id","session_id");--> statement-breakpoint
CREATE INDEX "documents_of_session" ON "documents" USING btree ("facility_id","session_id");--> statement-breakpoint
CREATE INDEX "refunds_of_session" ON "refunds" USING btree ("facility_id","session_id");--> statement-breakpoint
CREATE INDEX "violations_of_session" ON "violations" USING btree ("facility_id","session_id");