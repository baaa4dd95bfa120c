import { noReceiptPage, receiptPage, receiptStyle } from "@gatehouse/shared/paper/receipt-page";
import { paperPdf } from "@gatehouse/shared/paper/paper-pdf";
import { elapsed, hours, minutes } from "@gatehouse/shared/time";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { refuse } from "@gatehouse/shared/refusal";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Database } from "../store/database.ts";
import { rateReceipt } from "../store/ratings.ts";
import { type HeldDocument, receiptBehind } from "../store/receipts.ts";
import { anyone } from "./declared-access.ts";
import { problems } from "./problems.ts";
import { RateLimit } from "./rate-limit.ts";

/** Many phones may share one address. */
const receiptsMax = 300;
const within = minutes(1);
/** A tap on a receipt; whoever sends more from one address is no driver. */
const ratingsMax = 20;
/** So long somebody remembers how it was. */
const ratedWithin = hours(30 * 24);
const ratingMax = 1024;
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
  const ratings = new RateLimit(clock, ratingsMax, within);
  const tooMany = (): Response =>
    refuse(problems.tooManyReceipts, { "retry-after": String(within / 1000) });
  const behind = async (token: string): Promise<HeldDocument | undefined> =>
    tokenText.test(token) ? receiptBehind(database, token) : undefined;
  const mayRate = ({ isReceipt, shown }: HeldDocument): boolean =>
    isReceipt && elapsed(shown.issuedAt, clock.now()) <= ratedWithin;

  app.get("/receipt/:token", anyone("the code in the address is the right"), async (c) => {
    if (!limit.begin(addressOf(c))) return tooMany();
    const held = await behind(c.req.param("token"));
    if (held === undefined) return c.body(noReceiptPage(), 404, html);
    const { shown, score } = held;
    if (c.req.query("format") !== "pdf") {
      const action = `/receipt/${c.req.param("token")}/rating`;
      const isAsked = score !== undefined || mayRate(held);
      return c.body(receiptPage(shown, isAsked ? { action, given: score } : undefined), 200, html);
    }
    const name = shown.title.normalize("NFD").replaceAll(/[^\w-]+/g, "-");
    return c.body(Uint8Array.from(paperPdf(shown.pieces, shown)), 200, {
      ...hidden,
      "content-type": "application/pdf",
      "content-disposition": `inline; filename="${name}.pdf"`,
    });
  });

  const inBounds = bodyLimit({ maxSize: ratingMax, onError: () => refuse(problems.tooLarge) });
  app.post(
    "/receipt/:token/rating",
    anyone("the code in the address is the right; the first tap counts"),
    inBounds,
    async (c) => {
      if (!ratings.begin(addressOf(c))) return tooMany();
      const token = c.req.param("token");
      const held = await behind(token);
      if (held === undefined || !mayRate(held)) return c.body(noReceiptPage(), 404, html);
      const score = new URLSearchParams(await c.req.text()).get("score") ?? "";
      if (!/^[1-5]$/.test(score))
        return refuse({ ...problems.notUnderstood, errors: [whichScore] });
      await rateReceipt(database, held, Number(score), clock.now());
      return c.redirect(`/receipt/${token}`, 303);
    },
  );

  app.get("/receipt.css", anyone("it holds no facts"), (c) =>
    c.body(receiptStyle, 200, {
      "content-type": "text/css; charset=utf-8",
      "cache-control": "no-cache",
    }),
  );
  return app;
}

const whichScore = { path: "score", message: "write a whole number from 1 to 5" };
