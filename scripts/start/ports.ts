import { createServer } from "node:net";

const host = "127.0.0.1";

/** Ports of one demonstration, by what listens there; in the order of the offsets from the base. */
export const portNames = [
  "kiosk and API",
  "camera pushes",
  "MQTT",
  "head office",
  "relay board of entry 1",
  "contacts of entry 1",
  "I/O board of exit 2",
  "payment terminal of exit 1",
  "payment terminal of exit 2",
  "overhead camera",
  "contacts of exit 1",
  "barrier camera of exit 2",
] as const;
export type PortName = (typeof portNames)[number];
export type Ports = Readonly<Record<PortName, number>>;

/** A port that another program holds. */
export class PortTaken extends Error {
  override readonly name = "PortTaken";
}

/**
 * Chooses the ports and sees that each is free.
 *
 * @param base the first of them, or 0 for any free ones
 * @throws PortTaken naming the port and the flag
 */
export async function choosePorts(base: number): Promise<Ports> {
  const chosen =
    base === 0 ? await freePorts(portNames.length) : portNames.map((_, index) => base + index);
  for (const [index, port] of chosen.entries()) {
    if (base !== 0 && !(await isFree(port))) {
      throw new PortTaken(
        `port ${port} (${portNames[index]}) is taken by another program; choose others with --port-base P, or 0 for any free ones`,
      );
    }
  }
  return Object.fromEntries(portNames.map((name, index) => [name, chosen[index]])) as Ports;
}

/** So many different free ports: all are held before any is let go. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map(close));
  return ports;
}

async function isFree(port: number): Promise<boolean> {
  try {
    await close(await listen(port));
    return true;
  } catch {
    return false;
  }
}

function listen(port: number): Promise<ReturnType<typeof createServer>> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

const close = (server: ReturnType<typeof createServer>): Promise<void> =>
  new Promise((resolve) => server.close(() => resolve()));
