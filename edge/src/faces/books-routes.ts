import { BooksExportRequest } from "@gatehouse/shared/contracts/books-export";
import type { ControlAnswer } from "@gatehouse/shared/contracts/control";
import { refuse } from "@gatehouse/shared/refusal";
import { windows1252 } from "@gatehouse/shared/windows-1252";
import { isRefusal } from "../flows/desk.ts";
import type { BooksExport } from "../flows/money/exports.ts";
import { exitCodes, healthy, refused } from "./control-outcome.ts";
import type { Handler } from "./kiosk-context.ts";
import { badQuestion } from "./problems.ts";

const types = {
  csv: "text/csv; charset=utf-8",
  datev: "text/csv; charset=windows-1252",
  json: "application/json",
} as const;

/** `GET /api/books/export`: made while it is sent, so that a year of it needs no memory. */
export function booksRoutes(books: () => BooksExport): Record<"GET /api/books/export", Handler> {
  return {
    "GET /api/books/export": (c) => {
      const { from, to, format = "csv" } = c.req.query();
      const request = BooksExportRequest.safeParse({ from, to, format });
      if (!request.success)
        return refuse(badQuestion(String(request.error.issues[0]?.path[0] ?? "from")));
      const first = books().part(request.data);
      if (isRefusal(first))
        return refuse({ type: first.reason, title: first.sentence, status: 400 });
      const encode =
        request.data.format === "datev" ? windows1252 : (text: string) => Buffer.from(text);
      let part: typeof first | undefined = first;
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          if (part === undefined) return controller.close();
          if (part.text !== "") controller.enqueue(encode(part.text));
          const next: ReturnType<BooksExport["part"]> | undefined =
            part.next === null ? undefined : books().part({ ...request.data, after: part.next });
          part = next === undefined || isRefusal(next) ? undefined : next;
          return undefined;
        },
      });
      const name = `${format === "datev" ? "EXTF_" : ""}journal-${from ?? ""}-${to ?? ""}`;
      return c.body(body, 200, {
        "content-type": types[request.data.format],
        "content-disposition": `attachment; filename="${name}.${format === "json" ? "json" : "csv"}"`,
      });
    },
  };
}

/** `gatehouse books export`, one part. */
export function booksAnswer(books: BooksExport, request: BooksExportRequest): ControlAnswer {
  const part = books.part(request);
  if (isRefusal(part)) return refused(exitCodes.refused, part.sentence, part.reason, null);
  return healthy("A part of the journal.", part);
}
