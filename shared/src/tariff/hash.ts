import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "../canonical.ts";
import type { Tariff } from "../contracts/tariff.ts";

/** What a tariff says, as one word: two versions with the same hash ask for the same. */
export const tariffHash = (tariff: Tariff): string =>
  createHash("sha256")
    .update(canonicalJson(tariff as Json))
    .digest("hex");
