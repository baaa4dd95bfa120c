import type { ShiftAnswer, ShiftView } from "@gatehouse/shared/contracts/shifts";
import { formatMinor, minorUnits } from "@gatehouse/shared/money";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { ShiftMoveRow } from "../../store/shift-facts.ts";
import type { Shift } from "../../store/shifts.ts";
import { refusal } from "../desk.ts";

/** A shift as it leaves the daemon. */
export const shiftView = (shift: Shift): ShiftView => ({
  shift_id: shift.shiftId,
  till_id: shift.drawerId,
  operator: shift.operator,
  state: shift.state,
  opened_at: isoOf(shift.openedAt as Instant),
  closed_at: shift.closedAt === null ? null : isoOf(shift.closedAt as Instant),
  float_minor: shift.float,
  z_number: shift.zNumber,
  counted_minor: shift.counted,
  expected_minor: shift.expected,
});

/** What came of an act, in a sentence. */
export function shiftAnswer(
  shift: Shift,
  move: ShiftMoveRow["move"],
  amount: number,
  { currency }: { readonly currency: string },
): ShiftAnswer {
  const money = (minor: number): string => formatMinor(minorUnits(minor), currency);
  const { drawerId, operator, counted, expected, zNumber } = shift;
  const difference = (counted ?? 0) - (expected ?? 0);
  const counting =
    difference === 0
      ? "as it should be"
      : `${money(Math.abs(difference))} ${difference > 0 ? "too much" : "missing"}`;
  const sentences = {
    open: `${operator} has ${drawerId} with a float of ${money(amount)}.`,
    drop: `${money(amount)} went from ${drawerId} to the safe.`,
    "pay-in": `${money(amount)} was put into ${drawerId}.`,
    "pay-out": `${money(amount)} was taken out of ${drawerId}.`,
    count: `${money(amount)} was counted at ${drawerId}: ${counting}.`,
    close: `The shift at ${drawerId} is closed, report ${zNumber ?? "–"}: ${counting}.`,
    relief: `${operator} was relieved at ${drawerId}, report ${zNumber ?? "–"}: ${counting}.`,
  } as const;
  return { shift: shiftView(shift), sentence: sentences[move] };
}

/** Why an act on a shift is refused. */
export const shiftRefusals = {
  noSuchTill: refusal("unknown-till", "There is no such till."),
  noSuchShift: refusal("unknown-shift", "There is no such shift."),
  noKey: refusal(
    "no-shift-key",
    "Reports cannot be signed here: the daemon has no key for them, so no shift begins.",
  ),
  wrongSum: refusal("wrong-sum", "The coins and notes do not sum to the amount: count again."),
  tooMuch: refusal("too-much", "There is less in the drawer: look at the amount again."),
  countedAlready: refusal(
    "counted-already",
    "It was counted already; only a supervisor lets it be counted again, and says why.",
  ),
  sameOperator: refusal("same-operator", "The next person is the same: close the shift instead."),
  taken: ({ drawerId, operator }: Shift) =>
    refusal("till-taken", `${operator} has ${drawerId}: that shift must be closed first.`),
  notYours: ({ operator }: Shift) =>
    refusal("not-your-shift", `It is the shift of ${operator}; a supervisor may act on it.`),
  wrongState: ({ state, drawerId }: Shift) =>
    refusal(
      `shift-${state}`,
      {
        open: `The drawer of ${drawerId} has to be counted first.`,
        counted: `The drawer of ${drawerId} has been counted: close the shift now.`,
        closed: "The shift is closed.",
      }[state],
    ),
} as const;
