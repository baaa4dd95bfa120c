import type { Instant } from "@gatehouse/shared/time";
import fc from "fast-check";
import { expect, test } from "vitest";
import { stuckAfter } from "../../src/domain/lane.ts";
import { closeRefusal } from "../../src/domain/lane-rest.ts";
import { LaneModel } from "./lane-model.ts";
import { happening, Witness } from "./lane-witness.ts";

const lives = fc.array(happening, { maxLength: 60 });

test("every command ends in exactly one outcome, and every fact has its proof, whatever happens", () => {
  fc.assert(
    fc.property(lives, (life) => {
      const witness = new Witness();
      for (const happened of life) witness.watch(happened);
      for (const input of ["safety", "arming", "limit-open"] as const) {
        witness.watch({ does: "input", input, active: false });
      }
      witness.watch({ does: "wait", seconds: 700 });
      witness.watch({ does: "hold", hold: "none" });
      const { lane } = witness;
      expect(lane.outcomes).toHaveLength(witness.commands);
      expect([...lane.timers], "no timer outlives what it waits for").toEqual([]);
      expect(lane.state.passage).toBeUndefined();
      expect(lane.state.phase).toBe(lane.state.gateFault ? "fault" : "idle");
    }),
    { numRuns: 3000 },
  );
});

test("even when every loop stays on for ever, no passage is under way for ever", () => {
  fc.assert(
    fc.property(lives, (life) => {
      const witness = new Witness();
      for (const happened of life) witness.watch(happened);
      witness.watch({ does: "wait", seconds: 3600 });
      expect(witness.lane.outcomes).toHaveLength(witness.commands);
      expect([...witness.lane.timers]).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test("a lane that is told the same again does nothing", () => {
  fc.assert(
    fc.property(lives, (life) => {
      const lane = new LaneModel();
      for (const happened of life) {
        lane.live(happened);
        const { state, effects } = lane;
        const before = effects.length;
        lane.input("arming", state.arming).input("safety", state.safety);
        lane.input("limit-open", state.limitOpen).input("limit-closed", state.limitClosed);
        expect(effects).toHaveLength(before);
        expect(lane.state).toBe(state);
      }
    }),
    { numRuns: 1000 },
  );
});

test("a vehicle that only ever stands on the arming loop never passes", () => {
  const standing = happening.filter(
    (happened) => happened.does !== "input" || happened.input !== "safety",
  );
  fc.assert(
    fc.property(fc.array(standing, { maxLength: 40 }), (life) => {
      const witness = new Witness();
      for (const happened of life) witness.watch(happened);
      expect(witness.lane.facts.filter((fact) => fact.startsWith("passed"))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("time may run backwards on the wall without any effect on a passage", () => {
  const lane = new LaneModel().awake().input("arming", true).command().answer("accepted");
  lane.feed({ kind: "input", input: "safety", active: true, at: -3_600_000 as Instant });
  lane.feed({ kind: "input", input: "arming", active: false, at: -3_600_000 as Instant });
  lane.feed({ kind: "input", input: "safety", active: false, at: 7_200_000 as Instant });
  expect(lane.facts).toContain("passed by safety-loop");
});

test("an arm may be told to close exactly while its safety loop is known, well and free", () => {
  fc.assert(
    fc.property(lives, (life) => {
      const lane = new LaneModel();
      let since = 0;
      let isStuck = false;
      for (const happened of life) {
        const before = lane.state.safety;
        lane.live(happened);
        if (lane.state.safety === true && before !== true) since = lane.now;
        if (lane.state.safety === true && lane.now - since >= stuckAfter) isStuck = true;
        // A loop nobody hears of for a while is not seen free.
        if (lane.state.safety === false) isStuck = false;
      }
      const whileOn = isStuck ? "loop-faulty" : "under-arm";
      const { safety, unseen, passage } = lane.state;
      const mayGo = passage !== undefined && !passage.passed ? "told-to-pass" : undefined;
      const whileFree = unseen >= 2 ? "loop-faulty" : mayGo;
      const known = safety === true ? whileOn : whileFree;
      expect(closeRefusal(lane.state)).toBe(safety === undefined ? "loop-faulty" : known);
    }),
    { numRuns: 2000 },
  );
});

test("whatever happens, a lane at rest shows what a person or a fault has made of it", () => {
  fc.assert(
    fc.property(lives, (life) => {
      const lane = new LaneModel();
      for (const happened of life) lane.live(happened);
      const { hold, passage, phase, stuck } = lane.state;
      const mustShow = hold === "none" ? stuck && "fault" : hold;
      expect(passage === undefined && mustShow ? phase : mustShow).toBe(mustShow);
    }),
    { numRuns: 2000 },
  );
});
