import { describe, expect, test } from "vitest";
import { LaneModel } from "./lane-model.ts";

const opened = (): LaneModel =>
  new LaneModel()
    .awake()
    .input("arming", true)
    .command()
    .answer("accepted")
    .wait(3)
    .input("limit-open", true);

describe("a vehicle that passes", () => {
  test("proves each of its five facts with its own evidence", () => {
    const lane = opened().wait(1).input("safety", true).wait(1).input("arming", false).wait(1);
    lane.input("safety", false).wait(6).input("limit-open", false);
    expect(lane.facts).toEqual([
      "acknowledged by readback",
      "moved by limit-open",
      "passed by safety-loop",
      "closed by limit-open",
    ]);
    expect(lane.outcomes).toEqual(["passed"]);
    expect(lane.state.phase).toBe("idle");
    expect([...lane.timers]).toEqual([]);
  });

  test("walks through the phases in order", () => {
    const lane = new LaneModel().awake();
    const phases = [lane.state.phase];
    const see = (): void => {
      if (phases.at(-1) !== lane.state.phase) phases.push(lane.state.phase);
    };
    lane.input("arming", true);
    see();
    lane.command();
    see();
    lane.answer("accepted");
    see();
    lane.input("limit-open", true);
    see();
    lane.input("safety", true);
    see();
    lane.input("arming", false).input("safety", false);
    see();
    lane.input("limit-open", false);
    see();
    expect(phases).toEqual([
      "idle",
      "vehicle-present",
      "open-commanded",
      "accepted",
      "opened",
      "passing",
      "passed",
      "idle",
    ]);
  });

  test("is seen without a limit switch; the arm is then taken for closed in time, not proven", () => {
    const lane = new LaneModel().input("arming", false).input("safety", false);
    lane.input("arming", true).command().answer("accepted");
    lane.input("safety", true).input("arming", false).input("safety", false);
    expect(lane.outcomes).toEqual([]);
    lane.wait(14);
    expect(lane.outcomes).toEqual(["passed"]);
    expect(lane.facts).not.toContain("closed by limit-open");
  });

  test("passes on an answer that was lost", () => {
    const lane = new LaneModel().awake().input("arming", true).command().answer("unreachable");
    lane.input("limit-open", true).input("safety", true).input("arming", false);
    lane.input("safety", false).input("limit-open", false);
    expect(lane.outcomes).toEqual(["passed"]);
    expect(lane.facts).not.toContain("acknowledged by readback");
  });

  test("waits on a stopped car under the arm and does not give up on it", () => {
    const lane = opened().input("safety", true).input("arming", false).wait(300);
    expect(lane.outcomes).toEqual([]);
    lane.input("safety", false);
    expect(lane.facts).toContain("passed by safety-loop");
  });

  test("calls the next one forward when it stands before the gate already", () => {
    const lane = opened().input("safety", true).input("arming", false).input("arming", true);
    const before = lane.count("vehicle-came");
    lane.input("safety", false);
    expect(lane.count("vehicle-came")).toBe(before + 1);
  });

  test("goes on with a second command that is given while it is under the arm", () => {
    const lane = opened().input("safety", true).input("arming", false).command();
    lane.answer("accepted").input("safety", false);
    expect(lane.facts.filter((fact) => fact === "passed by safety-loop")).toHaveLength(1);
    expect(lane.state.phase).toBe("passed");
  });
});

test("a car that stopped too far forward, on both loops, is seen passing", () => {
  const lane = new LaneModel().awake().input("arming", true).input("safety", true);
  lane.command().answer("accepted").input("limit-open", true);
  lane.input("arming", false).input("safety", false);
  expect(lane.facts).toContain("passed by safety-loop");
});

describe("a vehicle that does not pass", () => {
  test("has backed out when it left the loop and came nowhere near the arm", () => {
    const lane = opened().input("arming", false).wait(2.9);
    expect(lane.outcomes).toEqual([]);
    lane.wait(0.1);
    expect(lane.outcomes).toEqual(["backed-out"]);
    expect([...lane.timers]).toEqual([]);
  });

  test("has not backed out when it only rolled off the loop and on again", () => {
    const lane = opened().input("arming", false).wait(2).input("arming", true).wait(2);
    expect(lane.outcomes).toEqual([]);
  });

  test("that stands and waits until the time is over has not passed", () => {
    const lane = new LaneModel().awake().input("arming", true).command().answer("accepted");
    lane.wait(33);
    expect(lane.outcomes).toEqual(["nobody-passed"]);
    expect(lane.state.phase).toBe("vehicle-present");
  });

  test("that stands until the arm is down again has not passed", () => {
    const lane = opened().wait(9).input("limit-open", false);
    expect(lane.outcomes).toEqual(["nobody-passed"]);
    expect(lane.facts).toContain("closed by limit-open");
  });

  test("is under no gate that did not open", () => {
    for (const result of ["rejected", "unreachable"] as const) {
      const lane = new LaneModel().awake().input("arming", true).command().answer(result);
      expect(lane.state.phase).toBe(result);
      lane.wait(33);
      expect(lane.outcomes).toEqual(["nobody-passed"]);
    }
  });
});

