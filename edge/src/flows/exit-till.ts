import { Fault } from "@gatehouse/shared/fault";
import { formatMinor } from "@gatehouse/shared/money";
import type { Session } from "../store/sessions.ts";
import type { LaneFlow } from "./lane.ts";
import type { CollectOutcome, PaymentFlow } from "./money/payment.ts";
import { quoteSession } from "./session-quote.ts";

export interface ExitTillDeps {
  readonly lane: LaneFlow;
  readonly payment: PaymentFlow;
  readonly currency: string;
  readonly locale: string;
}

/** How collecting ended while the vehicle still stood there and nobody had taken over. */
export type TillOutcome = Exclude<CollectOutcome, "gone"> | "disk-full";

/** What one exit lane collects, from one driver at a time. */
export class ExitTill {
  readonly #deps: ExitTillDeps;
  /** The session being collected for; another object is another try. */
  #collecting: { readonly sessionId: string } | undefined;

  constructor(deps: ExitTillDeps) {
    this.#deps = deps;
  }

  /** The session a driver is paying for now. */
  get sessionId(): string | undefined {
    return this.#collecting?.sessionId;
  }

  /**
   * Asks the driver to pay.
   *
   * @returns undefined when the vehicle has left or a person took over meanwhile
   */
  async collect(session: Session): Promise<TillOutcome | undefined> {
    const { lane, payment, currency, locale } = this.#deps;
    const { book, ports } = lane.deps;
    const { terminal } = ports;
    const { sessionId } = session;
    const mine = { sessionId };
    this.#collecting = mine;
    const isWanted = (): boolean => this.#collecting === mine;
    if (lane.deps.money?.hasMeans(book, session.vehicleLicense) === true) {
      const paid = await lane.deps.money.payOnFile(sessionId).catch(diskFullOnly);
      if (paid !== false) return this.#ended(mine, paid === true ? "paid" : paid);
      if (!isWanted()) return undefined;
    }
    if (terminal === undefined) return this.#ended(mine, "declined");
    const amount = formatMinor(quoteSession(book, lane.deps, session).due, currency, locale);
    lane.show({ lines: [amount, "Please pay by card"], tone: "attention" });
    const outcome = await payment
      .collect(lane.deps.lane.id, sessionId, terminal, isWanted)
      .catch(diskFullOnly);
    return outcome === "gone" ? this.#ended(mine, undefined) : this.#ended(mine, outcome);
  }

  /** @returns undefined when nobody waits for it any more */
  #ended(mine: object, outcome: TillOutcome | undefined): TillOutcome | undefined {
    if (this.#collecting !== mine) return undefined;
    this.#collecting = undefined;
    return outcome;
  }

  /** Nobody is to pay here any more; the terminal ends what it is doing. */
  abort(): void {
    if (this.#collecting === undefined) return;
    this.#collecting = undefined;
    const { ports, log, lane } = this.#deps.lane.deps;
    ports.terminal?.abort().catch((error: unknown) => {
      // A terminal that is away has nothing to end.
      if (!(error instanceof Fault)) throw error;
      log.warn("terminal-not-aborted", { lane: lane.id, error: error.message });
    });
  }
}

function diskFullOnly(error: unknown): "disk-full" {
  if (error instanceof Fault && error.code === "disk-full") return error.code;
  throw error;
}
