import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ConfigError, loadConfig, loadSecrets } from "../src/config.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-config-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const good = `
facility: { id: central, name: Central, timezone: Europe/Berlin, currency: EUR }
zones:
  - { id: a, name: Zone A, level: "1", spaces: [{ numbers: A001-A010 }, { numbers: A011, type: accessible }] }
wires:
  relay: { kind: rtu-over-tcp, host: 127.0.0.1, port: 4196 }
  contacts: { kind: modbus-tcp, host: 127.0.0.1, port: 502 }
lanes:
  - id: entry-1
    name: Entry 1
    direction: entry
    gate: { profile: waveshare-8ch, wire: relay, relay: 1 }
    inputs: { kind: modbus, profile: icpdas-et2260, wire: contacts, arming: 0, safety: 1 }
    readers: [{ id: cam-1, format: hikvision }]
http: { kiosk: { port: 4700 }, cameras: { port: 4701 } }
mqtt: { port: 4702 }
`;

const complaintsOf = (yaml: string): string[] => {
  const file = join(folder, "facility.yaml");
  writeFileSync(file, yaml);
  try {
    loadConfig(file);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).complaints.map(({ path, message }) => `${path}: ${message}`);
  }
};

test("a sound configuration is taken, with its defaults", () => {
  const file = join(folder, "facility.yaml");
  writeFileSync(file, good);
  const config = loadConfig(file);
  expect(config.lanes[0]?.gate.pulse_ms).toBe(500);
  expect(config.occupancy.hold_s).toBe(3);
});

test("ten mistakes are ten complaints, each with its path and what to write", () => {
  const complaints = complaintsOf(
    good
      .replace("Europe/Berlin", "Berlin")
      .replace("currency: EUR", "currency: euro")
      .replace("A001-A010", "A010-A001")
      .replace("type: accessible", "type: disabled")
      .replace("kind: rtu-over-tcp", "kind: bluetooth")
      .replace("direction: entry", "direction: in")
      .replace("wire: relay", "wire: relais")
      .replace("arming: 0", "arming: -1")
      .replace("format: hikvision", "format: hikvsion")
      .replace("mqtt: { port: 4702 }", "mqtt: { port: 4700 }"),
  );
  const paths = complaints.map((complaint) => complaint.split(": ")[0] ?? "");
  expect(new Set(paths)).toEqual(
    new Set([
      "facility.timezone",
      "facility.currency",
      "zones[0].spaces[0].numbers",
      "zones[0].spaces[1].type",
      "wires.relay.kind",
      "lanes[0].direction",
      "lanes[0].gate.wire",
      "lanes[0].inputs.arming",
      "lanes[0].readers[0].format",
      "mqtt.port",
    ]),
  );
  expect(complaints).toHaveLength(10);
  expect(complaints).toContainEqual(
    expect.stringContaining("use an IANA zone, for example Europe/Berlin"),
  );
  expect(complaints).toContainEqual(
    expect.stringContaining('there is no wire "relais"; write one of: relay, contacts'),
  );
});

test("an unknown word is named, not ignored", () => {
  expect(complaintsOf(good.replace("name: Entry 1", "name: Entry 1\n    colour: red"))).toEqual([
    expect.stringContaining("lanes[0]"),
  ]);
});

test("a space, a lane or a camera named twice is one complaint each", () => {
  const lanes = good.replace(
    "http:",
    `${good.slice(good.indexOf("  - id: entry-1"), good.indexOf("http:"))}http:`,
  );
  expect(complaintsOf(lanes).map((complaint) => complaint.split(": ")[0])).toEqual([
    "lanes[1].id",
    "lanes[1].readers[0].id",
  ]);
  expect(complaintsOf(good.replace("numbers: A011", "numbers: A010"))).toEqual([
    "zones[0].spaces[1].numbers: space A010 is named twice; every number belongs to one zone",
  ]);
});

test("broken YAML names the line, and an alias is refused", () => {
  expect(complaintsOf("facility: [")[0]).toMatch(/^line 1/);
  expect(complaintsOf("a: &x [1]\nb: *x")[0]).toContain("aliases");
});

test("a missing file says what to do", () => {
  expect(() => loadConfig(join(folder, "none.yaml"))).toThrow("--config");
});

test("secrets that others may read are refused", () => {
  const file = join(folder, "secrets.json");
  writeFileSync(file, JSON.stringify({ mqtt: {}, readers: {}, operators: [], terminals: {} }));
  chmodSync(file, 0o644);
  expect(() => loadSecrets(file)).toThrow("chmod 600");
  chmodSync(file, 0o600);
  expect(loadSecrets(file).operators).toEqual([]);
});

test("a camera's bays are spaces that there are, and its password stands elsewhere", () => {
  const cameras = `
cameras:
  - id: north
    source: { kind: snapshot, url: "http://eye:secret@10.0.0.7/snapshot.jpg" }
    space_of_bay: { one: A001, two: A099, three: A001 }
`;
  expect(complaintsOf(`${good}${cameras}`)).toEqual([
    "cameras[0].space_of_bay.two: there is no space A099; write a number of zones.spaces",
    'cameras[0].space_of_bay.three: space A001 is bay "one" already; each bay needs its own',
    "cameras[0].source.url: leave user and password out; secrets.json has them under cameras",
  ]);
});

test("sensors, counters and displays stand at spaces, zones and lanes that there are", () => {
  const complaints = complaintsOf(`${good}