describe("what the loops could not see", () => {
  test("is unconfirmed, not denied, when an input was lost while the car may have passed", () => {
    for (const input of ["arming", "safety"] as const) {
      const lane = opened().input(input, undefined).wait(2).input("arming", false);
      lane.input("safety", false).wait(10);
      expect(lane.outcomes).toEqual([]);
      lane.wait(30);
      expect(lane.outcomes).toEqual(["unconfirmed"]);
    }
  });

  test("is unconfirmed when the arm went down while the loops were lost", () => {
    const lane = opened().input("safety", undefined).wait(9).input("limit-open", false);
    expect(lane.outcomes).toEqual(["unconfirmed"]);
  });

  test("is unconfirmed when the gate's answer was lost too: it may have opened", () => {
    const lane = new LaneModel().command().answer("unreachable").wait(33);
    expect(lane.outcomes).toEqual(["unconfirmed"]);
  });

  test("is nothing at all when the gate refused", () => {
    const lane = new LaneModel().command().answer("rejected").wait(33);
    expect(lane.outcomes).toEqual(["nobody-passed"]);
  });

  test("is unconfirmed when the next car stood on the loop before this one had left it", () => {
    const lane = opened().input("safety", true).input("safety", false).wait(9);
    lane.input("limit-open", false);
    expect(lane.outcomes).toEqual(["unconfirmed"]);
  });

  test("is no forward movement when the arming loop is unknown", () => {
    const lane = opened().input("arming", undefined).input("safety", true).input("safety", false);
    expect(lane.facts).not.toContain("passed by safety-loop");
    lane.wait(33);
    expect(lane.outcomes).toEqual(["unconfirmed"]);
  });
});

describe("more than one vehicle", () => {
  test("a second safety pulse on one opening is a tailgater, told while it is under the arm", () => {
    const lane = opened().input("safety", true).input("arming", false).input("safety", false);
    lane.input("safety", true);
    expect(lane.count("tailgated")).toBe(1);
    lane.input("safety", false).wait(6).input("limit-open", false);
    expect(lane.outcomes).toEqual(["tailgated"]);
    expect(lane.facts.filter((fact) => fact.startsWith("passed"))).toHaveLength(1);
  });

  test("a tailgater that stops under the arm keeps the passage from ending", () => {
    const lane = new LaneModel().input("arming", true).input("safety", false).command();
    lane.answer("accepted").input("safety", true).input("arming", false).input("safety", false);
    lane.input("safety", true).wait(60);
    expect(lane.outcomes).toEqual([]);
    lane.input("safety", false).wait(14);
    expect(lane.outcomes).toEqual(["tailgated"]);
  });

  test("a car that may have followed a tailgater under the arm has not backed out", () => {
    const lane = opened().input("safety", true).input("arming", false).input("safety", false);
    lane.input("safety", true).command().input("arming", true);
    lane.input("arming", false).input("safety", false).wait(40);
    expect(lane.outcomes).toEqual(["tailgated", "unconfirmed"]);
  });

  test("a car that turns round behind a tailgater that has gone has backed out", () => {
    const lane = opened().input("safety", true).input("arming", false).input("safety", false);
    lane.input("safety", true).input("arming", true).command().answer("accepted");
    lane.input("safety", false).wait(1).input("arming", false).wait(5);
    expect(lane.outcomes).toEqual(["tailgated", "backed-out"]);
  });

  test("the next car with a command of its own is no tailgater", () => {
    const lane = opened().input("safety", true).input("arming", false).input("arming", true);
    lane.input("safety", false).command().answer("accepted");
    lane.input("safety", true).input("arming", false).input("safety", false);
    lane.wait(6).input("limit-open", false);
    expect(lane.count("tailgated")).toBe(0);
    expect(lane.outcomes).toEqual(["passed", "passed"]);
  });
});

describe("a gate that opens by itself", () => {
  test("is told by its limit switch", () => {
    const lane = new LaneModel().awake().input("limit-open", true);
    expect(lane.effects.at(-1)).toEqual({ kind: "unexplained", evidence: "limit-open" });
  });

  test("is told by a vehicle under its open arm", () => {
    const lane = new LaneModel().input("limit-open", true).input("safety", true);
    expect(lane.count("unexplained")).toBe(1);
  });

  test("is not told of a switch that only became known", () => {
    const lane = new LaneModel().input("limit-open", undefined).input("limit-open", true);
    expect(lane.count("unexplained")).toBe(0);
  });

  test("is not told of a vehicle on the loop of a closed arm", () => {
    expect(new LaneModel().awake().input("safety", true).count("unexplained")).toBe(0);
  });
});

