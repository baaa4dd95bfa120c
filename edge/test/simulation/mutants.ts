/** A mistake planted into the product, to see that the simulation notices it. */
export interface Mutant {
  readonly name: string;
  /** What goes wrong, and when it matters. */
  readonly mistake: string;
  /** From the repository's root. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly snippet: string;
  readonly replacement: string;
  /** Only a storm meets the moment that it spoils. */
  readonly inStorm?: true;
  /** The life that is lived first, because it met the moment once; 1 where the first one does. */
  readonly from?: number;
}

/**
 * The source with the mistake in it.
 *
 * @throws Error when the mutant no longer fits the file
 */
export function plant(mutant: Mutant, source: string): string {
  const parts = source.split(mutant.snippet);
  if (parts.length !== 2) {
    throw new Error(
      `mutant ${mutant.name}: its snippet stands ${parts.length - 1} times in ${mutant.file}, not once`,
    );
  }
  return parts.join(mutant.replacement);
}

/** Each breaks one rule, and nothing else in the product may hide it. The first seven are the classics. */
export const mutants: readonly Mutant[] = [
  {
    name: "no-unique-key",
    mistake: "head office does not recognise lines that it already holds when a batch comes again",
    file: "cloud/src/domain/acceptance.ts",
    snippet: "const known = batch.lines.slice(0, from.ackedSeq - batch.first_seq + 1);",
    replacement: "const known = batch.lines.slice(0, 0);",
  },
  {
    name: "ack-before-commit",
    from: 9,
    mistake: "head office acknowledges a batch before the database has it",
    file: "cloud/src/store/ingest-writing.ts",
    snippet: "const { rows } = await this.#ports.database.pool.query<Written>(query);",
    replacement: `this.#ports.database.pool.query(query).catch(() => {});
    const rows = [{ directives_latest: 0 }];`,
  },
  {
    name: "delete-before-ack",
    from: 2,
    mistake: "the edge forgets lines when they are sent, not when they are acknowledged",
    file: "edge/src/flows/sync.ts",
    snippet: "send: (batch) => link.send(batch),",
    replacement: `send: (batch) => {
      book.write((tx) =>
        acknowledge(tx, book, {
          epoch: batch.epoch,
          acked_seq: batch.first_seq + batch.lines.length - 1,
          spaces_through: batch.spaces_through,
          directives_latest: 0,
        }),
      );
      return link.send(batch);
    },`,
  },
  {
    name: "wall-clock-fee",
    mistake: "stays are measured with the wall clock, which may be stepped",
    file: "edge/src/flows/steady-time.ts",
    snippet: "return this.#clock.monotonic() + this.#offset;",
    replacement: "return this.#clock.now();",
  },
  {
    name: "open-first",
    mistake: "the barrier is commanded before the command is in the book",
    file: "edge/src/flows/lane.ts",
    snippet: "return writeCommand(tx, this.deps, at, decisionId, sessionId, opens);",
    replacement: `const passage = writeCommand(tx, this.deps, at, decisionId, sessionId, opens);
    void this.deps.ports.gate.open(passage.commandId);
    return passage;`,
  },
  {
    name: "close-onto-car",
    from: 8,
    mistake: "a barrier is told to close while a vehicle is under its arm",
    file: "edge/src/domain/lane-rest.ts",
    snippet: 'if (state.safety) return "under-arm";',
    replacement: "",
    inStorm: true,
  },
  {
    name: "no-payment-ref",
    from: 5,
    mistake: "a charge does not remember the terminal's last receipt, so an old one pays again",
    file: "edge/src/flows/money/card-writing.ts",
    snippet: "const details = { since_receipt: lastReceipt ?? null };",
    replacement: "const details = {};",
  },
  {
    name: "reopen-on-dup",
    from: 2,
    mistake: "a plate read that arrives a second time counts a second time",
    file: "edge/src/flows/reads.ts",
    snippet: 'return isNew ? refusal : "repeated-read";',
    replacement: "return refusal;",
  },
  {
    name: "stale-read",
    from: 5,
    mistake: "a read counts however old it is",
    file: "edge/src/flows/reads.ts",
    snippet: 'if (Math.abs(age) > validFor || age + doubt > validFor) return "stale-read";',
    replacement: "",
  },
  {
    name: "leave-unpaid",
    mistake: "an exit opens although something is owed",
    file: "edge/src/domain/exit.ts",
    snippet: "if (quote.due === 0)",
    replacement: "if (quote.due >= 0)",
  },
  {
    name: "forget-observation",
    mistake: "a sensor's message is acknowledged and not kept",
    file: "edge/src/store/observations.ts",
    snippet: "observationRows.insertNew(tx, row);",
    replacement: "row.sequence % 20 === 7 || observationRows.insertNew(tx, row);",
  },
  {
    name: "silent-cancel",
    from: 3,
    mistake: "a session is cancelled and the ledger does not say so",
    file: "edge/src/flows/sessions.ts",
    snippet: 'saveSession(tx, become(session, "cancelled"));',
    replacement: `saveSession(tx, become(session, "cancelled"));
  if (session.entryLane === "entry-2") return;`,
  },
  {
    name: "settled-too-high",
    mistake: "the ledger says that more was paid than was captured",
    file: "edge/src/flows/session-credit.ts",
    snippet: "paid_minor: session.paidAmount,\n      grace_until:",
    replacement: "paid_minor: session.paidAmount + 1,\n      grace_until:",
  },
  {
    name: "capture-posted-twice",
    mistake: "the entry of a capture is posted twice",
    file: "edge/src/flows/money/payment-writing.ts",
    snippet: "postFor(tx, deps, captured, entry, at);",
    replacement: `postFor(tx, deps, captured, entry, at);
  postFor(tx, deps, captured, entry, at);`,
  },
  {
    name: "cash-unposted",
    mistake: "cash is taken and the books do not say so",
    file: "edge/src/flows/money/payment-writing.ts",
    snippet: "postFor(tx, deps, captured, entry, at);",
    replacement: `if (captured.paymentMethod !== "cash") postFor(tx, deps, captured, entry, at);`,
  },
  {
    name: "change-kept",
    mistake: "the change that a driver got still lies in the drawer, say the books",
    file: "edge/src/flows/money/cash.ts",
    snippet: `debit("drawer", request.till_id, changeOwed),`,
    replacement: `debit("drawer", request.till_id, changeOwed + change),
        credit("cash-difference", "rounding", change),`,
  },
  {
    name: "refund-beyond",
    mistake: "more goes back than was paid",
    file: "edge/src/flows/money/refunds.ts",
    snippet: "if (amount > left || amount === 0)",
    replacement: "if (amount === 0)",
  },
  {
    name: "agreed-alone",
    mistake: "whoever asks for a large refund may agree to it",
    file: "edge/src/flows/money/refunds.ts",
    snippet: "if (who === refund.requestedBy)",
    replacement: "if (who === refund.paymentId)",
  },
  {
    name: "validation-again",
    from: 2,
    mistake: "what a merchant gave counts each time that the car comes to an exit",
    file: "edge/src/flows/money/validations.ts",
    snippet:
      'if (validation.state !== "issued" || merchant?.isActive !== true || left === 0) continue;',
    replacement: `if (validation.state === "revoked" || merchant?.isActive !== true || left === 0) continue;`,
  },
  {
    name: "callback-charges-twice",
    mistake: "the charge that a callback tells of is booked a second time",
    file: "edge/src/flows/money/online-settling.ts",
    snippet: "if (chargeRef !== main.transactionId) settleSurplus(",
    replacement: "settleSurplus(",
  },
  {
    name: "count-unseen",
    from: 2,
    mistake: "a shift's report is signed with what should be there, not with what was counted",
    file: "edge/src/flows/money/shift-writing.ts",
    snippet: 'state: "counted", counted, expected };',
    replacement: 'state: "counted", counted: expected, expected };',
  },
  {
    name: "renewed-twice",
    from: 2,
    mistake: "a renewal that its gateway charges twice gives two periods",
    file: "edge/src/flows/money/renewal-crediting.ts",
    snippet: "if (owed > 0 || owed + amount <= 0) return;",
    replacement: "if (owed > 0) return;",
  },
  {
    name: "dispute-opened-again",
    mistake: "a dispute that is decided is taken from what the gateway holds once more",
    file: "edge/src/flows/money/online-settling.ts",
    snippet: '...(isHeld ? [] : ["opened" as const]),',
    replacement: '"opened" as const,',
  },
  {
    name: "penalty-part-paid",
    mistake: "a part of a penalty pays all of it",
    file: "edge/src/flows/money/violation-settling.ts",
    snippet: "if (!isPaid || !mayBePaid) return;",
    replacement: "if (!mayBePaid) return;",
  },
];
