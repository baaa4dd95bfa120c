import type { LaneConfig } from "@gatehouse/shared/contracts/lane-config";
import { isBlindLoop } from "../domain/malfunction.ts";
import type { Passage } from "../store/passages.ts";
import type { DoctorCheck } from "./desk.ts";
import type { WiringFacts } from "./wiring-watch.ts";

/** So few vehicles or openings prove nothing. */
const fewest = 5;
/** Slack of an arm over what its maker says, in seconds. */
const slackS = 2;

/** What a doctor looks at in one lane. */
export interface LaneChart {
  readonly lane: LaneConfig;
  /** The newest that have ended, oldest first. */
  readonly passages: readonly Passage[];
  readonly wiring: WiringFacts;
}

/** The checks of one lane: what must be so of its detectors, and what its passages show of its wires. */
export function laneChecks(chart: LaneChart): DoctorCheck[] {
  return [
    detectorCheck(chart.lane),
    ...safetyCheck(chart),
    ...orderCheck(chart),
    ...limitChecks(chart),
    ...timeChecks(chart),
  ];
}

/**
 * A detector that forgets a standing vehicle, or one that is silent when its loop breaks, lets a barrier close on
 * somebody (EMX LP D-TEK and Reno A&E BX-LP manuals: "limited presence" drops out after four to five minutes).
 */
function detectorCheck({ id, inputs: { detector, fail_safe } }: LaneConfig): DoctorCheck {
  const name = `${id} loop detector`;
  const bad = (detail: string, next: string): DoctorCheck => ({ name, ok: false, detail, next });
  const say = "then write inputs.detector: presence and inputs.fail_safe: true";
  switch (detector) {
    case "limited-presence":
      return bad(
        "limited presence: after some minutes it forgets a vehicle that still stands there, and the barrier may close on it",
        `set the safety loop's detector to permanent presence, ${say}`,
      );
    case "pulse":
      return bad(
        "pulse: it cannot tell that a vehicle still stands under the arm",
        `wire the detector's presence relay to the safety input, ${say}`,
      );
    case "unknown":
      return bad(
        "nobody has said how it is set: limited presence would forget a standing vehicle",
        `read the switches of the safety loop's detector, ${say}; try it: npx gatehouse watch ${id} --for 420 with a vehicle on the loop, safety must stay on`,
      );
    case "presence":
  }
  if (fail_safe === true)
    return { name, ok: true, detail: "permanent presence, a broken loop counts as a vehicle" };
  return bad(
    fail_safe === false
      ? "fail-secure: a broken safety loop says that nobody stands there"
      : "nobody has said whether a broken safety loop counts as a vehicle",
    `set the detector to fail-safe, then write inputs.fail_safe: true; try it: npx gatehouse watch ${id} and take off a loop wire, safety must come on`,
  );
}

/** The arm goes up for one vehicle after the other, and the safety loop sees none. */
function safetyCheck({ lane, passages }: LaneChart): DoctorCheck[] {
  const latest = passages.slice(-fewest);
  if (latest.length < fewest) return [];
  const isBlind = latest.every(({ movedAt }) => movedAt !== null) && isBlindLoop(latest);
  return [
    {
      name: `${lane.id} safety loop`,
      ok: !isBlind,
      detail: isBlind
        ? `stays off: ${fewest} openings in a row and nobody was seen passing`
        : "sees vehicles",
      next: `npx gatehouse watch ${lane.id}: drive over the loop, safety must come on`,
    },
  ];
}

/** Who reaches the safety loop without having been on the arming loop came from the other side, or two wires are swapped. */
function orderCheck({ lane, wiring: { safetyOn, armedBefore } }: LaneChart): DoctorCheck[] {
  if (safetyOn < fewest) return [];
  const isSwapped = armedBefore * 2 < safetyOn;
  return [
    {
      name: `${lane.id} loop order`,
      ok: !isSwapped,
      detail: isSwapped
        ? `safety came on before arming ${safetyOn - armedBefore} of ${safetyOn} times: the two inputs may be swapped`
        : `arming before safety ${armedBefore} of ${safetyOn} times`,
      next: `npx gatehouse watch ${lane.id}: drive up slowly; then swap arming and safety in facility.yaml`,
    },
  ];
}

/** The contact that says "the arm is up" must move with the openings, and never together with the one at the bottom. */
function limitChecks({ lane, passages, wiring }: LaneChart): DoctorCheck[] {
  const { id, inputs } = lane;
  const checks: DoctorCheck[] = [];
  if (wiring.bothLimits > 0)
    checks.push({
      name: `${id} limit contacts`,
      ok: false,
      detail: `the arm was up and down at once ${wiring.bothLimits} times`,
      next: `npx gatehouse watch ${id}: open once, and see which contact is wired wrongly`,
    });
  const isWired =
    inputs.kind === "modbus" ? inputs.limit_open !== undefined : wiring.limitOpenOn > 0;
  const taken = passages.filter(({ acknowledgedAt }) => acknowledgedAt !== null).slice(-fewest);
  if (!isWired || taken.length < fewest) return checks;
  const seen = taken.filter(({ movedEvidence }) => movedEvidence === "limit-open").length;
  return [
    ...checks,
    {
      name: `${id} limit-open contact`,
      ok: seen > 0,
      detail: `moved with ${seen} of the last ${taken.length} openings`,
      next: `npx gatehouse pulse ${id} --confirm, and watch the arm: then its contact and inputs.limit_open`,
    },
  ];
}

/** What facility.yaml says of the arm's times, against what its contact has shown. */
function timeChecks({ lane, passages }: LaneChart): DoctorCheck[] {
  const { id, gate } = lane;
  const up = passages
    .filter(({ movedEvidence }) => movedEvidence === "limit-open")
    .flatMap(({ commandedAt, movedAt }) => (movedAt === null ? [] : [movedAt - commandedAt]));
  const down = passages
    .filter(({ closedAt }) => closedAt !== null)
    .flatMap(({ passedAt, closedAt }) =>
      passedAt === null || closedAt === null ? [] : [closedAt - passedAt],
    );
  return [
    ...timeCheck(`${id} travel time`, up, gate.travel_s, "gate.travel_s"),
    ...timeCheck(`${id} closing time`, down, gate.hold_s + gate.travel_s, "gate.hold_s"),
  ];
}

/** @param measured milliseconds */
function timeCheck(
  name: string,
  measured: readonly number[],
  saidS: number,
  field: string,
): DoctorCheck[] {
  if (measured.length < fewest) return [];
  const sorted = measured.toSorted((a, b) => a - b);
  const medianS = (sorted[sorted.length >> 1] ?? 0) / 1000;
  const ok = medianS <= saidS + slackS;
  const detail = `${medianS.toFixed(1)} s as seen ${measured.length} times, facility.yaml says ${saidS} s`;
  return [{ name, ok, detail, next: `correct ${field} in facility.yaml, or look at the arm` }];
}
