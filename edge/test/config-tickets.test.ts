import { pathText } from "@gatehouse/shared/contracts/problem";
import { expect, test } from "vitest";
import { checkTickets } from "../src/config-tickets.ts";

const complaintsOf = (value: object): string[] => {
  const complaints: string[] = [];
  checkTickets(value, (path, message) => complaints.push(`${pathText(path)}: ${message}`));
  return complaints;
};

const contacts = { kind: "modbus", arming: 0, safety: 1 };
const entry = { id: "in", direction: "entry", inputs: { ...contacts, ticket: 2 } };
const exit = { id: "out", direction: "exit", inputs: contacts };
const printer = { kind: "tcp", id: "printer-1", host: "10.0.0.5", port: 9100 };
const scanner = { kind: "serial", id: "scanner-1", path: "/dev/ttyACM0" };
const sound = [
  { ...entry, printer },
  { ...exit, ticket_scanner: scanner },
];

test("a lane does without plate cameras where it has tickets or a person", () => {
  expect(complaintsOf({ lanes: sound })).toEqual([]);
  expect(
    complaintsOf({
      lanes: [
        { ...entry, inputs: { kind: "mqtt", device: "loops" }, printer },
        { ...exit, attended: true },
        { ...exit, id: "out-2" },
      ],
      cameras: [{ id: "eye", lane: "out-2" }],
    }),
  ).toEqual([]);
});

test("a lane where nothing tells whose vehicle it is hears what it may have", () => {
  const both = { ...entry, direction: "reversible", printer };
  expect(
    complaintsOf({ lanes: [{ ...entry, inputs: contacts }, exit, { ...both, id: "turn" }] }),
  ).toEqual([
    "lanes[0].readers: name a plate camera, or a printer and the driver's ticket button, or write attended: true where a person opens for every vehicle",
    "lanes[1].readers: name a plate camera, or a ticket_scanner, or write attended: true where a person opens for every vehicle",
    "lanes[2].readers: name a plate camera, or a printer with the driver's ticket button and a ticket_scanner, or write attended: true where a person opens for every vehicle",
  ]);
});

test("printers stand where vehicles come in, with a button; scanners where they leave", () => {
  const readers = [{ id: "cam-1" }];
  expect(
    complaintsOf({
      lanes: [
        { ...entry, readers, ticket_scanner: scanner, receipts: "always" },
        { ...exit, readers: [{ id: "cam-2" }], inputs: contacts, printer },
      ],
    }),
  ).toEqual([
    "lanes[0].receipts: nothing prints receipts here; name the printer of an exit",
    "lanes[0].inputs.ticket: nothing prints here; name a printer, or leave the button out",
    "lanes[0].ticket_scanner: an entry takes no tickets; move it to an exit",
    "lanes[1].inputs.ticket: write the input of the button with which drivers ask for receipts, or write receipts: always",
  ]);
  const prints = { ...exit, readers: [{ id: "cam-2" }], inputs: contacts, printer };
  expect(complaintsOf({ lanes: [{ ...prints, receipts: "always" }] })).toEqual([]);
  expect(
    complaintsOf({
      lanes: [
        { ...entry, readers, inputs: contacts, printer },
        { ...exit, ticket_scanner: scanner },
      ],
    }),
  ).toEqual([
    "lanes[0].inputs.ticket: write the input of the button with which drivers ask for a ticket",
  ]);
  expect(complaintsOf({ lanes: [{ ...exit, ticket_scanner: scanner }] })).toEqual([
    "lanes[0].ticket_scanner: no lane prints tickets; name a printer at an entry",
  ]);
});

test("each has a name and a plug of its own", () => {
  expect(
    complaintsOf({
      wires: { contacts: { kind: "serial", path: "/dev/ttyACM0" } },
      printers: [{ kind: "tcp", id: "desk", host: "10.0.0.6", port: 9100 }],
      lanes: [
        { ...entry, printer },
        { ...entry, id: "in-2", printer: { ...printer, id: "cam-1" } },
        { ...entry, id: "in-3", printer: { ...printer, host: "10.0.0.6", id: "printer-3" } },
        {
          ...exit,
          readers: [{ id: "cam-1" }],
          terminal: { id: "pay-1" },
          ticket_scanner: { ...scanner, id: "printer-1" },
        },
        { ...exit, id: "out-2", ticket_scanner: { kind: "push", id: "pay-1" } },
      ],
    }),
  ).toEqual([
    'lanes[1].printer.id: "cam-1" names another device already; write another',
    "lanes[1].printer.host: the printer of in is at 10.0.0.5:9100 already; write its own",
    "lanes[2].printer.host: the printer desk is at 10.0.0.6:9100 already; write its own",
    'lanes[3].ticket_scanner.id: "printer-1" names the printer of in already; write another',
    "lanes[3].ticket_scanner.path: the wire contacts is at /dev/ttyACM0 already; write its own",
    'lanes[4].ticket_scanner.id: "pay-1" names another device already; write another',
  ]);
});
