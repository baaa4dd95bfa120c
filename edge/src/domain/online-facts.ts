import type {
  DisputeNews,
  DisputeStage,
  OnlineNews,
  PaidNews,
  RefundNews,
  RefundState,
  SavedMeans,
} from "@gatehouse/shared/online-news";

/**
 * Everything that a gateway has told about one payment. News are merged, never replaced: each field only grows in a
 * fixed order, so the same news in any order, any number of times, make the same facts.
 */
export interface OnlineFacts {
  /** Where it stood last, by the teller's clock; only as long as it is neither paid nor ended. */
  readonly standing?: Standing;
  readonly ended?: { readonly kind: "failed" | "expired"; readonly reason: string };
  readonly charges: Readonly<Record<string, ChargeFact>>;
  readonly refunds: Readonly<Record<string, RefundFact>>;
  readonly disputes: Readonly<Record<string, DisputeFact>>;
}

export interface Standing {
  readonly at: number;
  readonly kind: "open" | "processing" | "attempt-failed";
  readonly reason: string;
}

export interface ChargeFact {
  /** Every "amount currency" that was told of it, sorted; honest gateways tell one. */
  readonly told: readonly string[];
  readonly lastFour?: string;
  readonly wallet?: string;
  readonly saved?: SavedMeans;
}

export type RefundFact = Omit<RefundNews, "kind" | "refundRef">;
export type DisputeFact = Omit<DisputeNews, "kind" | "disputeRef">;

export const nothingTold: OnlineFacts = { charges: {}, refunds: {}, disputes: {} };

/** How "amount currency" of a charge is written in its facts. */
export const toldAmount = (amount: number, currency: string): string => `${amount} ${currency}`;

/**
 * The facts with one more piece of news.
 *
 * @param at when it was so, milliseconds UTC, by the clock of whoever told it
 */
export function learn(facts: OnlineFacts, news: OnlineNews, at: number): OnlineFacts {
  switch (news.kind) {
    case "open":
    case "processing":
      return { ...facts, standing: laterOf(facts.standing, { at, kind: news.kind, reason: "" }) };
    case "attempt-failed":
      return {
        ...facts,
        standing: laterOf(facts.standing, { at, kind: news.kind, reason: news.reason }),
      };
    case "failed":
      return { ...facts, ended: endOf(facts.ended, { kind: "failed", reason: news.reason }) };
    case "expired":
      return { ...facts, ended: { kind: "expired", reason: "" } };
    case "paid":
      return { ...facts, charges: { ...facts.charges, [news.chargeRef]: charged(facts, news) } };
    case "refund":
      return { ...facts, refunds: { ...facts.refunds, [news.refundRef]: refunded(facts, news) } };
    case "dispute":
      return {
        ...facts,
        disputes: { ...facts.disputes, [news.disputeRef]: disputed(facts, news) },
      };
  }
}

const standingRank = { open: 0, processing: 1, "attempt-failed": 2 } as const;

function laterOf(known: Standing | undefined, told: Standing): Standing {
  if (known === undefined || told.at !== known.at) {
    return known === undefined || told.at > known.at ? told : known;
  }
  const ahead = standingRank[told.kind] - standingRank[known.kind];
  return ahead > 0 || (ahead === 0 && told.reason > known.reason) ? told : known;
}

type End = NonNullable<OnlineFacts["ended"]>;

/** That its time ran out says more than that its intent was cancelled with it. */
function endOf(known: End | undefined, told: End): End {
  if (known === undefined) return told;
  if (known.kind === "expired") return known;
  return told.reason > known.reason ? told : known;
}

function charged({ charges }: OnlineFacts, news: PaidNews): ChargeFact {
  const known = charges[news.chargeRef];
  const amount = toldAmount(news.amount, news.currency);
  const told = known?.told ?? [];
  return {
    told: told.includes(amount) ? told : [...told, amount].toSorted(),
    ...optional("lastFour", greatest(known?.lastFour, news.lastFour)),
    ...optional("wallet", greatest(known?.wallet, news.wallet)),
    ...optional("saved", savedOf(known?.saved, news.saved)),
  };
}

const refundRank: Readonly<Record<RefundState, number>> = { pending: 0, done: 1, failed: 2 };

/** A refund that was done can come back; one that came back stays failed. */
function refunded({ refunds }: OnlineFacts, news: RefundNews): RefundFact {
  const { kind: _, refundRef, ...told } = news;
  const known = refunds[refundRef];
  if (known === undefined) return told;
  return {
    chargeRef: greatest(known.chargeRef, told.chargeRef),
    amount: Math.max(known.amount, told.amount),
    currency: greatest(known.currency, told.currency),
    state: refundRank[told.state] > refundRank[known.state] ? told.state : known.state,
    ...optional("refundId", greatest(known.refundId, told.refundId)),
    ...optional("reason", greatest(known.reason, told.reason)),
  };
}

const disputeRank: Readonly<Record<DisputeStage, number>> = {
  inquiry: 0,
  open: 1,
  won: 2,
  lost: 3,
};

function disputed({ disputes }: OnlineFacts, news: DisputeNews): DisputeFact {
  const { kind: _, disputeRef, ...told } = news;
  const known = disputes[disputeRef];
  if (known === undefined) return told;
  return {
    chargeRef: greatest(known.chargeRef, told.chargeRef),
    amount: Math.max(known.amount, told.amount),
    currency: greatest(known.currency, told.currency),
    stage: disputeRank[told.stage] > disputeRank[known.stage] ? told.stage : known.stage,
  };
}

/** Of two tellings one is kept, the same whichever came first; honest gateways tell the same. */
function greatest(a: string, b: string): string;
function greatest(a: string | undefined, b: string | undefined): string | undefined;
function greatest(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}

function savedOf(a: SavedMeans | undefined, b: SavedMeans | undefined): SavedMeans | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const textOf = ({ customerRef, meansRef }: SavedMeans): string => `${customerRef} ${meansRef}`;
  return textOf(a) > textOf(b) ? a : b;
}

const optional = <K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } =>
  value === undefined ? {} : ({ [name]: value } as { [key in K]?: V });
