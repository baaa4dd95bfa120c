import { useLayoutEffect } from "preact/hooks";
import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Plate } from "../../../shared/web/plate.tsx";
import { news } from "../connection.ts";
import { laneSignal } from "../model.ts";
import { openingLane } from "../opening.ts";
import { Said, Sheet } from "../sheet.tsx";
import { hideShown } from "../showing.ts";
import { troubleOf } from "../told.ts";
import { words } from "../words.ts";
import { OwedPart } from "./owed-part.tsx";
import { payWords } from "./pay-words.ts";
import type { Paying } from "./paying.ts";

export const payWays = ["cash", "card", "validation", "account", "promise", "nil"] as const;
export type PayWay = (typeof payWays)[number];

/** What every way to pay is told: what is owed, and how to go to another way. */
export interface WayProps {
  readonly paying: Paying;
  readonly way: Signal<PayWay>;
}

export interface PayFrameProps extends WayProps {
  /** The one act of this way (Enter); left out: there is nothing to press. */
  readonly act?: {
    readonly text: string;
    readonly isPossible: boolean;
    readonly press: () => void;
  };
  readonly hint: string;
  readonly children: ComponentChildren;
}

/** What is owed on the left, how it is paid on the right. */
export function PayFrame({ paying, way, act, hint, children }: PayFrameProps) {
  const { purpose, laneId } = paying.owing;
  const lane = laneId === undefined ? undefined : laneSignal(laneId)?.value;
  const due = paying.due.value;
  const plate = due?.kind === "ok" ? due.value.plate : (paying.owing.title ?? null);
  const isOwed = paying.dueMinor > 0;
  useWayKeys(way, waysFor(paying));
  // Enter must press what this way does, never the way's own button again.
  useLayoutEffect(() => {
    const first = ".pay-way :is(input, select), dialog[open] footer .primary";
    document.querySelector<HTMLElement>(first)?.focus();
  }, [isOwed]);
  return (
    <Sheet
      id="pay-title"
      title={lane === undefined ? payWords.title : payWords.titleAt(lane.name)}
      beside={
        plate === null || plate === "" ? undefined : (
          <Plate plate={plate} raw={plate} label={words.plateLabel(plate)} />
        )
      }
      isWide
      isBusy={paying.isAsking.value}
      {...(act !== undefined && {
        submit: {
          text: paying.isAsking.value ? payWords.asking : act.text,
          isPossible: act.isPossible && isOwed && news.value === "live",
          press: act.press,
        },
      })}
      onClose={hideShown}
    >
      <Ways paying={paying} way={way} />
      <div class="halves pay-halves">
        <OwedPart paying={paying} />
        <section class="right-form pay-way">{children}</section>
      </div>
      <div class="pay-foot">
        <Said
          trouble={paying.trouble.value || troubleOf(due)}
          hint={due?.kind === "ok" && !isOwed ? payWords.nothingDue : hint}
        />
        {lane !== undefined && purpose === "stay" && (
          <button
            type="button"
            class="link"
            onClick={() => {
              hideShown();
              openingLane.value = lane.lane_id;
            }}
          >
            {payWords.openByHand}
          </button>
        )}
      </div>
    </Sheet>
  );
}

/** Only a stay is paid by merchants, promised, or asked for at a lane. */
const waysFor = ({ owing }: Paying): readonly PayWay[] => {
  if (owing.purpose !== "stay") return ["cash", "account"];
  return owing.laneId === undefined ? payWays.filter((each) => each !== "card") : payWays;
};

function Ways({ paying, way }: WayProps) {
  return (
    <fieldset class="ways pay-ways" aria-label={payWords.way}>
      {waysFor(paying).map((each, index) => (
        <button
          key={each}
          type="button"
          class="button"
          aria-pressed={way.value === each}
          disabled={paying.isAsking.value}
          onClick={() => (way.value = each)}
        >
          {payWords.ways[each]} <kbd>F{index + 1}</kbd>
        </button>
      ))}
    </fieldset>
  );
}

/** F1 and on choose the way; the lanes' own keys rest while a sheet is open. */
function useWayKeys(way: Signal<PayWay>, ways: readonly PayWay[]): void {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const [, number] = /^F(\d{1,2})$/.exec(event.key) ?? [];
      const wanted = ways[Number(number) - 1];
      if (wanted === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      way.value = wanted;
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [ways.length]);
}