describe("a safety loop that stays on", () => {
  test("is called stuck after ten minutes, and ends what is under way as unconfirmed", () => {
    const lane = opened().input("safety", true).wait(599);
    expect(lane.count("loop-stuck")).toBe(0);
    lane.wait(1);
    expect(lane.count("loop-stuck")).toBe(1);
    expect(lane.outcomes).toEqual(["unconfirmed"]);
    expect([...lane.timers]).toEqual([]);
  });

  test("no longer holds up the lane, proves nothing, and is released when it goes quiet", () => {
    const lane = new LaneModel().awake().input("safety", true).wait(600);
    lane.input("arming", true).command().answer("accepted").input("limit-open", true);
    lane.input("arming", false).wait(33);
    expect(lane.outcomes).toEqual(["unconfirmed"]);
    lane.input("safety", false);
    expect(lane.count("loop-released")).toBe(1);
    expect(lane.state.stuck).toBe(false);
  });

  test("is not called stuck when it was only unknown for a while", () => {
    const lane = new LaneModel().awake().input("safety", true).wait(500).input("safety", undefined);
    lane.wait(500).input("safety", true).wait(500);
    expect(lane.count("loop-stuck")).toBe(0);
  });
});

describe("what a technician sees of a lane", () => {
  test("a vehicle that is read, refused and leaves", () => {
    const lane = new LaneModel().awake().input("arming", true).read();
    expect(lane.state.phase).toBe("identifying");
    lane.decided();
    expect(lane.state.phase).toBe("decided");
    lane.input("arming", false);
    expect(lane.state.phase).toBe("idle");
  });

  test("an arm that takes its command and is not seen up is unconfirmed, until it is", () => {
    const lane = new LaneModel().awake().input("arming", true).command().answer("accepted");
    lane.wait(8);
    expect(lane.state.phase).toBe("unconfirmed");
    expect(lane.count("not-seen-open")).toBe(1);
    lane.input("limit-open", true);
    expect(lane.state.phase).toBe("opened");
    expect(lane.count("seen-open")).toBe(1);
  });

  test("an arm with a contact at the bottom is closing until it is down", () => {
    const lane = opened().input("limit-closed", false);
    lane.input("safety", true).input("arming", false).input("safety", false);
    lane.wait(2).input("limit-open", false);
    expect(lane.state.phase).toBe("closing");
    lane.wait(2).input("limit-closed", true);
    expect(lane.facts).toContain("closed by limit-closed");
    expect(lane.outcomes).toEqual(["passed"]);
    expect(lane.state.phase).toBe("idle");
  });

  test("a gate that did not take its command is at fault until one is taken", () => {
    const lane = new LaneModel().awake().input("arming", true).command().answer("unreachable");
    lane.wait(40);
    expect(lane.state.phase).toBe("fault");
    lane.command().answer("accepted").wait(40);
    expect(lane.state.phase).toBe("vehicle-present");
  });

  test("an arm that somebody raised by hand is manual until it is down", () => {
    const lane = new LaneModel().awake().input("limit-open", true);
    expect(lane.state.phase).toBe("manual");
    lane.input("limit-open", false);
    expect(lane.state.phase).toBe("idle");
  });

  test("who passes a gate that is held open is not known, unless it was let in", () => {
    const lane = new LaneModel().awake().hold("held-open").input("limit-open", true);
    expect(lane.state.phase).toBe("held-open");
    lane.input("arming", true).input("safety", true).input("arming", false).input("safety", false);
    expect(lane.count("unidentified")).toBe(1);
    expect(lane.count("unexplained")).toBe(0);
    lane.input("arming", true).command().answer("accepted").input("safety", true);
    lane.input("arming", false).input("safety", false).wait(20);
    expect(lane.count("unidentified")).toBe(1);
    expect(lane.outcomes).toEqual(["passed"]);
    expect(lane.state.phase).toBe("held-open");
  });

  test("a safety loop that sees nobody twice in a row proves nothing any more", () => {
    const lane = new LaneModel().awake();
    const drivesUnseen = (): void => {
      lane.input("arming", true).command().answer("accepted").wait(3).input("limit-open", true);
      lane.input("arming", false).wait(10).input("limit-open", false).wait(40);
    };
    drivesUnseen();
    expect(lane.count("loop-silent")).toBe(0);
    drivesUnseen();
    expect(lane.count("loop-silent")).toBe(1);
    drivesUnseen();
    expect(lane.outcomes).toEqual(["backed-out", "backed-out", "unconfirmed"]);
    lane.input("safety", true);
    expect(lane.count("loop-heard")).toBe(1);
  });
});
