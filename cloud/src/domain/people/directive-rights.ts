import type { DirectiveOrder } from "@gatehouse/shared/contracts/office";
import type { Right } from "@gatehouse/shared/contracts/rights-at-office";

/** The right that it takes to send each kind of directive. */
export const directiveRights: Readonly<Record<DirectiveOrder["kind"], Right>> = {
  tariff: "set-prices",
  permit: "set-access",
  pool: "set-access",
  "list-entry": "set-access",
  visitor: "set-access",
  reservation: "set-access",
  notice: "send-notices",
  "work-order": "plan-work",
};
