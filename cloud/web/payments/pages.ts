import type { FacilityPage } from "../frame/page.ts";
import { paymentWords } from "./payment-words.ts";

/** Payments as sums and as lists. */
export const paymentPages: readonly FacilityPage[] = [
  {
    part: "payments",
    title: paymentWords.name,
    group: "money",
    right: "see-money",
    scope: "facility",
    load: () => import("./payments-page.tsx").then(({ PaymentsPage }) => PaymentsPage),
  },
];
