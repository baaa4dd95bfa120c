import { connect } from "node:net";

/** TCP ports on which the devices of a car park listen, and what usually does. */
export const knownPorts: ReadonlyMap<number, string> = new Map([
  [80, "a web page: a camera, or a board's settings"],
  [443, "a web page with a certificate"],
  [502, "Modbus TCP: detect --modbus asks what"],
  [554, "RTSP: a camera's video"],
  [1883, "an MQTT broker"],
  [4196, "Modbus frames as on a serial line (Waveshare): wire kind rtu-over-tcp"],
  [8000, "a Hikvision camera's own protocol"],
  [8899, "a serial device server: wire kind rtu-over-tcp"],
  [9100, "a receipt printer"],
  [20_007, "a payment terminal (ZVT)"],
  [37_777, "a Dahua camera's own protocol"],
]);

export interface OpenPort {
  readonly host: string;
  readonly port: number;
}

/** Connections that are tried at once: a switch or a camera takes more than that for an attack. */
const atOnce = 24;

/**
 * Sees which ports take a connection; nothing is sent on them.
 *
 * @param timeoutMs real milliseconds for each
 */
export async function openPorts(
  hosts: readonly string[],
  ports: readonly number[],
  timeoutMs: number,
): Promise<OpenPort[]> {
  const asked = hosts.flatMap((host) => ports.map((port) => ({ host, port })));
  const open: OpenPort[] = [];
  for (let first = 0; first < asked.length; first += atOnce) {
    const some = asked.slice(first, first + atOnce);
    const answers = await Promise.all(some.map((each) => isOpen(each, timeoutMs)));
    open.push(...some.filter((_, index) => answers[index]));
  }
  return open;
}

const isOpen = ({ host, port }: OpenPort, timeoutMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(timeoutMs, () => end(false));
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
