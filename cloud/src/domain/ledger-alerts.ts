import type { ReadLine } from "./ledger-reading.ts";

/** An alert that head office itself raises about a facility's ledger; one row for each `alert_id`. */
export interface HeadOfficeAlert {
  readonly alert_id: string;
  readonly alert_type: string;
  readonly subject: string;
  readonly severity: "info" | "warning" | "critical";
  readonly details: Readonly<Record<string, string | number>>;
  /** ISO 8601 */
  readonly at: string;
}

export const forkAlert = (epoch: number, seq: number, at: string): HeadOfficeAlert => ({
  alert_id: `ledger-fork-${epoch}`,
  alert_type: "ledger-fork",
  subject: `ledger ${epoch}/${seq}`,
  severity: "critical",
  details: { epoch, seq },
  at,
});

export const brokenChainAlert = (epoch: number, seq: number, at: string): HeadOfficeAlert => ({
  alert_id: `ledger-broken-chain-${epoch}`,
  alert_type: "ledger-broken-chain",
  subject: `ledger ${epoch}/${seq}`,
  severity: "critical",
  details: { epoch, seq },
  at,
});

export const skippedEpochAlert = (epoch: number, skipped: number, at: string): HeadOfficeAlert => ({
  alert_id: `ledger-skipped-epoch-${epoch}`,
  alert_type: "ledger-skipped-epoch",
  subject: `ledger ${epoch}`,
  severity: "warning",
  details: { epoch, skipped },
  at,
});

/** The facility lives on with an older copy of its book: it no longer knows what head office knows. */
export function restoredAlerts(lines: readonly ReadLine[], at: string): HeadOfficeAlert[] {
  return lines.flatMap(({ fact }) => {
    if (fact?.type !== "epoch-begun") return [];
    const { previous_epoch, previous_seq, forgotten } = fact.body;
    return {
      alert_id: `ledger-restored-${previous_epoch}`,
      alert_type: "ledger-restored",
      subject: `ledger ${previous_epoch}/${previous_seq}`,
      severity: "warning",
      details: { epoch: previous_epoch, seq: previous_seq, forgotten },
      at,
    };
  });
}

/** One alert for each kind of line that was set aside, however many there are. */
export function setAsideAlerts(
  lines: readonly ReadLine[],
  epoch: number,
  at: string,
): HeadOfficeAlert[] {
  const alerts = new Map<string, HeadOfficeAlert>();
  for (const { aside, seq, type } of lines) {
    if (aside === undefined) continue;
    const kind = `${aside.reason}${type === null ? "" : `-${type}`}`;
    alerts.set(kind, {
      alert_id: `set-aside-${kind}`,
      alert_type: "ledger-line-set-aside",
      subject: type ?? `ledger ${epoch}/${seq}`,
      severity: "warning",
      details: { reason: aside.reason, detail: aside.detail, epoch, seq },
      at,
    });
  }
  return [...alerts.values()];
}

/** A space that no table can hold is left out and told; the others of its batch are taken. */
export const refusedSpacesAlert = (count: number, at: string): HeadOfficeAlert => ({
  alert_id: "spaces-refused",
  alert_type: "spaces-refused",
  subject: "spaces",
  severity: "warning",
  details: { count },
  at,
});
