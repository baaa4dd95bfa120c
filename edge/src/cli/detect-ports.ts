import { loadGateProfile } from "../adapters/gate/gate-profile.ts";
import { profileNames } from "../adapters/profiles.ts";
import { type SerialPortCard, serialPorts } from "../adapters/wire/serial-ports.ts";
import { benchCodes } from "./bench-tools.ts";

/** The serial ports of this machine; nothing is sent on them. */
export async function detectPorts() {
  const ports = (await serialPorts()).map((port) => ({ ...port, profiles: profilesOn(port) }));
  const lines = ports.flatMap(({ path, device, maker, profiles }) => [
    "",
    `${path}${path === device ? "" : ` (now ${device})`}${maker === undefined ? "" : `, ${maker}`}`,
    ...profiles.map(
      ({ profile, make }) =>
        `    it may be a ${make}: profile ${profile}; or a plain adapter with the same chip`,
    ),
    `    Next: npx gatehouse detect --serial ${path}`,
  ]);
  const data = {
    serial_ports: ports.map(({ vendor, product, maker, ...port }) => ({
      ...port,
      maker: maker ?? null,
      usb_vendor: vendor ?? null,
      usb_product: product ?? null,
    })),
  };
  if (ports.length === 0) {
    const next = "Next: plug the adapter in, or npx gatehouse detect --network 192.168.1.0/24";
    const verdict = "This machine has no serial ports.";
    return { answer: { exit_code: benchCodes.attention, verdict, data }, lines: [next] };
  }
  const verdict = `${ports.length} serial port${ports.length === 1 ? "" : "s"}.`;
  return { answer: { exit_code: benchCodes.done, verdict, data }, lines };
}

/** The boards that never answer and have this USB chip. */
function profilesOn({ vendor, product }: SerialPortCard): { profile: string; make: string }[] {
  return profileNames("gates").flatMap((profile) => {
    const found = loadGateProfile(profile);
    if (found.transport !== "frames" || found.recognise === undefined) return [];
    const isIt = found.recognise.vendor === vendor && found.recognise.product === product;
    return isIt ? [{ profile, make: found.make }] : [];
  });
}
