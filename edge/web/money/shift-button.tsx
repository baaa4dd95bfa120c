import type { Me } from "@gatehouse/shared/contracts/kiosk";
import { useEffect } from "preact/hooks";
import { news } from "../connection.ts";
import { momentText, timeText } from "../format.ts";
import { facility } from "../model.ts";
import { shown } from "../showing.ts";
import { shiftWords } from "./shift-words.ts";
import { keepAskingTills, ownTill, stopAskingTills, tills } from "./tills.ts";

/** Who has which drawer, always in sight; where there is no till there is nothing to say. */
export function ShiftButton({ me }: { readonly me: Me }) {
  const takesMoney = me.role !== "technician";
  useEffect(() => {
    if (!takesMoney) return undefined;
    void keepAskingTills();
    return stopAskingTills;
  }, [me.operator]);
  if (!takesMoney || tills.value === undefined || tills.value.length === 0) return null;
  const own = ownTill.value;
  const zone = facility.value?.timezone ?? "UTC";
  const opened = own === undefined ? 0 : Date.parse(own.shift.opened_at);
  return (
    <button
      type="button"
      class={`button shift-button${own === undefined ? " none" : ""}`}
      disabled={news.value !== "live"}
      {...(own !== undefined && { title: momentText(opened, zone) })}
      onClick={() => (shown.value = { kind: "shift" })}
    >
      {own === undefined ? (
        <span>○ {shiftWords.noShift}</span>
      ) : (
        <span>
          ● {shiftWords.short(own.name)}
          <small>
            {own.shift.state === "counted"
              ? shiftWords.counted
              : shiftWords.since(timeText(opened, zone))}
          </small>
        </span>
      )}
    </button>
  );
}
