import { existsSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { SerialPort } from "serialport";

/** A serial port of this machine. */
export interface SerialPortCard {
  /** To write into `facility.yaml`: by id, where there is one, because that survives replugging. */
  readonly path: string;
  /** The system's own name of it now, for example `/dev/ttyUSB0`. */
  readonly device: string;
  readonly maker: string | undefined;
  /** USB vendor and product, four hex digits each. */
  readonly vendor: string | undefined;
  readonly product: string | undefined;
}

const byIdFolder = "/dev/serial/by-id";

/** Lists the serial ports; where the system cannot tell their makes, those that have a name by id. */
export async function serialPorts(): Promise<SerialPortCard[]> {
  const names = namesById();
  const known = await SerialPort.list().catch(() => []);
  const listed = known.map(({ path, manufacturer, vendorId, productId }) => ({
    path: names.get(path) ?? path,
    device: path,
    maker: manufacturer,
    vendor: vendorId?.toLowerCase(),
    product: productId?.toLowerCase(),
  }));
  const others = [...names].filter(([device]) => listed.every((each) => each.device !== device));
  const nothing = { maker: undefined, vendor: undefined, product: undefined };
  return [...listed, ...others.map(([device, path]) => ({ path, device, ...nothing }))]
    .filter(({ vendor, path, device }) => vendor !== undefined || path !== device)
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** By device: the name that udev has made from maker, model and serial number. */
function namesById(): ReadonlyMap<string, string> {
  if (!existsSync(byIdFolder)) return new Map();
  const paths = readdirSync(byIdFolder).map((name) => join(byIdFolder, name));
  return new Map(paths.map((path) => [realpathSync(path), path]));
}