sensors:
  - { id: a81758fffe0a1b2c, model: bosch_tps110, space: A099 }
  - { id: A81758FFFE0A1B2C, model: bosch_tps110, space: A001 }
  - { id: a81758fffe0a1b2d, model: parametric_tcr, counter: { zone: b, into: left } }
  - { id: a81758fffe0a1b2e, model: parametric_tcr, space: A002, counter: { zone: a, into: left } }
  - { id: a81758fffe0a1b2f, model: bosch_tps110, space: A001 }
  - { id: a81758fffe0a1b30, model: bosch_tps110, space: A001 }
network_servers: [chirpstack, cam-1, chirpstack]
signs:
  - { id: page, kind: browser, zone: b }
  - { id: board, kind: tcp, profile: text, host: 127.0.0.1, port: 4800, lane: exit-9 }
  - { id: one, kind: browser, lane: entry-1 }
  - { id: two, kind: mqtt, lane: entry-1 }
  - { id: both, kind: mqtt, lane: entry-1, zone: a }
`);
  expect(complaints).toEqual([
    'sensors[1].id: "a81758fffe0a1b2c" names two sensors; give each its own',
    "sensors[0].space: there is no space A099; write a number of zones.spaces",
    'sensors[2].counter.zone: there is no zone "b"; write one of: a',
    "sensors[3].counter: it watches a space already; a counter watches none",
    "sensors[5].space: space A001 has 2 sensors already",
    'network_servers[2]: "chirpstack" stands there twice; once is enough',
    'network_servers[1]: "cam-1" names another device too; write another',
    'signs[0].zone: there is no zone "b"; write one of: a',
    'signs[1].lane: there is no lane "exit-9"; write one of: entry-1',
    'signs[3].lane: lane entry-1 has the display "one" already',
    "signs[4].zone: a display shows a zone or a lane; leave one of them out",
    'signs[4].lane: lane entry-1 has the display "two" already',
  ]);
});

test("card terminals have names and addresses of their own, and take the facility's currency", () => {
  const exit = (id: string, terminal: string) => `
  - id: ${id}
    name: ${id}
    direction: exit
    gate: { profile: waveshare-8ch, wire: relay, relay: ${id.slice(-1)} }
    inputs: { kind: modbus, profile: icpdas-et2260, wire: contacts, arming: 2, safety: 3 }
    readers: [{ id: cam-${id}, format: hikvision }]
    terminal: ${terminal}
http:`;
  const site = (...terminals: string[]) =>
    terminals.reduce(
      (yaml, terminal, index) => yaml.replace("\nhttp:", exit(`exit-${index + 2}`, terminal)),
      good,
    );
  const ours = "{ kind: zvt, id: card-1, host: 10.0.0.9, receipts: terminal }";
  expect(complaintsOf(site(ours))).toEqual([]);
  expect(complaintsOf(site(ours, ours))).toEqual([
    'lanes[2].terminal.id: "card-1" names two terminals; give each its own',
    "lanes[2].terminal.host: the terminal at 10.0.0.9:20007 answers one register only; give each lane its own terminal",
  ]);
  expect(complaintsOf(site(ours).replace("currency: EUR", "currency: JPY"))).toEqual([
    expect.stringMatching(/^lanes\[1\]\.terminal: card terminals take no JPY, only BGN, CHF/),
  ]);
  expect(complaintsOf(site(ours.replace("receipts: terminal", "receipts: nobody")))).toEqual([
    "lanes[1].terminal.receipts: write gatehouse or terminal",
  ]);
});

test("a card terminal's password has six digits", () => {
  const file = join(folder, "secrets.json");
  const secrets = { mqtt: {}, readers: {}, operators: [], terminals: { "card-1": "12345" } };
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  expect(() => loadSecrets(file)).toThrow("a ZVT password has six digits");
});

test("tills name printers and lanes that there are, and the bookkeeper accounts of the books", () => {
  const tills = `tills:
  - { id: till-1, name: Kasse, lane_ids: [entry-9], printer: p-9 }
  - { id: till-1, name: Kasse 2, receipts: always }
printers:
  - { kind: tcp, id: p-1, profile: epson-80mm, host: 127.0.0.1 }
  - { kind: tcp, id: p-1, profile: epson-80mm, host: 127.0.0.1 }
accounting:
  accounts: { till: "1000" }
`;
  expect(complaintsOf(good.replace("http:", `${tills}http:`))).toEqual([
    'tills[1].id: "till-1" names two tills; give each its own',
    'printers[1].id: "p-1" names two printers; give each its own',
    'tills[0].printer: there is no printer "p-9"; write one of: p-1, p-1',
    'tills[0].lane_ids[0]: there is no lane "entry-9"; write one of: entry-1',
    "tills[1].printer: name the printer of the receipts that always come out",
    expect.stringContaining(
      "accounting.accounts.till: the books have no such account; write one of:",
    ),
  ]);
});

test("a camera at a space looks at one that there is, and has no barrier to open", () => {
  const cameras = `
cameras:
  - id: north
    source: { kind: snapshot, url: "http://10.0.0.7/snapshot.jpg" }
    lane: entry-1
    plate_space: A099
space_cameras:
  - { space: A001, reader: { id: cam-a1, format: hikvision } }
  - { space: A099, reader: { id: cam-a1, format: gate-query } }
`;
  expect(complaintsOf(`${good}${cameras}`).toSorted()).toEqual([
    "cameras[0].plate_space: there is no space A099; write a number of zones.spaces",
    "cameras[0].plate_space: this camera reads the plates of a lane; give the space another one",
    "space_cameras[1].reader.format: gate-query asks for a barrier; write it under a lane's readers",
    'space_cameras[1].reader.id: "cam-a1" names two plate cameras; give each its own',
    "space_cameras[1].space: there is no space A099; write a number of zones.spaces",
  ]);
});
