import { expandNumbers } from "@gatehouse/shared/contracts/facility";
import { pathText } from "@gatehouse/shared/contracts/problem";
import { keysAt, listAt, memberOf, type Say, textAt, unique } from "./config-values.ts";
import { checkCountries } from "./config-countries.ts";
import { checkReaders } from "./config-readers.ts";
import { checkSensors } from "./config-sensors.ts";
import { checkSigns } from "./config-signs.ts";
import { checkTerminals } from "./config-terminals.ts";
import { checkTills } from "./config-tills.ts";
import { checkTickets } from "./config-tickets.ts";

/** One thing wrong with a configuration: where, and what to write. */
export interface Complaint {
  readonly path: string;
  readonly message: string;
}

/**
 * What must fit together across fields. It looks at whatever is there, so that a file with a wrong shape in
 * one place still hears about references in another.
 */
export function crossChecksOf(value: unknown): Complaint[] {
  const complaints: Complaint[] = [];
  const say = (path: readonly PropertyKey[], message: string): void =>
    void complaints.push({ path: pathText(path), message });
  const lanes = listAt(value, "lanes");
  const zones = listAt(value, "zones");
  const cameras = listAt(value, "cameras");
  const wires = keysAt(value, "wires");
  unique(
    lanes.map((lane) => textAt(lane, "id")),
    (index, id) => say(["lanes", index, "id"], `"${id}" names two lanes; give each its own`),
  );
  unique(
    zones.map((zone) => textAt(zone, "id")),
    (index, id) => say(["zones", index, "id"], `"${id}" names two zones; give each its own`),
  );
  unique(
    cameras.map((camera) => textAt(camera, "id")),
    (index, id) => say(["cameras", index, "id"], `"${id}" names two cameras; give each its own`),
  );
  const numbers = checkSpaces(zones, say);
  for (const [index, camera] of cameras.entries()) {
    const lane = textAt(camera, "lane");
    const known = lanes.map((each) => textAt(each, "id"));
    if (lane !== undefined && !known.includes(lane)) {
      say(
        ["cameras", index, "lane"],
        `there is no lane "${lane}"; write one of: ${known.join(", ")}`,
      );
    }
    checkCamera(camera, numbers, (path, message) => say(["cameras", index, ...path], message));
  }
  for (const [index, camera] of listAt(value, "space_cameras").entries())
    checkWatched(textAt(camera, "space"), numbers, ["space_cameras", index, "space"], say);
  for (const [index, lane] of lanes.entries()) {
    for (const part of ["gate", "inputs"]) {
      const wire = textAt(memberOf(lane, part), "wire");
      if (wire !== undefined && !wires.includes(wire)) {
        say(
          ["lanes", index, part, "wire"],
          `there is no wire "${wire}"; write one of: ${wires.join(", ") || "(none defined)"}`,
        );
      }
    }
    if (textAt(lane, "direction") === "entry" && memberOf(lane, "terminal") !== undefined) {
      say(["lanes", index, "terminal"], "an entry takes no payment; move it to an exit");
    }
  }
  checkCountries(value, say);
  checkReaders(value, say);
  checkTickets(value, say);
  checkSensors(value, numbers, say);
  checkSigns(value, say);
  checkTills(value, say);
  checkTerminals(value, say);
  checkPorts(value, say);
  return complaints;
}

/** @returns the numbers of all spaces */
function checkSpaces(zones: readonly unknown[], say: Say): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const [index, zone] of zones.entries()) {
    for (const [place, group] of listAt(zone, "spaces").entries()) {
      const range = textAt(group, "numbers");
      if (range === undefined) continue;
      const path = ["zones", index, "spaces", place, "numbers"];
      try {
        for (const number of expandNumbers(range)) {
          if (seen.has(number)) {
            say(path, `space ${number} is named twice; every number belongs to one zone`);
            break;
          }
          seen.add(number);
        }
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        say(path, error.message);
      }
    }
  }
  return seen;
}

function checkWatched(
  space: string | undefined,
  numbers: ReadonlySet<string>,
  path: readonly PropertyKey[],
  say: Say,
): void {
  if (space !== undefined && !numbers.has(space))
    say(path, `there is no space ${space}; write a number of zones.spaces`);
}

/** A camera's bays are spaces that there are, and its password stands where nobody else reads it. */
function checkCamera(camera: unknown, numbers: ReadonlySet<string>, say: Say): void {
  const watched = textAt(camera, "plate_space");
  checkWatched(watched, numbers, ["plate_space"], say);
  if (watched !== undefined && textAt(camera, "lane") !== undefined)
    say(["plate_space"], "this camera reads the plates of a lane; give the space another one");
  const bays = memberOf(camera, "space_of_bay");
  const spaceOf = new Map<unknown, string>();
  for (const bay of keysAt(camera, "space_of_bay")) {
    const space = memberOf(bays, bay);
    const path = ["space_of_bay", bay];
    const other = spaceOf.get(space);
    if (typeof space === "string" && !numbers.has(space)) {
      say(path, `there is no space ${space}; write a number of zones.spaces`);
    } else if (other !== undefined) {
      say(path, `space ${String(space)} is bay "${other}" already; each bay needs its own`);
    }
    spaceOf.set(space, bay);
  }
  const url = URL.parse(textAt(memberOf(camera, "source"), "url") ?? "");
  if (url !== null && `${url.username}${url.password}` !== "") {
    say(["source", "url"], "leave user and password out; secrets.json has them under cameras");
  }
}

function checkPorts(value: unknown, say: Say): void {
  const http = memberOf(value, "http");
  const named = [
    { path: ["http", "kiosk", "port"], port: memberOf(memberOf(http, "kiosk"), "port") },
    { path: ["http", "cameras", "port"], port: memberOf(memberOf(http, "cameras"), "port") },
    { path: ["mqtt", "port"], port: memberOf(memberOf(value, "mqtt"), "port") },
  ];
  for (const [index, { path, port }] of named.entries()) {
    const same = named.findIndex((other) => other.port === port);
    if (typeof port === "number" && port !== 0 && same < index) {
      say(path, `port ${port} is ${named[same]?.path.join(".")} already; write another`);
    }
  }
}
