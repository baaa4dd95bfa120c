import {
  type DeviceAct,
  deviceActs,
  type DeviceRecord,
} from "@gatehouse/shared/contracts/registry";
import type { Signal } from "@preact/signals";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { deviceWords } from "./device-words.ts";
import { countText, momentText, percentText } from "./format.ts";
import { useInView } from "./in-view.ts";
import { alerts, facility } from "./model.ts";
import { ReasonField } from "./reason-field.tsx";
import { ActChoice } from "./act-choice.tsx";

/** What is known of one device, what is wrong with it now, and what may become of it. */
export function DeviceDetails({
  device,
  choice,
}: {
  readonly device: DeviceRecord;
  /** Missing: this person only looks. */
  readonly choice:
    | { readonly act: Signal<DeviceAct | undefined>; readonly reason: Signal<string> }
    | undefined;
}) {
  const wrong = alerts.value.filter(({ subject }) => subject === device.device_id);
  const part = useInView(device.device_id);
  return (
    <section ref={part} class="right-form device-details">
      <h3>{device.device_id}</h3>
      <p class="quiet">
        {device.make}
        {device.detail !== null && ` · ${device.detail}`}
      </p>
      {wrong.length > 0 && (
        <ul aria-label={deviceWords.malfunctions}>
          {wrong.map(({ alert_id: id, severity, sentence }) => (
            <li key={id}>
              <StateMark tone={severity === "critical" ? "bad" : "warn"} /> {sentence}
            </li>
          ))}
        </ul>
      )}
      <Facts device={device} />
      {choice !== undefined && <Acts device={device} {...choice} />}
    </section>
  );
}

function Facts({ device }: { readonly device: DeviceRecord }) {
  const zone = facility.value?.timezone ?? "UTC";
  const at = (iso: string): string => momentText(Date.parse(iso), zone);
  const { facts, byFor, named, notNamed } = deviceWords;
  const known: readonly (readonly [string, string | null])[] = [
    [facts.since, at(device.state_since)],
    [facts.standing, byFor(device.standing_by, device.standing_reason)],
    [facts.lane, device.lane_id],
    [facts.battery, device.battery_pct === null ? null : percentText(device.battery_pct / 100)],
    [facts.firmware, device.firmware],
    [facts.skew, device.clock_skew_ms === null ? null : `${countText(device.clock_skew_ms)} ms`],
    [facts.rate, String(device.messages_per_minute)],
    [facts.first, at(device.first_seen)],
    [facts.configured, device.configured ? named : notNamed],
  ];
  return (
    <dl class="device-facts">
      {known.map(([name, text]) =>
        text === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Acts({
  device,
  act,
  reason,
}: {
  readonly device: DeviceRecord;
  readonly act: Signal<DeviceAct | undefined>;
  readonly reason: Signal<string>;
}) {
  return (
    <>
      <ActChoice
        name="device-act"
        acts={deviceActs}
        chosen={act.value}
        choose={(each) => (act.value = each)}
        texts={deviceWords.acts}
        isDisabled={(each) => isDone(device, each)}
      />
      <p class="quiet">{act.value === undefined ? "\u00A0" : deviceWords.actMeans[act.value]}</p>
      <ReasonField reason={reason} usual={deviceWords.actReasons} />
    </>
  );
}

const becomes = { approve: "approved", quarantine: "quarantined", retire: "retired" } as const;

const isDone = ({ standing }: DeviceRecord, act: DeviceAct): boolean => standing === becomes[act];
