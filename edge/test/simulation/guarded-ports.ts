import { Fault } from "@gatehouse/shared/fault";
import { virtualStopwatch } from "@gatehouse/firmware-sim/devices/virtual-stopwatch";
import type { MemoryLane, MemorySite } from "@gatehouse/firmware-sim/devices/memory-site";
import type { ProcessClock } from "@gatehouse/firmware-sim/process-clock";
import type { CloudLink } from "@gatehouse/shared/ports/cloud-link";
import type { FacilityPorts, LanePorts } from "@gatehouse/shared/ports/facility-ports";
import type { OnlineGateway } from "@gatehouse/shared/ports/online-gateway";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import { Crash, LinkLost } from "./crash.ts";
import { shiftKey } from "./shift-key.ts";

export interface GuardedParts {
  readonly run: ProcessClock;
  readonly site: MemorySite;
  readonly random: Random;
  readonly link: CloudLink | undefined;
  /** Missing where nothing is paid online. */
  readonly gateway?: OnlineGateway;
  readonly log: Log;
  /** A device was told that a read, or a receipt, is in the book. */
  readonly promised: (kind: "read" | "receipt", id: string) => void;
}

/**
 * The site's devices as one run of the daemon sees them. Devices outlive runs: what a dead run asked is never
 * answered, what it still tells goes nowhere, and a device that was telling it something finds the line dead.
 */
export function guardedPorts(parts: GuardedParts): FacilityPorts {
  const { run, site, random, link, gateway, log } = parts;
  return {
    clock: run,
    stopwatch: virtualStopwatch(run),
    random,
    log,
    lanes: new Map(site.lanes.map((lane) => [lane.laneId, guardedLane(parts, lane)])),
    spaceFeeds: [
      {
        ...partOf(run, site.spaces),
        onObservations: (listener) => site.spaces.onObservations(heard(run, listener)),
        onLost: (listener) => site.spaces.onLost(heard(run, listener)),
        report: () => site.spaces.report(),
      },
    ],
    alarms: [
      {
        ...partOf(run, site.panel),
        id: site.panel.id,
        kind: site.panel.kind,
        onAlarm: (listener) =>
          site.panel.onAlarm((active, at) => quietly(run, () => listener(active, at))(undefined)),
        report: () => site.panel.report(),
      },
    ],
    shiftKey,
    gateways:
      gateway === undefined ? [] : [{ gateway: guardedGateway(run, gateway), returnUrl: thanks }],
    sightFeeds: [],
    reporting: [],
    ...(link === undefined
      ? {}
      : {
          cloud: {
            send: (batch) => run.answer(() => link.send(batch)),
            heldAt: (epoch, seq) => run.answer(() => link.heldAt(epoch, seq)),
            pull: (after) => run.answer(() => link.pull(after)),
          },
        }),
  };
}

/** Where the gateway sends a phone afterwards. */
const thanks = "http://127.0.0.1/thanks";

/** A gateway as one run of the daemon sees it. */
export const guardedGateway = (run: ProcessClock, gateway: OnlineGateway): OnlineGateway => ({
  name: gateway.name,
  offer: (request) => run.answer(() => gateway.offer(request)),
  enquire: (about) => run.answer(() => gateway.enquire(about)),
  expire: (offerRef) => run.answer(() => gateway.expire(offerRef)),
  refund: (request) => run.answer(() => gateway.refund(request)),
  enquireRefund: (request) => run.answer(() => gateway.enquireRefund(request)),
  chargeSaved: (charge) => run.answer(() => gateway.chargeSaved(charge)),
  readCallback: (body, headers, receivedAt) => gateway.readCallback(body, headers, receivedAt),
});

function guardedLane({ run, promised }: GuardedParts, lane: MemoryLane): LanePorts {
  const { gate, inputs, reader, sign, terminal } = lane;
  return {
    gate: {
      ...partOf(run, gate),
      orders: gate.orders,
      open: (commandId, handed) => run.answer(() => gate.open(commandId, handed)),
      order: (order, commandId) => run.answer(() => gate.order(order, commandId)),
      report: () => gate.report(),
    },
    inputs: {
      ...partOf(run, inputs),
      onInput: (listener) => inputs.onInput(quietly(run, listener)),
      report: () => inputs.report(),
    },
    readers: [
      {
        ...partOf(run, reader),
        onRead: (listener) => {
          const guarded = heard(run, listener);
          reader.onRead((read) => {
            const outcome = guarded(read);
            promised("read", `${read.readerId}/${read.readId}`);
            return outcome;
          });
        },
        report: () => reader.report(),
      },
    ],
    sign: {
      ...partOf(run, sign),
      show: (message) => run.answer(() => sign.show(message)),
      report: () => sign.report(),
    },
    ...(terminal === undefined
      ? {}
      : {
          terminal: {
            ...partOf(run, terminal),
            id: terminal.id,
            lastReceipt: () => terminal.lastReceipt(),
            charge: (request, approved) =>
              run.answer(() =>
                terminal.charge(request, (receipt) => {
                  toldTo(run, () => approved(receipt));
                  promised("receipt", `${receipt.terminalId}/${receipt.receiptNumber}`);
                }),
              ),
            enquire: (request, since) => run.answer(() => terminal.enquire(request, since)),
            reverse: (request) => run.answer(() => terminal.reverse(request)),
            enquireReversal: (request, since) =>
              run.answer(() => terminal.enquireReversal(request, since)),
            refund: (request) => run.answer(() => terminal.refund(request)),
            enquireRefund: (request, since) =>
              run.answer(() => terminal.enquireRefund(request, since)),
            endOfDay: () => run.answer(() => terminal.endOfDay()),
            enquireEndOfDay: (startedAt) => run.answer(() => terminal.enquireEndOfDay(startedAt)),
            turnover: () => run.answer(() => terminal.turnover()),
            status: () => run.answer(() => terminal.status()),
            abort: () => run.answer(() => terminal.abort()),
            report: () => terminal.report(),
          },
        }),
  };
}

const partOf = (
  run: ProcessClock,
  part: { readonly name: string; start(): Promise<void>; stop(): Promise<void> },
) => ({
  name: part.name,
  start: () => run.answer(() => part.start()),
  stop: () => run.answer(() => part.stop()),
});

/** A listener whose dead run answers nothing: the device will repeat itself. */
const heard =
  <In, Out>(run: ProcessClock, listener: (told: In) => Out) =>
  (told: In): Out => {
    if (!run.alive) throw new Fault("wire-unreachable", "nobody listens");
    try {
      return listener(told);
    } catch (error) {
      if (error instanceof Crash) throw new Fault("wire-unreachable", "the listener died");
      throw error;
    }
  };

/** A listener of contacts: nobody repeats those. */
const quietly =
  <In>(run: ProcessClock, listener: (told: In) => void) =>
  (told: In): void => {
    if (!run.alive) return;
    try {
      listener(told);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  };

function toldTo(run: ProcessClock, tell: () => void): void {
  if (!run.alive) throw new LinkLost("the facility is gone");
  try {
    tell();
  } catch (error) {
    if (error instanceof Crash) throw new LinkLost("the facility died");
    throw error;
  }
}
