import type { RuleBody, RuleKind } from "@gatehouse/shared/contracts/rules/access";
import type { Complaint } from "@gatehouse/shared/contracts/problem";

/** A rule of one kind, whichever. */
export type AnyRule = {
  [K in RuleKind]: { readonly kind: K; readonly body: RuleBody[K] };
}[RuleKind];

/** What a rule's row tells beside its body; moments are ISO 8601, null where nothing limits. */
export interface RuleFacts {
  readonly rule_id: string;
  readonly valid_from: string | null;
  readonly valid_until: string | null;
  /** Somebody has ended it, whatever its days say. */
  readonly is_ended: boolean;
  /** All that it is searched by, in lower case. */
  readonly search: string;
}

/** A reservation that asks for no place any more. */
const overStatuses: ReadonlySet<string> = new Set([
  "completed",
  "no-show",
  "cancelled",
  "expired",
  "moved",
]);

/** What a rule's row tells beside its body. */
export function ruleFacts(rule: AnyRule): RuleFacts {
  switch (rule.kind) {
    case "permit": {
      const { permit_id: id, plates, holder, valid_from, valid_until, revoked = false } = rule.body;
      return facts(id, [plates.join(" "), holder], revoked, valid_from, valid_until);
    }
    case "pool":
      return facts(rule.body.pool_id, [rule.body.name], false);
    case "list-entry": {
      const { list, plate, reason, valid_until, removed = false } = rule.body;
      return facts(listEntryId(list, plate), [plate, reason], removed, undefined, valid_until);
    }
    case "visitor": {
      const { visitor_id: id, plate, name, host, ended = false } = rule.body;
      return facts(id, [plate, name, host], ended, rule.body.valid_from, rule.body.valid_until);
    }
    case "reservation": {
      const { reservation_id: id, plate, user_id, space_id, status } = rule.body;
      const { reserved_from, reserved_until } = rule.body;
      const isOver = overStatuses.has(status);
      return facts(id, [plate, user_id, space_id], isOver, reserved_from, reserved_until);
    }
    default:
      return rule satisfies never;
  }
}

/** What names a list entry: a plate may stand on both lists. */
export const listEntryId = (list: string, plate: string): string => `${list}:${plate}`;

function facts(
  id: string,
  words: readonly (string | undefined)[],
  isEnded: boolean,
  from?: string,
  until?: string,
): RuleFacts {
  return {
    rule_id: id,
    valid_from: from ?? null,
    valid_until: until ?? null,
    is_ended: isEnded,
    search: [id, ...words]
      .filter((word) => word !== undefined)
      .join(" ")
      .toLowerCase(),
  };
}

/** What does not fit together in a rule that is well written word by word. */
export function complaintsOfRule(rule: AnyRule): Complaint[] {
  const { valid_from: from, valid_until: until } = ruleFacts(rule);
  if (from === null || until === null || Date.parse(until) > Date.parse(from)) return [];
  const path = rule.kind === "reservation" ? "reserved_until" : "valid_until";
  return [{ path, message: `is not after ${path.replace("until", "from")}` }];
}
