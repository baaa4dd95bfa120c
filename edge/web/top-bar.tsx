import type { KioskState, Me } from "@gatehouse/shared/contracts/kiosk";
import { StateMark, type Tone } from "../../shared/web/state-mark.tsx";
import { leave } from "./connection.ts";
import { ageOf, facilityNow } from "./facility-time.ts";
import { durationText } from "../../shared/web/duration.ts";
import { countText, momentText, timeText } from "./format.ts";
import { laneLook } from "./lane-look.ts";
import { ShiftButton } from "./money/shift-button.tsx";
import { alerts, allLanes, counts, facility, sync } from "./model.ts";
import { words } from "./words.ts";

/** Whose car park, how it is in one sentence, the way to head office, the time, and who sits here. */
export function TopBar({ me }: { readonly me: Me }) {
  return (
    <header class="top-bar">
      <div class="top-bar-title">
        <h1>{facility.value?.name}</h1>
        <Sentence />
      </div>
      <Office />
      <Clock />
      <div class="top-bar-person">
        <ShiftButton me={me} />
        {me.role !== "attendant" && (
          <a class="link" href="/setup">
            {words.setUpCameras}
          </a>
        )}
        <span>{me.name}</span>
        <button type="button" class="button" onClick={() => void leave()}>
          {words.signOut}
        </button>
      </div>
    </header>
  );
}

function Sentence() {
  const { tone, text } = sentence();
  return (
    <p class="sentence">
      <StateMark tone={tone} /> {text}
    </p>
  );
}

/** The whole facility in one sentence: the worst thing, or that nothing is wrong. */
function sentence(): { tone: Tone; text: string } {
  const open = alerts.value;
  if (open.some(({ severity }) => severity === "critical")) {
    return { tone: "bad", text: words.alertsOpen(open.length) };
  }
  const lanes = allLanes();
  const unwell = lanes.find(({ health }) => health === "offline");
  if (unwell !== undefined) return { tone: "bad", text: words.laneUnwell(unwell.name) };
  const waiting = lanes.find((lane) => laneLook(lane).isWaiting);
  if (waiting !== undefined) {
    const time = durationText(ageOf(waiting.state_since));
    return { tone: "warn", text: words.carWaits(waiting.name, time) };
  }
  if (open.length > 0) return { tone: "warn", text: words.alertsOpen(open.length) };
  const silent = lanes.find(({ health }) => health !== "online");
  if (silent !== undefined) return { tone: "warn", text: words.laneUnwell(silent.name) };
  return nothingWrong(lanes.length);
}

function nothingWrong(lanes: number): { tone: Tone; text: string } {
  if (lanes === 0) return { tone: "unknown", text: words.noLanesYet };
  const { free, total } = counts.value ?? { free: 0, total: 0 };
  const places = total === 0 ? "" : words.placesFree(countText(free), countText(total));
  return { tone: "ok", text: `${words.allWell(lanes)} ${places}` };
}

const offices: Readonly<Record<KioskState["sync"]["state"], { tone: Tone; text: string }>> = {
  connected: { tone: "ok", text: words.officeConnected },
  waiting: { tone: "warn", text: words.officeWaiting },
  offline: { tone: "warn", text: words.officeOffline },
  none: { tone: "calm", text: words.officeNone },
};

/** A few facts on their way are nothing to look at. */
const noticeable = 100;

function Office() {
  const now = sync.value;
  const zone = facility.value?.timezone;
  // Offline it is said larger, in a line of its own.
  if (now === undefined || zone === undefined || now.state === "offline") return <span />;
  const { tone, text } = offices[now.state];
  const title =
    now.last_ack_at === null ? undefined : momentText(Date.parse(now.last_ack_at), zone);
  return (
    <p class="office" title={title}>
      <span>
        <StateMark tone={tone} /> {text}
      </span>
      {now.queued >= noticeable && (
        <span class="office-queue">{words.factsWait(countText(now.queued))}</span>
      )}
    </p>
  );
}

function Clock() {
  const zone = facility.value?.timezone;
  if (zone === undefined) return null;
  return (
    <time class="clock" title={momentText(facilityNow.value, zone)}>
      {timeText(facilityNow.value, zone)}
    </time>
  );
}
