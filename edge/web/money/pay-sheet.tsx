import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { AccountWay } from "./account-way.tsx";
import { CardWay } from "./card-way.tsx";
import { CashWay } from "./cash-way.tsx";
import { NilWay } from "./nil-way.tsx";
import { PaidSheet } from "./paid-sheet.tsx";
import type { PayWay } from "./pay-frame.tsx";
import type { Owing } from "./owing.ts";
import { Paying } from "./paying.ts";
import { PromiseWay } from "./promise-way.tsx";
import { lookAtTills } from "./tills.ts";
import { ValidationWay } from "./validation-way.tsx";

/** The price of a vehicle that is inside rises; it is asked for again so often. */
const lookAgainMs = 15_000;

/** Somebody pays at the desk: what is owed, one of the ways to pay, and then the change and the receipt. */
export function PaySheet({ owing }: { readonly owing: Owing }) {
  const paying = useMemo(() => new Paying(owing), []);
  const way = useSignal<PayWay>("cash");
  useEffect(() => {
    void paying.look();
    void lookAtTills();
    const timer = setInterval(() => void paying.look(), lookAgainMs);
    return () => clearInterval(timer);
  }, []);
  if (paying.outcome.value !== undefined) return <PaidSheet paying={paying} />;
  switch (way.value) {
    case "cash":
      return <CashWay paying={paying} way={way} />;
    case "card":
      return <CardWay paying={paying} way={way} />;
    case "validation":
      return <ValidationWay paying={paying} way={way} />;
    case "account":
      return <AccountWay paying={paying} way={way} />;
    case "promise":
      return <PromiseWay paying={paying} way={way} />;
    case "nil":
      return <NilWay paying={paying} way={way} />;
  }
}
