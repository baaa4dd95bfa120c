import type { LaneView } from "@gatehouse/shared/contracts/kiosk";
import { Plate, isCorrected } from "../../shared/web/plate.tsx";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { asksWho } from "./asking.ts";
import { chooseWords } from "./choose-words.ts";
import { news } from "./connection.ts";
import { ageOf, realAge } from "./facility-time.ts";
import { durationText } from "../../shared/web/duration.ts";
import { momentText, moneyText, percentText } from "./format.ts";
import { healthTones, laneLook } from "./lane-look.ts";
import { LiveValue } from "../../shared/web/live-value.tsx";
import { owingAt } from "./money/lane-owing.ts";
import { payWords } from "./money/pay-words.ts";
import { alerts, facility, laneSignal } from "./model.ts";
import { laneWords } from "./lane-words.ts";
import { lastOpenings, saidForMs } from "./opening.ts";
import { Loops, Proofs } from "./passage.tsx";
import { pressLane } from "./press-lane.ts";
import { shown } from "./showing.ts";
import { whyId } from "./why-dialog.tsx";
import { words } from "./words.ts";

/** One lane: how it stands, who came last and what was decided, what proves it, and the button that opens it. */
export function LaneCard({
  laneId,
  shortcut,
}: {
  readonly laneId: string;
  readonly shortcut: string | undefined;
}) {
  const lane = laneSignal(laneId)?.value;
  if (lane === undefined) return null;
  const look = laneLook(lane);
  const alert = alerts.value.find(({ subject }) => subject === laneId);
  const edge = edgeTone(lane, look.isWaiting, alert?.severity);
  return (
    <li class={`lane edge-${edge}`} data-lane={laneId} aria-label={lane.name}>
      <header class="lane-head">
        <h2>
          <Direction direction={lane.direction} /> {lane.name}
        </h2>
        <Standing lane={lane} />
        <Health lane={lane} />
      </header>
      <p class="lane-state" title={look.word}>
        <StateMark tone={look.tone} />
        <LiveValue class="state-word" text={look.word} />
        {lane.state !== "idle" && <span class="age">{durationText(ageOf(lane.state_since))}</span>}
      </p>
      <LastRead lane={lane} />
      <p class="lane-sentence" title={lane.sentence}>
        {lane.sentence}
      </p>
      <p class="lane-links">
        <Due lane={lane} shortcut={shortcut} />
        {lane.session_id !== null && (
          <button
            type="button"
            class="link"
            onClick={() => (whyId.value = lane.session_id ?? undefined)}
          >
            {words.why}
          </button>
        )}
      </p>
      <Loops arming={lane.arming} safety={lane.safety} />
      <Proofs proofs={lane.proofs} />
      <Acts lane={lane} isUrgent={look.isWaiting} shortcut={shortcut} />
      <output class="lane-said">{footnote(lane)}</output>
    </li>
  );
}

/** What its vehicle owes; who takes money begins here. */
function Due({
  lane,
  shortcut,
}: {
  readonly lane: LaneView;
  readonly shortcut: string | undefined;
}) {
  if (lane.due_minor === null) return <span />;
  const owing = owingAt(lane);
  const amount = moneyText(lane.due_minor, currency());
  if (owing === undefined) return <strong class="due">{words.due(amount)}</strong>;
  return (
    <button
      type="button"
      class="button primary pay"
      disabled={news.value !== "live"}
      onClick={() => (shown.value = { kind: "pay", owing })}
    >
      {payWords.pay(amount)} {shortcut !== undefined && <kbd>⇧{shortcut}</kbd>}
    </button>
  );
}

