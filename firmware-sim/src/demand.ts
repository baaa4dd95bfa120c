import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Duration, hours, type Instant, milliseconds } from "@gatehouse/shared/time";

/** Cars an hour that want to come in, by civil hour of the day: a station's car park on a weekday. */
const carsByHour = [
  8, 5, 4, 4, 6, 20, 80, 230, 210, 150, 110, 120, 150, 140, 110, 110, 140, 170, 130, 80, 50, 35, 25,
  15,
] as const;
const busiest = Math.max(...carsByHour);

export interface DemandPlan {
  readonly clock: Clock;
  readonly random: Random;
  /** IANA zone: rush hour follows the people's clocks. */
  readonly timeZone: string;
  /** 1 is the weekday above, about 2,100 cars a day. */
  readonly scale: number;
}

/** Calls `arrive` for every car that comes, until the returned function is called. */
export function letCarsArrive(plan: DemandPlan, arrive: () => void): () => void {
  const hourOf = civilHour(plan.timeZone);
  let cancel = (): void => {};
  const next = (): void => {
    cancel = plan.clock.after(gap(plan), () => {
      const share = (carsByHour[hourOf(plan.clock.now())] ?? 0) / busiest;
      if (plan.random.fraction() < share) arrive();
      next();
    });
  };
  next();
  return () => cancel();
}

/** Gaps at the busiest hour's pace; the quieter the hour, the more of these chances pass unused. */
function gap({ random, scale }: DemandPlan): Duration {
  const mean = hours(1) / (busiest * scale);
  return milliseconds(-Math.log(1 - random.fraction()) * mean);
}

function civilHour(timeZone: string): (at: Instant) => number {
  const format = new Intl.DateTimeFormat("en", { timeZone, hour: "numeric", hourCycle: "h23" });
  return (at) => Number(format.format(at));
}
