import { Fault } from "@gatehouse/shared/fault";
import { InvalidArgumentError } from "commander";
import { type CameraFindings, cameraMakes } from "../adapters/bench/camera-makes.ts";
import { knownPorts, type OpenPort, openPorts } from "../adapters/wire/open-ports.ts";
import { benchCodes, type BenchTools } from "./bench-tools.ts";

/** Real milliseconds that a port has to take a connection. */
const patienceMs = 400;
const webPort = 80;

/**
 * The hosts that a person names: one, or the 254 of a /24.
 *
 * @throws InvalidArgumentError for any other range: nobody is asked who was not named
 */
export function hostsOf(text: string): string[] {
  if (!text.includes("/")) return [text];
  const [, net] = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}\/24$/.exec(text) ?? [];
  if (net === undefined) throw new InvalidArgumentError("write one host, or a.b.c.0/24");
  return Array.from({ length: 254 }, (_, index) => `${net}.${index + 1}`);
}

/** Which known ports are open, and what cameras answer on web ports. */
export async function detectOnNetwork(hosts: readonly string[], tools: BenchTools) {
  const ports = [...knownPorts.keys()];
  tools.progress(`${hosts.length} host(s), ${ports.length} ports each …`);
  const open = await openPorts(hosts, ports, patienceMs);
  const byHost = Map.groupBy(open, ({ host }) => host);
  const found = [];
  for (const [host, its] of byHost) found.push(await lookAt(host, its, tools));
  const lines = found.flatMap(({ host, ports: its, cameras, next }) => [
    "",
    host,
    ...its.map(({ port, what }) => `    ${port}: ${what}`),
    ...cameras.profiles.map(({ profile, make }) => `    it may be a ${make}: profile ${profile}`),
    ...(cameras.wantsSignIn
      ? ["    it says nothing before one signs in: see which make it is"]
      : []),
    ...next.map((command) => `    Next: ${command}`),
  ]);
  const data = {
    hosts: found.map(({ host, ports: its, cameras }) => ({
      host,
      ports: its,
      profiles: cameras.profiles,
      wants_sign_in: cameras.wantsSignIn,
    })),
  };
  if (found.length === 0) {
    const verdict = "No known port is open there.";
    const lost = ["Next: check power, cable and that this machine is in the same network"];
    return { answer: { exit_code: benchCodes.attention, verdict, data }, lines: lost };
  }
  const verdict = `${found.length} host${found.length === 1 ? "" : "s"} with ${open.length} known open ports.`;
  return { answer: { exit_code: benchCodes.done, verdict, data }, lines };
}

async function lookAt(host: string, open: readonly OpenPort[], { random }: BenchTools) {
  const ports = open.map(({ port }) => ({ port, what: knownPorts.get(port) ?? "" }));
  const has = (port: number): boolean => open.some((each) => each.port === port);
  const nobody: CameraFindings = { profiles: [], wantsSignIn: false };
  const cameras = has(webPort)
    ? await cameraMakes(`http://${host}`, () => random.id()).catch((error: unknown) => {
        if (!(error instanceof Fault)) throw error;
        return nobody;
      })
    : nobody;
  const next = [
    ...(has(502) ? [`npx gatehouse detect --modbus ${host}`] : []),
    ...(has(4196) ? [`npx gatehouse detect --rtu-over-tcp ${host}:4196`] : []),
    ...(has(8899) ? [`npx gatehouse detect --rtu-over-tcp ${host}:8899`] : []),
  ];
  return { host, ports, cameras, next };
}