/** The one act of this state, and the way to all others. */
function Acts({
  lane,
  isUrgent,
  shortcut,
}: {
  readonly lane: LaneView;
  readonly isUrgent: boolean;
  readonly shortcut: string | undefined;
}) {
  const isAsked = asksWho(lane);
  const owing = owingAt(lane);
  return (
    <div class="lane-acts">
      <button
        type="button"
        class={`button act${(isUrgent || isAsked) && owing === undefined ? " primary" : ""}`}
        disabled={news.value !== "live"}
        onClick={() => pressLane(lane.lane_id)}
      >
        <span>{isAsked ? chooseWords.choose(lane.name) : words.open(lane.name)}</span>
        {shortcut !== undefined && <kbd>{shortcut}</kbd>}
      </button>
      <button
        type="button"
        class="button act more"
        aria-label={laneWords.more(lane.name)}
        disabled={news.value !== "live"}
        onClick={() => (shown.value = { kind: "orders", laneId: lane.lane_id })}
      >
        ⋯
      </button>
    </div>
  );
}

/** What people have made of the lane, where its state does not say it already. */
function Standing({ lane }: { readonly lane: LaneView }) {
  const { hold, state, effective_mode: mode } = lane;
  const said = hold !== "none" && hold !== state ? laneWords.holds[hold] : undefined;
  // A locked lane is closed to all anyway, and an exit lets out in every mode.
  const isShut = mode !== "open" && hold !== "locked" && lane.direction === "entry";
  if (said === undefined && !isShut) return null;
  return <p class="standing-chip tone-warn">▲ {said ?? laneWords.modes[mode]}</p>;
}

function edgeTone(lane: LaneView, isWaiting: boolean, severity: string | undefined): string {
  if (lane.health === "offline" || severity === "critical") return "bad";
  if (laneLook(lane).tone === "bad") return "bad";
  if (lane.health === "stale" || isWaiting || severity === "warning") return "warn";
  return lane.health === "unknown" ? "unknown" : "calm";
}

/** Where the eye already is: what came of the last press, why none is possible, or which device is unwell. */
function footnote({ lane_id, health, health_detail }: LaneView): string {
  if (news.value !== "live") return words.cannotWhileOffline;
  const said = lastOpenings.value[lane_id];
  if (said !== undefined && realAge(said.atMs) <= saidForMs) return said.sentence;
  return health === "online" ? "" : health_detail;
}

function Direction({ direction }: { readonly direction: LaneView["direction"] }) {
  return (
    <svg class="direction" viewBox="0 0 20 20">
      <title>{words[direction]}</title>
      <path
        d={direction === "entry" ? "M3 10h11M10 5l5 5-5 5" : "M17 10H6M10 5l-5 5 5 5"}
        transform={direction === "entry" ? undefined : "rotate(180 10 10)"}
      />
      <path d={direction === "entry" ? "M18 3v14" : "M2 3v14"} />
    </svg>
  );
}

function Health({ lane }: { readonly lane: LaneView }) {
  if (lane.health === "online") return null;
  const tone = healthTones[lane.health];
  return (
    <p class={`health tone-${tone}`} title={lane.health_detail}>
      <StateMark tone={tone} /> {words.health[lane.health]}
    </p>
  );
}

function LastRead({ lane: { last_read: read } }: { readonly lane: LaneView }) {
  if (read === null) return <p class="last-read none">{words.noRead}</p>;
  const label = read.plate === "" ? words.unreadPlate : words.plateLabel(read.plate);
  const zone = facility.value?.timezone ?? "UTC";
  return (
    <div class="last-read">
      <Plate plate={read.plate} raw={read.raw_plate} label={label} />
      <p class="read-facts">
        <time dateTime={read.at} title={momentText(Date.parse(read.at), zone)}>
          {words.ago(durationText(ageOf(read.at)))}
        </time>
        <span>{words.sure(percentText(read.confidence))}</span>
        {read.plate !== "" && isCorrected(read.plate, read.raw_plate) && (
          <span class="raw">{words.rawRead(read.raw_plate)}</span>
        )}
      </p>
    </div>
  );
}

const currency = (): string => facility.value?.currency ?? "EUR";
