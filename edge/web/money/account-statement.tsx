import type { StatementData } from "@gatehouse/shared/contracts/accounts";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Told } from "../../../shared/web/ask.ts";
import { momentText } from "../format.ts";
import { facility } from "../model.ts";
import { troubleOf } from "../told.ts";
import { askStatement } from "./accounts-api.ts";
import { accountsWords } from "./accounts-words.ts";
import { amountText } from "./amounts.ts";

const shownMost = 50;

/** What came to an account and went from it, newest first. */
export function AccountStatement({ accountId }: { readonly accountId: string }) {
  const told = useSignal<Told<StatementData> | undefined>(undefined);
  useEffect(() => void askStatement(accountId).then((answer) => (told.value = answer)), []);
  const zone = facility.value?.timezone ?? "UTC";
  if (told.value === undefined) return <p class="skeleton skeleton-story" />;
  if (told.value.kind !== "ok") return <p class="quiet">{troubleOf(told.value)}</p>;
  const { lines } = told.value.value;
  if (lines.length === 0) return <p class="empty">{accountsWords.noMovements}</p>;
  return (
    <table class="money-lines account-lines">
      <caption>{accountsWords.movements}</caption>
      <tbody>
        {lines.slice(0, shownMost).map((line, index) => (
          <tr key={index}>
            <td>{momentText(Date.parse(line.at), zone)}</td>
            <td>
              {[accountsWords.movement(line.kind, line.method), line.plate]
                .filter(Boolean)
                .join(" · ")}
            </td>
            <td class="number">{amountText(line.minor)}</td>
            <td class="number">{amountText(line.balance_minor)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
