import type { TerminalPaper, TerminalReceipt } from "@gatehouse/shared/ports/terminal";
import { withoutCardNumbers } from "./zvt-mask.ts";

/** Lines of one command that are kept; what is longer is cut. */
const linesMax = 500;

/** Gathers what a terminal has printed during one command, paper by paper. */
export class PaperTray {
  readonly #papers: { for: TerminalPaper["for"]; lines: string[] }[] = [];
  #room = linesMax;

  /** Lines that follow each other for the same reader are one paper. */
  add({ for: reader, lines }: TerminalPaper): void {
    const kept = lines.slice(0, this.#room).map(withoutCardNumbers);
    this.#room -= kept.length;
    const last = this.#papers.at(-1);
    if (last?.for === reader) last.lines.push(...kept);
    else if (kept.length > 0) this.#papers.push({ for: reader, lines: kept });
  }

  get papers(): readonly TerminalPaper[] {
    return this.#papers;
  }

  /** The receipt with its papers, where there are any. */
  with(receipt: TerminalReceipt): TerminalReceipt {
    return this.#papers.length === 0 ? receipt : { ...receipt, papers: this.#papers };
  }
}
