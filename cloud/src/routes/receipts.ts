import { noReceiptPage, receiptPage, receiptStyle } from "@gatehouse/shared/paper/receipt-page";
import { paperPdf } from "@gatehouse/shared/paper/paper-pdf";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { refuse } from "@gatehouse/shared/refusal";
import { minutes } from "@gatehouse/shared/time";
import { type Context, Hono } from "hono";
import type { Database } from "../store/database.ts";
import { receiptBehind } from "../store/receipts.ts";
import { anyone } from "./declared-access.ts";
import { problems } from "./problems.ts";
import { RateLimit } from "./rate-limit.ts";

/** Many phones may share one address. */
const receiptsMax = 300;
const within = minutes(1);
/** As tokens are written; anything else is not looked for. */
const tokenText = /^[\w-]{8,200}$/;

const hidden = { "x-robots-tag": "noindex, nofollow", "cache-control": "private, no-cache" };
const html = { ...hidden, "content-type": "text/html; charset=utf-8" };

export interface ReceiptPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly addressOf: (c: Context) => string;
}

/** Receipts for drivers' phones, each for who has its code: where phones do not reach the facility itself. */
export function receiptRoutes({ database, clock, addressOf }: ReceiptPorts): Hono {
  const app = new Hono();
  const limit = new RateLimit(clock, receiptsMax, within);

  app.get("/receipt/:token", anyone("the code in the address is the right"), async (c) => {
    if (!limit.begin(addressOf(c)))
      return refuse(problems.tooManyReceipts, { "retry-after": String(within / 1000) });
    const token = c.req.param("token");
    const shown = tokenText.test(token) ? await receiptBehind(database, token) : undefined;
    if (shown === undefined) return c.body(noReceiptPage(), 404, html);
    if (c.req.query("format") !== "pdf") return c.body(receiptPage(shown), 200, html);
    const name = shown.title.normalize("NFD").replaceAll(/[^\w-]+/g, "-");
    return c.body(Uint8Array.from(paperPdf(shown.pieces, shown)), 200, {
      ...hidden,
      "content-type": "application/pdf",
      "content-disposition": `inline; filename="${name}.pdf"`,
    });
  });

  app.get("/receipt.css", anyone("it holds no facts"), (c) =>
    c.body(receiptStyle, 200, {
      "content-type": "text/css; charset=utf-8",
      "cache-control": "no-cache",
    }),
  );
  return app;
}
