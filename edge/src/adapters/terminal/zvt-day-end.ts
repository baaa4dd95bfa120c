import { Fault } from "@gatehouse/shared/fault";
import type { TerminalTotals, TotalsAnswer } from "@gatehouse/shared/ports/terminal";
import type { ZvtFields } from "./zvt-bmp.ts";
import { result } from "./zvt-codes.ts";
import { declined, refused } from "./zvt-declined.ts";
import { reply } from "./zvt-frame.ts";
import type { ExchangeEnd } from "./zvt-link.ts";
import { PaperTray } from "./zvt-papers.ts";

/** Follows one command that tells totals: end of day or turnover. */
export class TotalsWatch {
  readonly tray = new PaperTray();
  #totals: TerminalTotals | undefined;
  #isApproved = false;
  #declinedBy: number | undefined;

  onStatus({ resultCode, totals }: ZvtFields): Buffer {
    this.#totals ??= totals;
    // Some tell the totals without a result, the completion says that it is well.
    if (resultCode === result.approved) this.#isApproved = true;
    else if (resultCode !== undefined) this.#declinedBy ??= resultCode;
    return reply.accepted;
  }

  isDecided(): boolean {
    return this.#isApproved || this.#declinedBy !== undefined;
  }

  /**
   * What the ended exchange came to.
   *
   * @throws Fault `terminal-answer-lost`, `terminal-busy` or `terminal-unreachable`
   */
  answer(end: ExchangeEnd): TotalsAnswer {
    switch (end.kind) {
      case "lost":
        if (!end.isSent) throw new Fault("terminal-unreachable", end.detail);
        if (this.#declinedBy !== undefined) return declined(this.#declinedBy);
        throw new Fault("terminal-answer-lost", end.detail);
      case "refused":
        return refused(end.code);
      case "aborted":
        // A batch that is closed and then not printed is closed all the same: it is asked about.
        if (this.#isApproved) {
          throw new Fault("terminal-answer-lost", "the terminal approved it and then broke it off");
        }
        return declined(this.#declinedBy ?? end.code);
      case "completed":
        if (this.#declinedBy !== undefined) return declined(this.#declinedBy);
        return {
          kind: "done",
          papers: this.tray.papers,
          ...(this.#totals !== undefined && { totals: this.#totals }),
        };
    }
  }
}
