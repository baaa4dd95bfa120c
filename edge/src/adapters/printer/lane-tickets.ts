import type { LaneConfig } from "@gatehouse/shared/contracts/lane-config";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { LanePorts } from "@gatehouse/shared/ports/facility-ports";
import type { Log } from "@gatehouse/shared/ports/log";
import { serialEndpoint, tcpEndpoint } from "../wire/endpoints.ts";
import type { Endpoint } from "../wire/line.ts";
import { EscposPrinter } from "./escpos-printer.ts";
import { LineScanner } from "./line-scanner.ts";
import { loadPrinterProfile } from "./printer-profile.ts";

/**
 * The printer and the scanner that a lane names; nothing is opened yet.
 *
 * @param ownProfiles the site's own
 * @throws ProfileError
 */
export function laneTickets(
  { id: laneId, printer, ticket_scanner: scanner }: LaneConfig,
  ownProfiles: string,
  tools: { readonly clock: Clock; readonly log: Log },
): Pick<LanePorts, "printer" | "ticketScanner"> {
  return {
    ...(printer && {
      printer: new EscposPrinter({
        ...tools,
        id: printer.id,
        laneId,
        profile: loadPrinterProfile(printer.profile, ownProfiles),
        endpoint: endpointOf(printer),
      }),
    }),
    ...(scanner && {
      ticketScanner: new LineScanner({
        ...tools,
        id: scanner.id,
        laneId,
        endpoint: endpointOf(scanner),
      }),
    }),
  };
}

const endpointOf = (
  at: NonNullable<LaneConfig["printer"] | LaneConfig["ticket_scanner"]>,
): Endpoint =>
  at.kind === "tcp" ? tcpEndpoint(at.host, at.port) : serialEndpoint(at.path, at.baud);
