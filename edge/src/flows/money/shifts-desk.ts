import { createPublicKey } from "node:crypto";
import {
  ShiftReport,
  type ShiftReportData,
  type ShiftsData,
  type TillsData,
} from "@gatehouse/shared/contracts/shifts";
import { check } from "@gatehouse/shared/check";
import { daysFrom, startOfDay } from "../../domain/calendar.ts";
import { shiftReport } from "../../domain/money/shift.ts";
import { balanceOf } from "../../store/books.ts";
import { findShift, shiftsBetween, unclosedShiftAt } from "../../store/shifts.ts";
import { type Refusal, refusal } from "../desk.ts";
import { shiftRefusals, shiftView } from "./shift-answers.ts";
import { factsOfShift } from "./shift-report.ts";
import { type ShiftActor, Shifts, type ShiftsDeps } from "./shifts.ts";

/** So many shifts are listed at once: three a day for a year, and more. */
const listedMax = 1200;

/** What people see and do of shifts. */
export class ShiftsDesk extends Shifts {
  readonly #deps: ShiftsDeps;

  constructor(deps: ShiftsDeps) {
    super(deps);
    this.#deps = deps;
  }

  /** Every drawer and who has it. Nobody is told here what should lie in a drawer that is to be counted. */
  tills(): TillsData {
    const { book, tills, currency } = this.#deps;
    return {
      currency,
      tills: tills.map(({ id, name, lane_ids, printer }) => {
        const shift = unclosedShiftAt(book, id);
        return {
          till_id: id,
          name,
          lane_ids,
          printer_id: printer ?? null,
          shift: shift === undefined ? null : shiftView(shift),
          left_minor: shift === undefined ? balanceOf(book, "drawer", id) : shift.float,
        };
      }),
    };
  }

  /** Shifts that were opened on the facility's civil days `from` to `to`, newest first; left out: today's. */
  list(from?: string, to?: string): ShiftsData | Refusal {
    const { book, clock, issuer } = this.#deps;
    const { day } = startOfDay(clock.now(), issuer.timezone);
    const days = daysFrom(from ?? day, to ?? from ?? day, issuer.timezone);
    if (days === undefined)
      return refusal("bad-days", "Write two days in their order, for example 2026-01-07.");
    return { shifts: shiftsBetween(book, days.start, days.end, listedMax).map(shiftView) };
  }

  /**
   * The report as it is now (X), or as it was signed (Z); asking changes nothing. Who has yet to count is not told
   * what should be there.
   */
  report(shiftId: string, { actor, isSupervisor }: ShiftActor): ShiftReportData | Refusal {
    const { book, clock, key } = this.#deps;
    const shift = findShift(book, shiftId);
    if (shift === undefined) return shiftRefusals.noSuchShift;
    if (!isSupervisor && shift.operator !== actor.id) return shiftRefusals.notYours(shift);
    if (shift.state === "closed") {
      check(key !== undefined, "a closed shift was signed with a key");
      const report = ShiftReport.parse(shift.report);
      const public_key = createPublicKey(key).export({ type: "spki", format: "pem" }).toString();
      return { kind: "z", report, signature: shift.signature, public_key };
    }
    const report = shiftReport(factsOfShift(book, this.#deps, shift, clock.now()));
    const isBlind = shift.state === "open" && !isSupervisor;
    return {
      kind: "x",
      report: isBlind ? blind(report) : report,
      signature: null,
      public_key: null,
    };
  }
}

/** Without anything that tells how much cash came in. */
const blind = (report: ShiftReport): ShiftReportData["report"] => ({
  ...report,
  expected_minor: null,
  cash: [],
  means: report.means.filter(({ method }) => method !== "cash"),
});
