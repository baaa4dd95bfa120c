import { check } from "@gatehouse/shared/check";
import { instantOf } from "@gatehouse/shared/time";
import type { TakeCallback } from "../directives.ts";
import type { OnlineCallbacks } from "./online-callbacks.ts";

/** Callbacks that gateways bring to head office, which cannot judge them, are received as if they came to our door. */
export const takeFromOffice =
  (callbacks: Pick<OnlineCallbacks, "receive">): TakeCallback =>
  ({ gateway, received_at, headers, body_base64 }) => {
    const receivedAt = instantOf(received_at);
    check(receivedAt !== undefined, "the contract of a directive has checked its moments");
    const body = Buffer.from(body_base64, "base64");
    const receipt = callbacks.receive({ gateway, headers, body, receivedAt, via: "office" });
    return receipt.kind === "refused" ? `body: ${receipt.reason}` : undefined;
  };
