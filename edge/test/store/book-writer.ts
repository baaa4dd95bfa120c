import { writeSync } from "node:fs";
import type { Instant } from "@gatehouse/shared/time";
import { Book } from "../../src/store/book.ts";
import { saveNote } from "../../src/store/notes.ts";

/*
 * A process that does nothing but write, three lines a transaction, and says the last sequence after each commit
 * that has returned. It is killed in the middle of it.
 */
const [, , file = ""] = process.argv;
writeSync(1, "opening\n");
const book = new Book(file);
writeSync(1, `open ${book.written}\n`);
for (;;) {
  book.write((tx) => {
    for (let line = 0; line < 3; line++) {
      const flag = `pid ${process.pid}`;
      tx.append(Number(process.hrtime.bigint() / 1_000_000n) as Instant, {
        type: "session-flagged",
        body: { session_id: `session-${book.written}`, flag },
      });
    }
    saveNote(tx, "written", book.written);
  });
  writeSync(1, `${book.written}\n`);
}
