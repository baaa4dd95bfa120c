import { useLayoutEffect } from "preact/hooks";
import { news } from "./connection.ts";
import { LaneCard } from "./lane-card.tsx";
import { laneOrder } from "./model.ts";
import { payAtLane } from "./money/lane-owing.ts";
import { pressLane } from "./press-lane.ts";
import { words } from "./words.ts";

/** F1 to F12: the first twelve lanes from the left. */
const keysMax = 12;

/** With more lanes than these the cards are drawn smaller. */
const fewMax = 8;

/** The lanes from left to right, as they lie; each has a key of its own. */
export function Lanes() {
  const order = laneOrder.value;
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const [, number] = /^F(\d{1,2})$/.exec(event.key) ?? [];
      if (number === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      const laneId = order[Number(number) - 1];
      if (laneId === undefined || Number(number) > keysMax) return;
      event.preventDefault();
      if (document.querySelector("dialog[open]") !== null || news.value !== "live") return;
      if (event.shiftKey) payAtLane(laneId);
      else pressLane(laneId);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [order]);

  if (order.length === 0) return <p class="empty">{words.noLanes}</p>;
  return (
    <section aria-label={words.lanes}>
      <ul class={`lane-row${order.length > fewMax ? " many" : ""}`}>
        {order.map((laneId, index) => (
          <LaneCard
            key={laneId}
            laneId={laneId}
            shortcut={index < keysMax ? `F${index + 1}` : undefined}
          />
        ))}
      </ul>
    </section>
  );
}
