import type { ControlAnswer } from "@gatehouse/shared/contracts/control";
import type { WireConfig } from "@gatehouse/shared/contracts/lane-config";
import { type Command, InvalidArgumentError } from "commander";
import { type BusFindings, lastUnit, scanBus } from "../adapters/bench/bus-scan.ts";
import { boardLines, wireLines } from "../adapters/bench/paste.ts";
import { knownMakes } from "../adapters/bench/recognise.ts";
import { BusAsker } from "../adapters/wire/bus-asker.ts";
import { serialEndpoint, tcpEndpoint } from "../adapters/wire/endpoints.ts";
import { RtuFraming } from "../adapters/wire/rtu-framing.ts";
import { TcpFraming } from "../adapters/wire/tcp-framing.ts";
import { loadConfig } from "../config.ts";
import { withBarrierPresets } from "../adapters/gate/barrier-preset.ts";
import {
  answering,
  benchCodes,
  type BenchTools,
  daemonHasTheWires,
  refusal,
} from "./bench-tools.ts";
import { detectOnNetwork, hostsOf } from "./detect-network.ts";
import { detectPorts } from "./detect-ports.ts";
import { isServed } from "./daemon-link.ts";

interface Place {
  readonly host: string;
  readonly port: number;
}

interface DetectOptions {
  readonly serial?: string | true;
  readonly baud: number;
  readonly modbus?: Place;
  readonly rtuOverTcp?: Place;
  readonly network?: readonly string[];
  readonly wire?: string;
  readonly config?: string;
  readonly units: readonly [first: number, last: number];
}

/** Real milliseconds that a unit has to answer: a serial line at 9600 baud needs 40, a network its round trip. */
const patienceMs = { serial: 120, network: 500 } as const;

/** `detect`: what is connected, without knowing anything of it. */
export function addDetectCommand(program: Command, tools: BenchTools): void {
  program
    .command("detect")
    .description("finds serial ports, Modbus boards and cameras, and says what to write for them")
    .option("--serial [path]", "lists serial ports, or asks all units on the one named")
    .option("--baud <n>", "speed of that line", wholeOf(300, 1_000_000), 9600)
    .option(
      "--modbus <host[:port]>",
      "asks all units of a Modbus TCP board or gateway",
      placeOf(502),
    )
    .option(
      "--rtu-over-tcp <host:port>",
      "the same where serial frames travel over TCP",
      placeOf(4196),
    )
    .option("--network <host|a.b.c.0/24>", "looks which known ports are open there", hostsOf)
    .option("--wire <name>", "asks all units of a wire of --config")
    .option("--config <file>", "the facility's facility.yaml")
    .option("--units <first-last>", "only these units", unitsOf, [1, lastUnit] as const)
    .action((options: DetectOptions, command: Command) =>
      answering(tools, command, () => detect(options, command, tools)),
    );
}

async function detect(options: DetectOptions, command: Command, tools: BenchTools) {
  const wire = wireOf(options);
  const { network } = options;
  if (wire === undefined && network === undefined) return detectPorts();
  const folder = tools.folderOf(command);
  if (await isServed(folder)) {
    const instead = "Next: npx gatehouse devices, or stop the daemon and try again.";
    return { answer: daemonHasTheWires(folder, instead) };
  }
  if (wire === undefined) return detectOnNetwork(network ?? [], tools);
  if ("refused" in wire) return { answer: wire.refused };
  return detectOnWire(wire, options.units, tools);
}

type NamedWire = { readonly id: string; readonly config: WireConfig };

function wireOf(
  options: DetectOptions,
): NamedWire | { readonly refused: ControlAnswer } | undefined {
  const { serial, baud, modbus, rtuOverTcp, wire, config } = options;
  if (typeof serial === "string")
    return { id: "line-1", config: { kind: "serial", path: serial, baud } };
  if (modbus !== undefined) return { id: "board-1", config: { kind: "modbus-tcp", ...modbus } };
  if (rtuOverTcp !== undefined)
    return { id: "line-1", config: { kind: "rtu-over-tcp", ...rtuOverTcp } };
  if (wire === undefined) return undefined;
  if (config === undefined)
    return { refused: refusal("--wire needs --config, which names it.", "no-config", null) };
  const { wires } = loadConfig(config, withBarrierPresets);
  const named = wires[wire];
  if (named !== undefined) return { id: wire, config: named };
  const known = Object.keys(wires).join(", ") || "none";
  return {
    refused: refusal(`There is no wire ${wire} in ${config}.`, "unknown-wire", `Wires: ${known}.`),
  };
}

