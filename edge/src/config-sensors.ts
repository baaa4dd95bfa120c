import { listAt, memberOf, type Say, textAt, unique } from "./config-values.ts";

/** A space has at most two sensors beside each other: a third one tells nobody which of the others is wrong. */
const mostPerSpace = 2;

/** Sensors watch spaces, or count for zones, that there are; each has its own name among all clients of the broker. */
export function checkSensors(value: unknown, numbers: ReadonlySet<string>, say: Say): void {
  const sensors = listAt(value, "sensors");
  const zones = listAt(value, "zones").map((zone) => textAt(zone, "id"));
  unique(
    sensors.map((sensor) => textAt(sensor, "id")?.toLowerCase()),
    (index, id) => say(["sensors", index, "id"], `"${id}" names two sensors; give each its own`),
  );
  const watching = new Map<string, number>();
  for (const [index, sensor] of sensors.entries()) {
    const space = textAt(sensor, "space");
    const counter = memberOf(sensor, "counter");
    const zone = textAt(counter, "zone");
    if (space !== undefined && counter !== undefined) {
      say(["sensors", index, "counter"], "it watches a space already; a counter watches none");
    }
    if (space !== undefined && !numbers.has(space)) {
      say(
        ["sensors", index, "space"],
        `there is no space ${space}; write a number of zones.spaces`,
      );
    }
    if (zone !== undefined && !zones.includes(zone)) {
      say(
        ["sensors", index, "counter", "zone"],
        `there is no zone "${zone}"; write one of: ${zones.join(", ")}`,
      );
    }
    if (space === undefined) continue;
    const others = watching.get(space) ?? 0;
    watching.set(space, others + 1);
    if (others === mostPerSpace) {
      say(["sensors", index, "space"], `space ${space} has ${mostPerSpace} sensors already`);
    }
  }
  checkServers(value, say);
}

/** A network server, a sensor and a plate camera share the names of those that push or publish. */
function checkServers(value: unknown, say: Say): void {
  const servers = listAt(value, "network_servers").map((id) => (typeof id === "string" ? id : ""));
  unique(servers, (index, id) =>
    say(["network_servers", index], `"${id}" stands there twice; once is enough`),
  );
  const readers = [
    ...listAt(value, "lanes").flatMap((lane) => listAt(lane, "readers")),
    ...listAt(value, "space_cameras").map((camera) => memberOf(camera, "reader")),
  ];
  const scanners = listAt(value, "lanes").map((lane) => memberOf(lane, "ticket_scanner"));
  const named = [...readers, ...scanners, ...listAt(value, "sensors"), ...listAt(value, "cameras")];
  const taken = named.map((each) => textAt(each, "id"));
  for (const [index, id] of servers.entries()) {
    if (taken.includes(id)) {
      say(["network_servers", index], `"${id}" names another device too; write another`);
    }
  }
}
