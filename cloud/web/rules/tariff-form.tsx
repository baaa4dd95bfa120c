import type { DraftDesk } from "./draft-desk.ts";
import { ChoiceField, MomentField, TextField } from "./tariff-field.tsx";
import { Group } from "./tariff-group.tsx";
import { CapFields, RateFields } from "./tariff-lists.tsx";
import { tariffWords as words } from "./tariff-words.ts";
import { textAt } from "./written.ts";

const roundings = ["half-up", "half-even", "up", "down"];

/** The common shapes of a tariff as fields; everything else stands in its text. */
export function TariffForm({ desk }: { readonly desk: DraftDesk }) {
  const of = (word: string, ...path: (string | number)[]) => ({ desk, word, path });
  const charge = textAt(desk.tariff.value, ["lost_ticket", "charge"]);
  return (
    <div class="tariff-form">
      <Group title={words.general}>
        <TextField {...of("name", "name")} />
        <TextField {...of("tariff_id", "tariff_id")} />
        <TextField {...of("version", "version")} mode="number" />
        <MomentField {...of("valid_from", "valid_from")} />
        <MomentField {...of("valid_to", "valid_to")} />
      </Group>
      <RateFields desk={desk} />
      <Group title={words.more}>
        <TextField {...of("free_time", "free", 0, "time")} />
        <ChoiceField {...of("free_mode", "free", 0, "mode")} choices={["threshold", "subtract"]} />
      </Group>
      <CapFields desk={desk} />
      <Group title={words.bounds}>
        <TextField {...of("minimum", "minimum", "price")} mode="decimal" />
        <TextField {...of("maximum", "maximum", "price")} mode="decimal" />
        <TextField {...of("tax_percent", "tax", "percent")} mode="decimal" />
        <ChoiceField {...of("tax_prices", "tax", "prices")} choices={["inclusive", "exclusive"]} />
        <ChoiceField {...of("rounding", "rounding")} choices={roundings} />
        <TextField {...of("round_to", "round_to")} mode="decimal" />
        <ChoiceField
          {...of("time_rounding", "time_rounding")}
          choices={["up", "down", "nearest"]}
        />
      </Group>
      <Group title={words.rest}>
        <TextField {...of("exit_grace", "exit_grace")} />
        <TextField {...of("quote_hold", "quote_hold")} />
        <ChoiceField
          {...of("lost_charge", "lost_ticket", "charge")}
          choices={["flat", "daily_max", "from_opening"]}
        />
        {charge !== "" && (
          <TextField {...of("lost_price", "lost_ticket", "price")} mode="decimal" />
        )}
        {charge === "from_opening" && <TextField {...of("lost_opens", "lost_ticket", "opens")} />}
      </Group>
    </div>
  );
}
