import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { PrinterConfig, ScannerConfig } from "@gatehouse/shared/contracts/printer-config";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { LanePorts } from "@gatehouse/shared/ports/facility-ports";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Printer } from "@gatehouse/shared/ports/printer";
import { type Complaint, DeviceConfigError } from "../device-config-error.ts";
import { ProfileError } from "../profiles.ts";
import { serialEndpoint, tcpEndpoint } from "../wire/endpoints.ts";
import type { Endpoint } from "../wire/line.ts";
import { EscposPrinter } from "./escpos-printer.ts";
import { LineScanner } from "./line-scanner.ts";
import { loadPrinterProfile } from "./printer-profile.ts";
import { PushScanner } from "./push-scanner.ts";

type LaneTickets = Pick<LanePorts, "printer" | "ticketScanner">;

export interface SiteTickets {
  /** By lane id; every lane is there. */
  readonly ofLane: ReadonlyMap<string, LaneTickets>;
  /** Those that the push server hands their codes. */
  readonly pushed: readonly PushScanner[];
  /** Printers that stand at no lane. */
  readonly free: readonly Printer[];
}

export interface TicketTools {
  /** The site's own profiles. */
  readonly ownProfiles: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The printers and scanners that the lanes name; nothing is opened yet.
 *
 * @throws DeviceConfigError with every complaint about profiles at once
 */
export function buildTickets(
  {
    lanes,
    printers = [],
  }: Pick<FacilityConfig, "lanes"> & Partial<Pick<FacilityConfig, "printers">>,
  tools: TicketTools,
): SiteTickets {
  const complaints: Complaint[] = [];
  const ofLane = new Map(
    lanes.map(({ id, printer, ticket_scanner: scanner }, index): [string, LaneTickets] => {
      const complain = (message: string): void =>
        void complaints.push({ path: `lanes[${index}].printer.profile`, message });
      return [
        id,
        {
          ...(printer && printerAt(printer, id, tools, complain)),
          ...(scanner && { ticketScanner: scannerOf(scanner, id, tools) }),
        },
      ];
    }),
  );
  const free = printers.flatMap((printer, index) => {
    const complain = (message: string): void =>
      void complaints.push({ path: `printers[${index}].profile`, message });
    return printerAt(printer, undefined, tools, complain).printer ?? [];
  });
  if (complaints.length > 0) throw new DeviceConfigError(complaints);
  const scanners = [...ofLane.values()].map(({ ticketScanner }) => ticketScanner);
  return { ofLane, pushed: scanners.filter((each) => each instanceof PushScanner), free };
}

function printerAt(
  config: PrinterConfig,
  laneId: string | undefined,
  { ownProfiles, clock, log }: TicketTools,
  complain: (message: string) => void,
): Pick<LanePorts, "printer"> {
  try {
    const profile = loadPrinterProfile(config.profile, ownProfiles);
    const endpoint = endpointOf(config);
    const { id } = config;
    const place = laneId === undefined ? {} : { laneId };
    return { printer: new EscposPrinter({ id, ...place, profile, endpoint, clock, log }) };
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    complain(error.message);
    return {};
  }
}

const scannerOf = (config: ScannerConfig, laneId: string, { clock, log }: TicketTools) =>
  config.kind === "push"
    ? new PushScanner({ id: config.id, laneId, field: config.field, clock })
    : new LineScanner({ id: config.id, laneId, endpoint: endpointOf(config), clock, log });

const endpointOf = (
  at: PrinterConfig | Exclude<ScannerConfig, { readonly kind: "push" }>,
): Endpoint =>
  at.kind === "tcp" ? tcpEndpoint(at.host, at.port) : serialEndpoint(at.path, at.baud);
