import type { Me } from "@gatehouse/shared/contracts/kiosk";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Kind } from "../rights-fields.tsx";
import { AccountsPart } from "./accounts-part.tsx";
import { accountsWords } from "./accounts-words.ts";
import { MerchantsPart } from "./merchants-part.tsx";
import { RenewalsPart } from "./renewals-part.tsx";

const keptKinds = ["accounts", "renewals", "merchants"] as const;

/** Who pays otherwise than at the gate: accounts, permits that renew themselves, merchants. Supervisors change them. */
export function AccountsTab({ me, tabs }: { readonly me: Me; readonly tabs: ComponentChildren }) {
  const kind = useSignal<(typeof keptKinds)[number]>("accounts");
  const kinds = (
    <Kind name="kept-kind" kinds={keptKinds} value={kind} texts={accountsWords.kinds} />
  );
  const part = { me, tabs, kinds };
  switch (kind.value) {
    case "accounts":
      return <AccountsPart {...part} />;
    case "renewals":
      return <RenewalsPart {...part} />;
    case "merchants":
      return <MerchantsPart {...part} />;
  }
}
