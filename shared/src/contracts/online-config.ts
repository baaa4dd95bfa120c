import { z } from "zod";
import { identifier } from "./topics.ts";

/** An address where secrets may be sent: encrypted, or of this machine. */
const secureUrl = z
  .url("write an address, for example https://pay.example.com")
  .refine(
    (url) =>
      url.startsWith("https://") ||
      /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?(\/|$)/.test(url),
    "use https",
  );

/** A service where drivers pay on its own page; its keys lie in `secrets.json` under the same id. */
export const OnlineGatewayConfig = z.strictObject({
  id: identifier,
  make: z.enum(["stripe", "mollie"]),
  /** Left out: the make's own address. */
  url: secureUrl.optional(),
  /** Where the gateway sends the driver's phone back to. */
  return_url: secureUrl,
  /** An answer that takes longer is taken for lost, and asked for again. */
  timeout_s: z.number().positive().max(60).default(5),
});
export type OnlineGatewayConfig = z.infer<typeof OnlineGatewayConfig>;

/** What a gateway must be shown, and what its callbacks are signed with. */
export const OnlineGatewaySecret = z.strictObject({
  api_key: z.string().min(1),
  /** One match is enough: while a secret is changed there are two. */
  callback_secrets: z.array(z.string().min(8)).min(1).max(4),
});
export type OnlineGatewaySecret = z.infer<typeof OnlineGatewaySecret>;