async function detectOnWire(
  { id, config }: NamedWire,
  [first, last]: readonly [number, number],
  tools: BenchTools,
) {
  if (config.kind === "http") return detectOnNetwork([new URL(config.url).hostname], tools);
  const isNetwork = config.kind === "modbus-tcp";
  const isSerial = config.kind === "serial";
  const endpoint = isSerial
    ? serialEndpoint(config.path, config.baud)
    : tcpEndpoint(config.host, config.port);
  const framing = isNetwork ? new TcpFraming() : new RtuFraming();
  const patience = isSerial ? patienceMs.serial : patienceMs.network;
  const asker = new BusAsker(endpoint, framing, patience);
  try {
    const findings = await scanBus(asker, knownMakes(), {
      isNetwork,
      first: isNetwork && first === 1 ? 0 : first,
      last,
      progress: (unit) => {
        if (unit % 16 === 1) tools.progress(`${asker.address}: unit ${unit} of ${last} …`);
      },
    });
    return told(id, config, asker.address, findings);
  } finally {
    await asker.close();
  }
}

function told(id: string, config: WireConfig, address: string, findings: BusFindings) {
  const { units, noisy, answersToAll } = findings;
  const lines = [
    ...units.flatMap(({ unit, makes }) => [
      "",
      `unit ${unit}: ${makes.length === 0 ? "a board that no profile knows" : makes.map(({ make, says }) => `${make.make}${says === undefined ? "" : `, it says ${says}`}`).join(", or ")}`,
      ...makes.flatMap(({ make }) => boardLines(make, id, unit)),
      ...(makes.length === 0 ? ["    Next: docs/adding-a-device.md"] : []),
    ]),
    ...(units.length === 0 ? [] : ["", "wires:", ...wireLines(id, config)]),
    ...(answersToAll
      ? ["", "It answers to every unit number: one board with a network socket."]
      : []),
    ...(noisy.length === 0
      ? []
      : [
          "",
          `Damaged answers at unit ${noisy.join(", ")}: two boards of one number, or another --baud.`,
        ]),
    ...(units.length > 0
      ? [
          "",
          "Next: paste the lines into facility.yaml, then npx gatehouse probe LANE --config facility.yaml",
        ]
      : [
          "Next: check power, A and B, and try another --baud; boards that only take frames never answer.",
        ]),
  ];
  const data = {
    wire: { id, ...config },
    units: units.map(({ unit, makes }) => ({
      unit,
      profiles: makes.map(({ make, says }) => ({
        profile: make.profile,
        make: make.make,
        is_gate: make.isGate,
        is_inputs: make.isInputs,
        says: says ?? null,
      })),
      lines: makes.flatMap(({ make }) => boardLines(make, id, unit)),
    })),
    noisy_units: noisy,
    answers_to_all: answersToAll,
  };
  const boards = units.length === 1 ? "1 board answers" : `${units.length} boards answer`;
  const verdict =
    units.length === 0 ? `No board answers on ${address}.` : `${boards} on ${address}.`;
  const exit_code = units.length === 0 ? benchCodes.attention : benchCodes.done;
  return { answer: { exit_code, verdict, data }, lines };
}

const placeOf =
  (usual: number) =>
  (text: string): Place => {
    const [, host = "", port] = /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
    if (host === "") throw new InvalidArgumentError("write a host, or host:port");
    return { host: host.replaceAll(/[[\]]/g, ""), port: port === undefined ? usual : Number(port) };
  };

function unitsOf(text: string): readonly [number, number] {
  const [, first, last] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last ?? first)];
  if (from >= 0 && from <= to && to <= lastUnit) return [from, to];
  throw new InvalidArgumentError("write 1-247, or a part of it");
}

const wholeOf =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`write a whole number from ${least} to ${most}`);
  };
