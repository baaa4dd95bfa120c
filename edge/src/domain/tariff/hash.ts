import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "@gatehouse/shared/canonical";
import type { Tariff } from "@gatehouse/shared/contracts/tariff";

/** What a tariff says, as one word: two versions with the same hash ask for the same. */
export const tariffHash = (tariff: Tariff): string =>
  createHash("sha256")
    .update(canonicalJson(tariff as Json))
    .digest("hex");
