import type { DeviceAct, DeviceRecord, RegistryData } from "@gatehouse/shared/contracts/registry";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Told } from "../../shared/web/ask.ts";
import { durationText } from "../../shared/web/duration.ts";
import { StateMark, type Tone } from "../../shared/web/state-mark.tsx";
import { news } from "./connection.ts";
import { DeviceDetails } from "./device-details.tsx";
import { deviceWords } from "./device-words.ts";
import { ageOf } from "./facility-time.ts";
import { percentText } from "./format.ts";
import { actOnDevice, askRegistry } from "./registry-api.ts";
import { Field } from "./rights-fields.tsx";
import { Said, Sheet } from "./sheet.tsx";
import { hideShown } from "./showing.ts";
import { troubleOf } from "./told.ts";
import { ChoiceText } from "./choice-row.tsx";

const tones: Readonly<Record<DeviceRecord["state"], Tone>> = {
  new: "warn",
  approved: "calm",
  online: "ok",
  stale: "warn",
  offline: "bad",
  quarantined: "bad",
  retired: "unknown",
};

/** More rows than these are found by searching. */
const shownMost = 100;

/** Every device that was ever known, those that need somebody first; a technician says what becomes of one. */
export function DevicesTab({
  mayAct,
  tabs,
}: {
  readonly mayAct: boolean;
  readonly tabs: ComponentChildren;
}) {
  const told = useSignal<Told<RegistryData> | undefined>(undefined);
  const [search, chosen, reason] = [useSignal(""), useSignal(""), useSignal("")];
  const act = useSignal<DeviceAct | undefined>(undefined);
  const [trouble, said] = [useSignal(""), useSignal("")];
  const isAsking = useSignal(false);
  const look = async (): Promise<void> => void (told.value = await askRegistry());
  useEffect(() => void look(), []);

  const all = told.value?.kind === "ok" ? told.value.value.devices : [];
  const found = all.filter((each) => isFound(each, search.value));
  const device = all.find(({ device_id: id }) => id === chosen.value);
  const press = async (): Promise<void> => {
    if (device === undefined || act.value === undefined) return;
    isAsking.value = true;
    const answer = await actOnDevice(device.device_id, act.value, reason.value.trim());
    isAsking.value = false;
    trouble.value = troubleOf(answer);
    if (answer.kind !== "ok") return;
    said.value = answer.value.sentence;
    [act.value, reason.value] = [undefined, ""];
    await look();
  };
  const isWhole = device !== undefined && act.value !== undefined && reason.value.trim() !== "";
  const hint = mayAct
    ? isWhole
      ? deviceWords.ready
      : deviceWords.chooseAct
    : deviceWords.technicianOnly;
  return (
    <Sheet
      id="devices-title"
      title={deviceWords.title}
      beside={tabs}
      isWide
      isBusy={isAsking.value}
      {...(mayAct && {
        submit: {
          text: act.value === undefined ? deviceWords.do : deviceWords.acts[act.value],
          isPossible: isWhole && news.value === "live",
          press: () => void press(),
        },
      })}
      onClose={hideShown}
    >
      <div class="halves">
        <section class="right-list">
          <Field type="search" label={deviceWords.search} value={search} max={64} />
          {told.value === undefined && <p class="skeleton skeleton-story" />}
          {told.value?.kind === "ok" && found.length === 0 && (
            <p class="empty">{all.length === 0 ? deviceWords.noDevices : deviceWords.none}</p>
          )}
          <ul class="scroll-list" role="radiogroup" aria-label={deviceWords.tabs.devices}>
            {found.slice(0, shownMost).map((each) => (
              <li key={each.device_id}>
                <label class="choice device-choice">
                  <input
                    type="radio"
                    name="device"
                    value={each.device_id}
                    checked={chosen.value === each.device_id}
                    onChange={() => {
                      chosen.value = each.device_id;
                      [act.value, trouble.value, said.value] = [undefined, "", ""];
                    }}
                  />
                  <Device device={each} />
                </label>
              </li>
            ))}
          </ul>
        </section>
        {device === undefined ? (
          <p class="empty">{deviceWords.chooseDevice}</p>
        ) : (
          <DeviceDetails
            key={device.device_id}
            device={device}
            choice={mayAct ? { act, reason } : undefined}
          />
        )}
      </div>
      <Said trouble={trouble.value || troubleOf(told.value)} hint={said.value || hint} />
    </Sheet>
  );
}

function Device({ device }: { readonly device: DeviceRecord }) {
  const { device_id: id, kind, lane_id: lane, state, last_seen: seen, battery_pct: left } = device;
  const facts = [
    kind.replaceAll("-", " "),
    lane ?? "",
    seen === null ? deviceWords.neverSeen : deviceWords.seen(durationText(ageOf(seen))),
    left === null ? "" : deviceWords.battery(percentText(left / 100)),
  ];
  return (
    <ChoiceText
      name={id}
      facts={facts}
      beside={
        <span class={`device-state tone-${tones[state]}`}>
          <StateMark tone={tones[state]} /> {deviceWords.states[state]}
        </span>
      }
    />
  );
}

function isFound({ device_id: id, kind, make, lane_id: lane }: DeviceRecord, part: string) {
  const text = `${id} ${kind} ${make} ${lane ?? ""}`.toLowerCase();
  return text.includes(part.trim().toLowerCase());
}
