import { Counters } from "@gatehouse/edge/flows/counters";
import { Spaces } from "@gatehouse/edge/flows/spaces";
import { Book } from "@gatehouse/edge/store/book";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { spacesOf } from "@gatehouse/shared/contracts/facility";
import { type Instant, instantOf, minutes } from "@gatehouse/shared/time";

/** Who stands where in a facility of four spaces, A001 to A004, that nothing watches. */
export const placesOf = (book = new Book(":memory:")): Spaces =>
  new Spaces({
    book,
    clock: new VirtualClock(instantOf("2026-06-01T06:00:00Z") as Instant),
    steady: { now: () => 0 },
    counters: new Counters(),
    spaces: spacesOf({
      zones: [
        {
          id: "west",
          name: "West",
          level: "0",
          spaces: [{ numbers: "A001-A004", type: "standard", sensors: false }],
        },
      ],
    }),
    keptFor: minutes(30),
    changed: () => {},
  });
