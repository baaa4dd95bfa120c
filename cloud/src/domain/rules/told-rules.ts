import type { EventBody, LedgerFact } from "@gatehouse/shared/contracts/event";
import { type AnyRule, type RuleFacts, ruleFacts } from "./rule-row.ts";

/** A rule of a facility's own, as its ledger told it last. */
export interface ToldRule extends RuleFacts {
  readonly kind: AnyRule["kind"];
  readonly body: AnyRule["body"];
  readonly changed_at: string;
  readonly changed_by: string;
}

/** What a line tells of the lists and visitors that people keep at the facility itself. */
export function toldRule(fact: LedgerFact, at: string): ToldRule | undefined {
  switch (fact.type) {
    case "list-entry-changed":
      return toldOf(listEntryOf(fact.body), fact.body.actor, at);
    case "visitor-changed":
      return toldOf(visitorOf(fact.body), fact.body.actor, at);
    default:
      return undefined;
  }
}

/** One that is gone says what it said last. */
function listEntryOf({ list, plate, before, after }: EventBody<"list-entry-changed">): AnyRule {
  const { reason = "", valid_until: until = null } = after ?? before ?? {};
  const days = until === null ? {} : { valid_until: until };
  return { kind: "list-entry", body: { list, plate, reason, ...days, removed: after === null } };
}

function visitorOf({ visitor_id, after }: EventBody<"visitor-changed">): AnyRule {
  const { host, entries_max: most, ended, ...said } = after;
  const body = {
    visitor_id,
    ...said,
    ...(host === null ? {} : { host }),
    ...(most === null ? {} : { entries_max: most }),
    ended,
  };
  return { kind: "visitor", body };
}

const toldOf = (
  rule: AnyRule,
  actor: { readonly kind: string; readonly id?: string | undefined },
  at: string,
): ToldRule => ({
  ...rule,
  ...ruleFacts(rule),
  changed_at: at,
  changed_by: actor.id ?? actor.kind,
});
