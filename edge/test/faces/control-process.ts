import { Control } from "@gatehouse/edge/faces/control";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { TestDesk } from "./desk-fixture.ts";

/** Serves the control socket of the folder named, until it is killed: the other daemon of a test. */
const clock = new PacedClock();
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const control = new Control({
  dataDir: process.argv[2] ?? "",
  desk: new TestDesk(clock),
  clock,
  log,
});
await control.start();
console.log("serving");
