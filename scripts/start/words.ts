import { formatMinor, minorUnits } from "@gatehouse/shared/money";
import type { Demonstration } from "./demonstration.ts";

/** Where to look, once everything runs. */
export function welcome({ ports, credentials, options, dataDir }: Demonstration): string {
  const people = credentials.firstStart.operators.map(
    ({ id, role, pin }) => `${id} (${role}) PIN ${pin}`,
  );
  return [
    `Gatehouse runs a car park, ${options.speed} times as fast as real time.`,
    `  Kiosk        http://127.0.0.1:${ports["kiosk and API"]}   ${people.join(", ")}`,
    `  Head office  http://127.0.0.1:${ports["head office"]}   token ${credentials.firstStart.head_office_token}`,
    `  CLI          npx gatehouse status --data ${options.dataDir}`,
    `  PINs and tokens are kept in ${dataDir}/first-start.json`,
    "",
  ].join("\n");
}

/** One line of what goes on now. */
export function liveLine({ feed, stats, day }: Demonstration, gateP99: number | undefined): string {
  const { state } = feed;
  if (state === undefined || stats === undefined) return "starting";
  const { timezone, currency } = state.facility;
  const clock = new Date(day.now()).toLocaleTimeString("en-GB", { timeZone: timezone });
  const money = formatMinor(minorUnits(state.takings.captured_minor), currency);
  return [
    clock,
    `in ${stats.cars_in}`,
    `out ${stats.cars_out}`,
    `inside ${stats.inside}`,
    `waiting ${stats.queued}`,
    `free ${state.counts.free}/${state.counts.total}`,
    `taken today ${money}`,
    `alerts ${state.alerts.length}`,
    `queued for head office ${state.sync.queued}`,
    `gate p99 ${gateP99 === undefined ? "–" : `${gateP99.toFixed(0)} ms`}`,
  ].join("  ");
}
