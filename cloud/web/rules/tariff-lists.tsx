import type { DraftDesk } from "./draft-desk.ts";
import { TextField } from "./tariff-field.tsx";
import { Group } from "./tariff-group.tsx";
import { tariffWords as words } from "./tariff-words.ts";
import { listAt, textAt, valueAt } from "./written.ts";

/** What time costs, rate by rate in the order in which they count. */
export function RateFields({ desk }: { readonly desk: DraftDesk }) {
  const rates = listAt(desk.tariff.value, ["rates"]);
  const add = (): void => {
    const made = { name: "", when: { days: ["sat", "sun"] }, price: "0", per: "1 h" };
    desk.put(["rates"], [made, ...rates]);
  };
  return (
    <Group title={words.rates} hint={words.ratesHint}>
      <ol class="tariff-list">
        {rates.map((_, index) => (
          <Rate key={index} desk={desk} index={index} />
        ))}
      </ol>
      <button type="button" class="link" onClick={add}>
        {words.addRate}
      </button>
    </Group>
  );
}

function Rate({ desk, index }: { readonly desk: DraftDesk; readonly index: number }) {
  const at = (word: string, ...path: string[]) => ({ desk, word, path: ["rates", index, ...path] });
  const rate = valueAt(desk.tariff.value, ["rates", index]);
  const name = textAt(rate, ["name"]);
  const title = words.rateOf(index + 1, name);
  const isByClass = valueAt(rate, ["prices"]) !== undefined;
  const hasTiers = valueAt(rate, ["tiers"]) !== undefined;
  const rates = listAt(desk.tariff.value, ["rates"]);
  const earlier = (): void => {
    const moved = [...rates];
    moved.splice(index - 1, 0, ...moved.splice(index, 1));
    desk.put(["rates"], moved);
  };
  return (
    <li>
      <div class="tariff-list-head">
        <h3>{title}</h3>
        {index > 0 && (
          <button
            type="button"
            class="link"
            aria-label={words.earlierRate(title)}
            onClick={earlier}
          >
            {words.earlier}
          </button>
        )}
        {rates.length > 1 && (
          <button
            type="button"
            class="link"
            aria-label={words.removeRate(title)}
            onClick={() => desk.put(["rates", index], undefined)}
          >
            {words.remove}
          </button>
        )}
      </div>
      <div class="tariff-fields">
        <TextField {...at("name", "name")} />
        <TextField {...at("days", "when", "days")} mode="list" />
        <TextField {...at("from", "when", "from")} />
        <TextField {...at("until", "when", "until")} />
        <TextField {...at("spaces", "spaces")} mode="list" />
        {hasTiers ? (
          <p class="quiet">{words.tiersElsewhere}</p>
        ) : isByClass ? (
          Object.entries(words.classes).map(([each, name]) => (
            <TextField
              key={each}
              desk={desk}
              word={name}
              path={["rates", index, "prices", each]}
              mode="decimal"
            />
          ))
        ) : (
          <TextField {...at("price", "price")} mode="decimal" />
        )}
        {!hasTiers && (
          <>
            <TextField {...at("per", "per")} />
            <TextField {...at("step", "step")} />
          </>
        )}
      </div>
      {!hasTiers && (
        <button type="button" class="link" onClick={() => switchClasses(desk, index, isByClass)}>
          {isByClass ? words.oneClass : words.byClass}
        </button>
      )}
    </li>
  );
}

/** The price of a car becomes the price of all, or the other way round. */
function switchClasses(desk: DraftDesk, index: number, isByClass: boolean): void {
  const rate = { ...(valueAt(desk.tariff.value, ["rates", index]) as Record<string, unknown>) };
  if (isByClass) rate["price"] = textAt(rate, ["prices", "car"]);
  else rate["prices"] = { car: textAt(rate, ["price"]) };
  delete rate[isByClass ? "prices" : "price"];
  desk.put(["rates", index], rate);
}

/** The most that time costs in a period. */
export function CapFields({ desk }: { readonly desk: DraftDesk }) {
  const caps = listAt(desk.tariff.value, ["caps"]);
  return (
    <div class="tariff-group">
      {caps.map((cap, index) => {
        const of = (word: string, name: string) => ({ desk, word, path: ["caps", index, name] });
        const isByClass = valueAt(cap, ["prices"]) !== undefined;
        return (
          <div class="tariff-fields" key={index}>
            {isByClass ? (
              <TextField
                desk={desk}
                word={words.classes["car"] ?? "car"}
                path={["caps", index, "prices", "car"]}
                mode="decimal"
              />
            ) : (
              <TextField {...of("cap_price", "price")} mode="decimal" />
            )}
            <TextField {...of("cap_per", "per")} />
            <button
              type="button"
              class="link"
              aria-label={words.removeCap(textAt(cap, ["per"]))}
              onClick={() => desk.put(["caps", index], undefined)}
            >
              {words.remove}
            </button>
          </div>
        );
      })}
      <button
        type="button"
        class="link"
        onClick={() => desk.put(["caps"], [...caps, { price: "20", per: "24 h" }])}
      >
        {words.addCap}
      </button>
    </div>
  );
}
