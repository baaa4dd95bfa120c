import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Book } from "../../src/store/book.ts";
import { linesAfter } from "../../src/store/ledger.ts";
import { readNote } from "../../src/store/notes.ts";
import { chainFault } from "./ledger-chain.ts";

const program = fileURLToPath(new URL("book-writer.ts", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-book-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A process takes a second to start, and the machine may be busy. */
const limitMs = 60_000;

class Writer {
  /** The last thing it said. */
  said = "";
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(file: string) {
    const stdio = ["ignore", "pipe", "inherit"] as const;
    const child = spawn(process.execPath, [program, file], { stdio: [...stdio] });
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout as Readable })[Symbol.asyncIterator]();
  }

  /** Waits until it has said so many lines more. */
  async hear(lines: number): Promise<void> {
    for (let heard = 0; heard < lines; heard++) await this.#next();
  }

  /** Kills it now; what it had said before is still heard. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    while (await this.#next());
  }

  async #next(): Promise<boolean> {
    const line = await this.#lines.next();
    if (line.done !== true) this.said = line.value;
    return line.done !== true;
  }
}

test(
  "after kill -9 in the middle of writing everything that was committed is there, three times over",
  { timeout: limitMs },
  async () => {
    const file = join(folder, "book.sqlite");
    for (let round = 1; round <= 3; round++) {
      const writer = new Writer(file);
      await writer.hear(3 + 7 * round);
      await writer.kill();
      const told = Number(writer.said);
      const book = new Book(file);
      const rows = linesAfter(book, 1, 0, 100_000);
      expect(told).toBeGreaterThan(0);
      expect(book.written).toBeGreaterThanOrEqual(told);
      expect(rows).toHaveLength(book.written);
      expect(chainFault(rows)).toBeUndefined();
      expect(Number(readNote(book, "written"))).toBe(book.written);
      expect(book.written % 3, "a transaction is whole or not there").toBe(0);
      expect(book.integrity()).toBe("ok");
      book.close();
    }
  },
);

test(
  "a kill while the tables are being made leaves all of them or none",
  { timeout: limitMs },
  async () => {
    for (let round = 0; round < 2; round++) {
      const file = join(folder, `fresh-${round}.sqlite`);
      const writer = new Writer(file);
      await writer.hear(1);
      for (let wait = 0; wait < 5 * round; wait++)
        await new Promise((resolve) => setImmediate(resolve));
      await writer.kill();
      const book = new Book(file);
      expect(book.integrity()).toBe("ok");
      expect(chainFault(linesAfter(book, 1, 0, 100_000))).toBeUndefined();
      book.close();
    }
  },
);
