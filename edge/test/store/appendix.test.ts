import { expect, test } from "vitest";
import { Book } from "../../src/store/book.ts";

/**
 * Every column that the product's source documents name, for the tables that this edge writes, and where it is:
 * the table, and the column where it has another name. Amounts are whole minor units, instants milliseconds.
 */
const fields: Readonly<
  Record<string, readonly [table: string, columns: Readonly<Record<string, string>>]>
> = {
  PARKING_FACILITIES: [
    "parking_facilities",
    same(
      "facility_id facility_name location total_spaces operating_hours pricing_rules facility_layout is_active",
    ),
  ],
  PARKING_SPACES: [
    "parking_spaces",
    same(
      "space_id facility_id level zone space_number space_type is_accessible status last_updated sensor_data",
    ),
  ],
  PARKING_SESSIONS: [
    "parking_sessions",
    same(
      "session_id space_id vehicle_license entry_time exit_time status total_amount payment_status session_metadata",
    ),
  ],
  MAINTENANCE_LOGS: [
    "maintenance_logs",
    same(
      "log_id equipment_id maintenance_type description technician_id scheduled_at completed_at status maintenance_details",
    ),
  ],
  PAYMENTS: [
    "payments",
    same(
      "payment_id session_id user_id amount payment_method transaction_id status processed_at payment_details",
    ),
  ],
  VIOLATIONS: [
    "violations",
    same(
      "violation_id session_id violation_type penalty_amount status detected_at resolved_at violation_details",
    ),
  ],
  /** The tracking guide's sessions are stays of a camera here; a session is what is billed from gate to gate. */
  "parking_sessions (T)": [
    "camera_stays",
    same(
      "track_id camera_id space_id space_name vehicle_class entry_time exit_time duration_seconds duration_hours fee status overstay",
    ),
  ],
  occupancy_snapshots: [
    "occupancy_snapshots",
    same(
      "camera_id timestamp vehicle_count occupied_spaces total_spaces occupancy_rate vehicle_types track_ids space_occupancy",
    ),
  ],
  vehicle_flow_events: [
    "vehicle_flow_events",
    {
      ...same("camera_id track_id event_type timestamp vehicle_class space_id metadata"),
      confidence: "metadata",
      position: "metadata",
    },
  ],
  anomaly_alerts: [
    "anomaly_alerts",
    same("alert_id camera_id track_id alert_type severity timestamp details resolved resolved_at"),
  ],
  "invoice (T18), what a session says": [
    "parking_sessions",
    { ...same("space_id vehicle_class entry_time exit_time"), total_fee: "total_amount" },
  ],
  "invoice (T18), what a stay says": [
    "camera_stays",
    same("track_id duration_seconds duration_hours"),
  ],
  "invoice (T18), what a payment says": ["payments", same("currency")],
  /** `rates` of the tariff that the session names. */
  "invoice (T18), what a tariff says": ["tariffs", { rate_per_hour: "body" }],
};

const keys = {
  parking_facilities: "facility_id",
  parking_spaces: "space_id",
  parking_sessions: "session_id",
  payments: "payment_id",
  space_stays: "stay_id",
  camera_stays: "stay_id",
  vehicle_flow_events: "event_id",
  anomaly_alerts: "alert_id",
};

function same(names: string): Record<string, string> {
  return Object.fromEntries(names.split(" ").map((name) => [name, name]));
}

const book = new Book(":memory:");

const columnsOf = (table: string): { name: string; pk: number }[] =>
  book.db.all<{ name: string; pk: number }>(`pragma table_xinfo(${table})`);

const rows = Object.entries(fields).flatMap(([source, [table, columns]]) =>
  Object.entries(columns).map(([field, column]) => ({ source, field, table, column })),
);

test.each(rows)("$source: $field is $table.$column", ({ table, column }) => {
  expect(columnsOf(table).map(({ name }) => name)).toContain(column);
});

test.each(Object.entries(keys))("%s is keyed by its %s", (table, key) => {
  expect(columnsOf(table).filter(({ pk }) => pk > 0)).toMatchObject([{ name: key }]);
});

test.each([
  `space_stays (stay_id, space_id, space_name, vehicle_class, entry_time, duration_seconds, status, source)
   values ('s', 'A001', 'A001', 'car', 0, 9000, 'completed', 'sensor')`,
  `camera_stays (stay_id, camera_id, boot, track_id, space_id, space_name, vehicle_class, confidence, entry_time,
     last_seen, duration_seconds, fee, status, overstay)
   values ('s', 'CAM1', 'b1', 42, 'A001', 'A001', 'car', 0.9, 0, 9000000, 9000, 625, 'completed', 0)`,
])("a stay's hours follow from its seconds: %s", (row) => {
  const [table = ""] = row.split(" ");
  book.db.run(`insert into ${row}`);
  const hours = book.db.get<{ hours: number }>(`select duration_hours as hours from ${table}`);
  expect(hours).toEqual({ hours: 2.5 });
});
