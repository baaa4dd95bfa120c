import {
  type Ack,
  Batch,
  type HeldPlace,
  type SealedLine,
  type SpaceState,
} from "@gatehouse/shared/contracts/batch";
import type { Directive, DirectivePage } from "@gatehouse/shared/contracts/directive";
import type { CloudLink } from "@gatehouse/shared/ports/cloud-link";
import { decideBatch, nothingHeld, type Watermark } from "../../../cloud/src/domain/acceptance.ts";

type Sent = Omit<Directive, "number"> | { readonly kind: string; readonly body: unknown };

/** Head office by its own rules of acceptance, kept in memory. */
export class MemoryOffice implements CloudLink {
  readonly batches: Batch[] = [];
  readonly spaces = new Map<string, SpaceState>();
  readonly directives: DirectivePage["directives"] = [];
  held: Watermark = nothingHeld;
  /** Of the present epoch. */
  lines: SealedLine[] = [];
  /** The epochs before it. */
  readonly closed = new Map<number, SealedLine[]>();

  /** @returns the directive's number */
  direct(directive: Sent): number {
    const number = this.directives.length + 1;
    this.directives.push({ ...directive, number });
    return number;
  }

  /** A copy of what it held some time ago is all that is left. */
  restore(lines: number): void {
    this.lines = this.lines.slice(0, lines);
    const lastHash = this.lines.at(-1)?.hash ?? nothingHeld.lastHash;
    this.held = { ...this.held, ackedSeq: this.lines.length, lastHash, spacesThrough: 0 };
    this.spaces.clear();
  }

  async send(sent: Batch): Promise<Ack> {
    const batch = Batch.parse(sent);
    this.batches.push(batch);
    const hashes = this.lines.slice(batch.first_seq - 1).map(({ hash }) => hash);
    const decision = decideBatch(batch, this.held, hashes);
    if (decision.kind === "accept") {
      const { from, fresh } = decision;
      if (batch.epoch > this.held.epoch) this.closed.set(this.held.epoch, this.lines);
      this.lines = [...(from.ackedSeq === 0 ? [] : this.lines), ...fresh];
      this.held = {
        epoch: batch.epoch,
        ackedSeq: from.ackedSeq + fresh.length,
        lastHash: fresh.at(-1)?.hash ?? from.lastHash,
        spacesThrough: Math.max(from.spacesThrough, batch.spaces_through),
      };
      for (const space of batch.spaces) this.spaces.set(space.space_id, space);
    }
    const held = decision.kind === "accept" ? this.held : decision.held;
    return {
      epoch: held.epoch,
      acked_seq: held.ackedSeq,
      spaces_through: held.spacesThrough,
      directives_latest: this.directives.length,
    };
  }

  async heldAt(epoch: number, seq: number): Promise<HeldPlace> {
    const lines = epoch === this.held.epoch ? this.lines : (this.closed.get(epoch) ?? []);
    return { epoch: this.held.epoch, acked_seq: lines.length, hash: lines[seq - 1]?.hash ?? null };
  }

  async pull(after: number): Promise<DirectivePage> {
    const directives = this.directives.filter(({ number }) => number > after).slice(0, 200);
    return { directives, latest: this.directives.length };
  }
}
