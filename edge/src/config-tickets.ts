import { listAt, memberOf, type Say, textAt } from "./config-values.ts";

/**
 * Every lane has a way to tell whose vehicle stands there: a plate camera, tickets, or a person. Printers give tickets
 * where vehicles come in and receipts where they leave, scanners stand where they leave; each has a name and a plug of its own.
 */
export function checkTickets(value: unknown, say: Say): void {
  const lanes = listAt(value, "lanes");
  const cameras = listAt(value, "cameras");
  const hasPrinter = lanes.some(
    (lane) => memberOf(lane, "printer") !== undefined && textAt(lane, "direction") !== "exit",
  );
  for (const [index, lane] of lanes.entries()) {
    const sayHere: Say = (path, message) => say(["lanes", index, ...path], message);
    const isRead =
      listAt(lane, "readers").length > 0 ||
      cameras.some((camera) => textAt(camera, "lane") === textAt(lane, "id"));
    if (!isRead && memberOf(lane, "attended") !== true) checkIdentity(lane, sayHere);
    checkPlaces(lane, hasPrinter, sayHere);
  }
  checkNames(value, say);
}

/** The two devices for tickets, by where vehicles come in and leave. */
const devices = ["printer", "ticket_scanner"] as const;

/** A lane without a plate camera or a person. */
function checkIdentity(lane: unknown, say: Say): void {
  const direction = textAt(lane, "direction");
  const issues = memberOf(lane, "printer") !== undefined && hasButton(lane);
  const takes = memberOf(lane, "ticket_scanner") !== undefined;
  const or = "or write attended: true where a person opens for every vehicle";
  if (direction === "entry" && !issues) {
    say(["readers"], `name a plate camera, or a printer and the driver's ticket button, ${or}`);
  }
  if (direction === "exit" && !takes) {
    say(["readers"], `name a plate camera, or a ticket_scanner, ${or}`);
  }
  if (direction === "reversible" && !(issues && takes)) {
    const tickets = "a printer with the driver's ticket button and a ticket_scanner";
    say(["readers"], `name a plate camera, or ${tickets}, ${or}`);
  }
}

/** A loop board on the broker tells by itself whether it has a button. */
function hasButton(lane: unknown): boolean {
  const inputs = memberOf(lane, "inputs");
  return textAt(inputs, "kind") === "mqtt" || memberOf(inputs, "ticket") !== undefined;
}

function checkPlaces(lane: unknown, hasPrinter: boolean, say: Say): void {
  const direction = textAt(lane, "direction");
  const prints = memberOf(lane, "printer") !== undefined;
  const takes = memberOf(lane, "ticket_scanner") !== undefined;
  const receipts = textAt(lane, "receipts");
  if (receipts !== undefined && (direction === "entry" || !prints)) {
    say(["receipts"], "nothing prints receipts here; name the printer of an exit");
  }
  if (direction === "exit" && prints && receipts !== "always" && !hasButton(lane)) {
    const or = "or write receipts: always";
    say(
      ["inputs", "ticket"],
      `write the input of the button with which drivers ask for receipts, ${or}`,
    );
  } else if (direction !== "exit" && prints && !hasButton(lane)) {
    say(["inputs", "ticket"], "write the input of the button with which drivers ask for a ticket");
  }
  const button = memberOf(memberOf(lane, "inputs"), "ticket");
  if (button !== undefined && !prints) {
    say(["inputs", "ticket"], "nothing prints here; name a printer, or leave the button out");
  }
  if (direction === "entry" && takes) {
    say(["ticket_scanner"], "an entry takes no tickets; move it to an exit");
  } else if (takes && !hasPrinter) {
    say(["ticket_scanner"], "no lane prints tickets; name a printer at an entry");
  }
}

function checkNames(value: unknown, say: Say): void {
  const lanes = listAt(value, "lanes");
  const others = [
    ...lanes.flatMap((lane) => [...listAt(lane, "readers"), memberOf(lane, "terminal")]),
    ...listAt(value, "cameras"),
    ...listAt(value, "sensors"),
    ...listAt(value, "signs"),
  ];
  const ofTills = listAt(value, "printers");
  const taken = new Map<string | undefined, string>([
    ...others.map((each) => [textAt(each, "id"), "another device"] as const),
    ...ofTills.map((each) => [textAt(each, "id"), "another printer"] as const),
  ]);
  const plugs = new Map([
    ...plugsOf(memberOf(value, "wires"), "the wire"),
    ...ofTills.flatMap((each) => plugsOf({ [textAt(each, "id") ?? ""]: each }, "the printer")),
  ]);
  for (const [index, lane] of lanes.entries()) {
    for (const part of devices) {
      const device = memberOf(lane, part);
      const [id, plug] = [textAt(device, "id"), plugOf(device)];
      const path = ["lanes", index, part];
      const other = id === undefined ? undefined : taken.get(id);
      // Two printers of one name are told of where the tills are looked at.
      if (other !== undefined && !(part === "printer" && other.includes("printer"))) {
        say([...path, "id"], `"${id}" names ${other} already; write another`);
      }
      if (plug !== undefined && plugs.has(plug)) {
        const at = textAt(device, "path") === undefined ? "host" : "path";
        say([...path, at], `${plugs.get(plug)} is at ${plug} already; write its own`);
      }
      const name = `the ${part === "printer" ? "printer" : "scanner"} of ${textAt(lane, "id")}`;
      if (id !== undefined) taken.set(id, name);
      if (plug !== undefined) plugs.set(plug, name);
    }
  }
}

const plugsOf = (named: unknown, kind: string): [string, string][] =>
  Object.entries(named ?? {}).flatMap(([name, device]): [string, string][] => {
    const plug = plugOf(device);
    return plug === undefined ? [] : [[plug, `${kind} ${name}`]];
  });

/** Where a device is plugged in: "/dev/ttyUSB0", "10.0.0.5:9100"; undefined where it comes to us. */
function plugOf(device: unknown): string | undefined {
  const [path, host] = [textAt(device, "path"), textAt(device, "host")];
  const port = memberOf(device, "port");
  if (path !== undefined) return path;
  return host === undefined || typeof port !== "number" ? undefined : `${host}:${port}`;
}
