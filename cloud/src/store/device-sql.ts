import type { ReportProjection } from "../domain/report-projection.ts";
import type { Statement } from "./statement.ts";

const columns = {
  device_id: "text",
  kind: "text",
  make: "text",
  lane_id: "text",
  state: "text",
  standing: "text",
  configured: "boolean",
  firmware: "text",
  battery_pct: "integer",
  last_seen: "timestamptz",
  state_since: "timestamptz",
  told_at: "timestamptz",
};

/** A device is as it was told last, all of it; the moments of its changes stay. */
export function addDevices(
  statement: Statement,
  { devices, deviceStates }: Pick<ReportProjection, "devices" | "deviceStates">,
): void {
  const names = Object.keys(columns);
  const told = Object.entries(columns).map((column) => column.join(" "));
  statement.add(
    "devices_told",
    `insert into devices (facility_id, ${names.join(", ")})
     select turn.facility_id, ${names.map((name) => `told.${name}`).join(", ")}
     from turn, json_to_recordset(${statement.bind(JSON.stringify([...devices.values()]), "json")})
       as told(${told.join(", ")})
     on conflict (facility_id, device_id) do update set
       ${names
         .slice(1)
         .map((name) => `${name} = excluded.${name}`)
         .join(", ")}
       where devices.told_at <= excluded.told_at`,
  );
  statement.add(
    "device_states_told",
    `insert into device_states (facility_id, device_id, since, state)
     select turn.facility_id, told.device_id, told.since, told.state
     from turn, json_to_recordset(${statement.bind(JSON.stringify([...deviceStates.values()]), "json")})
       as told(device_id text, since timestamptz, state text)
     on conflict do nothing`,
  );
}
