import { type ControlAnswer, RefusedData, WatchData } from "@gatehouse/shared/contracts/control";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { elapsed, type Instant, milliseconds, seconds } from "@gatehouse/shared/time";
import { type Command, InvalidArgumentError } from "commander";
import { answering, type BenchTools } from "./bench-tools.ts";

/** How often the daemon is asked. */
const lookEvery = milliseconds(200);

interface WatchOptions {
  readonly for?: number;
}

/** `watch`: what the lanes' wires, gates and readers say, as it comes. */
export function addWatchCommand(program: Command, tools: BenchTools): void {
  program
    .command("watch [lane]")
    .description("prints what a lane's contacts, gate and readers say, until Ctrl-C")
    .option("--for <seconds>", "only so long", toSeconds)
    .action((laneId: string | undefined, options: WatchOptions, command: Command) =>
      answering(tools, command, () => watch(laneId, options, command, tools)),
    );
}

async function watch(
  laneId: string | undefined,
  { for: span }: WatchOptions,
  command: Command,
  tools: BenchTools,
) {
  const clock = new PacedClock();
  const began = clock.now();
  let isEnded = false;
  const end = (): void => void (isEnded = true);
  process.once("SIGINT", end);
  try {
    let after: number | null = null;
    let told = 0;
    for (;;) {
      const answer = await ask(laneId, after, command, tools);
      if (RefusedData.safeParse(answer.data).success) return { answer };
      const data = WatchData.parse(answer.data);
      if (after === null) tellNow(data, command, tools);
      if (data.missed > 0) {
        tools.line(command, `… ${data.missed} lines missed`, { missed: data.missed });
      }
      for (const line of data.lines) {
        told += 1;
        tools.line(command, textOf(line), line);
      }
      after = data.latest;
      if (isEnded || isOver(clock.now(), began, span)) return ended(told);
      await clock.sleep(lookEvery);
    }
  } finally {
    process.off("SIGINT", end);
  }
}

const ask = (
  laneId: string | undefined,
  after: number | null,
  command: Command,
  tools: BenchTools,
): Promise<ControlAnswer> => tools.hear(command, { verb: "watch", lane_id: laneId ?? null, after });

const isOver = (now: Instant, began: Instant, span: number | undefined): boolean =>
  span !== undefined && elapsed(began, now) >= seconds(span);

/** How it stands before anything comes. */
function tellNow({ lanes }: WatchData, command: Command, tools: BenchTools): void {
  for (const lane of lanes) {
    const inputs = Object.entries(lane.inputs).map(
      ([name, on]) => `${name} ${on === null ? "not known" : on ? "on" : "off"}`,
    );
    tools.line(command, `${lane.lane_id} is ${lane.phase}: ${inputs.join(", ")}`, lane);
  }
}

const textOf = ({ at, lane_id, kind, text }: WatchData["lines"][number]): string =>
  `${at.slice(11, 23)}  ${lane_id}  ${kind.padEnd(5)}  ${text}`;

const ended = (lines: number) => ({
  answer: { exit_code: 0, verdict: `Watched: ${lines} lines.`, data: { lines } },
});

function toSeconds(text: string): number {
  const number = Number(text);
  if (Number.isFinite(number) && number >= 0 && number <= 86_400) return number;
  throw new InvalidArgumentError("write seconds, at most 86400");
}
