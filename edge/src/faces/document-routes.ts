import { InvoiceRequest, PrintRequest } from "@gatehouse/shared/contracts/documents";
import { Fault } from "@gatehouse/shared/fault";
import { refuse } from "@gatehouse/shared/refusal";
import { paperPdf } from "@gatehouse/shared/paper/paper-pdf";
import type { ShownDocument } from "@gatehouse/shared/paper/paper";
import type { DocumentsDesk } from "../flows/money/documents-desk.ts";
import type { RouteName } from "./access.ts";
import { askingWith } from "./asked.ts";
import { actorOf, type Handler, type KioskContext, loginOf } from "./kiosk-context.ts";
import { problems } from "./problems.ts";
import { noReceiptPage, receiptPage, receiptStyle } from "@gatehouse/shared/paper/receipt-page";

type DocumentRouteName =
  | Extract<RouteName, `${string} /api/documents${string}`>
  | "GET /receipt/:token"
  | "GET /receipt.css";

const { asked } = askingWith({
  "unknown-document": 404,
  "unknown-printer": 404,
  "nothing-paid": 404,
});
const html = { "content-type": "text/html; charset=utf-8", "x-robots-tag": "noindex, nofollow" };

/** Receipts, invoices, notes and reports: for people of the facility, and each one for who has its code. */
export function documentRoutes(desk: () => DocumentsDesk): Record<DocumentRouteName, Handler> {
  return {
    "GET /api/documents": (c) => {
      const [sessionId, paymentId] = [c.req.query("session_id"), c.req.query("payment_id")];
      return c.json(
        desk().list({
          ...(sessionId === undefined ? {} : { sessionId }),
          ...(paymentId === undefined ? {} : { paymentId }),
        }),
      );
    },
    "GET /api/documents/:document_id": (c) => {
      const id = c.req.param("document_id") ?? "";
      if (c.req.query("format") === "pdf") return pdfOrNothing(c, desk().shown(id));
      const found = desk().find(id);
      return found === undefined ? refuse(problems.noSuchDocument) : c.json(found);
    },
    "POST /api/documents/:document_id/print": (c) =>
      asked(c, PrintRequest, (request) =>
        desk().print(c.req.param("document_id") ?? "", request, actorOf(loginOf(c))),
      ).catch(printerFault),
    "POST /api/documents/invoice": (c) =>
      asked(c, InvoiceRequest, (request) => desk().invoice(request)),
    "GET /receipt/:token": (c) => {
      const shown = desk().byToken(c.req.param("token") ?? "");
      if (shown === undefined) return c.body(noReceiptPage(), 404, html);
      return c.req.query("format") === "pdf"
        ? pdfOrNothing(c, shown)
        : c.body(receiptPage(shown), 200, html);
    },
    "GET /receipt.css": (c) =>
      c.body(receiptStyle, 200, {
        "content-type": "text/css; charset=utf-8",
        "cache-control": "no-cache",
      }),
  };
}

export function pdfOrNothing(context: KioskContext, shown: ShownDocument | undefined): Response {
  if (shown === undefined) return refuse(problems.noSuchDocument);
  const name = shown.title.normalize("NFD").replaceAll(/[^\w-]+/g, "-");
  return context.body(Uint8Array.from(paperPdf(shown.pieces, shown)), 200, {
    "content-type": "application/pdf",
    "content-disposition": `inline; filename="${name}.pdf"`,
    "x-robots-tag": "noindex, nofollow",
  });
}

/** A printer that is away is told with what to do about it. */
export function printerFault(error: unknown): Response {
  if (!(error instanceof Fault)) throw error;
  return refuse({ type: error.code, title: error.hint, status: 503 });
}
