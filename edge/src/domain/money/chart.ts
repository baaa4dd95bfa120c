/**
 * The accounts of the books. What one of them is about (a session, a drawer, a merchant, an account of stored
 * value) is the posting's subject, so there is one row a kind of thing here and not one a thing.
 */
export const accounts = {
  /** What drivers owe for stays and penalties; subject: the session or the violation. Below zero: money to give back. */
  receivable: "asset",
  /** What merchants owe for the validations they gave; subject: the merchant. */
  "merchant-receivable": "asset",
  /** Coins and notes; subject: the drawer. */
  drawer: "asset",
  /** Taken out of a drawer and not yet at the bank; subject: the drawer it came from. */
  "cash-in-transit": "asset",
  /** Card payments until the bank has paid them; subject: the terminal. */
  "card-clearing": "asset",
  /** Payments through a gateway until it has paid them; subject: the gateway. */
  "online-clearing": "asset",
  /** What was let go without the bank's answer and is still to be charged; subject: the payment. */
  "offline-clearing": "asset",
  /** What a cardholder disputes, until that is decided; subject: the payment. */
  disputed: "asset",
  /** Loaded by holders and not yet parked away; subject: the account of stored value. */
  "stored-value": "liability",
  /** Change that a driver still has to get; subject: the payment. */
  "change-owed": "liability",
  /** Tax to be paid on; by rate. */
  tax: "liability",
  /** Net of tax, by rate. */
  revenue: "income",
  /** Given back to drivers, net of tax, by rate: takes away from revenue. */
  refunds: "income",
  /** Penalties of violations. */
  penalties: "income",
  /** Given up: nil payments, waived penalties, debts that nobody will pay. */
  "write-offs": "expense",
  /** A drawer held more (below zero) or less than it should; subject: the shift. */
  "cash-difference": "expense",
  /** Lost in disputes. */
  chargebacks: "expense",
  /** Floats put into drawers and takings that reached the bank: the other side of cash that enters or leaves. */
  bank: "asset",
} as const;

export type Account = keyof typeof accounts;
export const accountNames = Object.keys(accounts) as readonly Account[];
