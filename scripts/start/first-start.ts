import { createHash, randomBytes, randomInt } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashPin } from "@gatehouse/edge/faces/pin";
import { FirstStart, type Secrets } from "@gatehouse/shared/contracts/secrets";
import { z } from "zod";

/** What the simulated devices sign in with; the daemon keeps only hashes of it. */
const DeviceCredentials = z.object({
  mqtt: z.record(z.string(), z.string()),
  readers: z.record(z.string(), z.string()),
  terminals: z.record(z.string(), z.string()),
  /** Missing in data of a demonstration that had no cameras yet: nobody signs in then. */
  cameras: z.record(z.string(), z.object({ user: z.string(), password: z.string() })).default({}),
  /** By wire, for relays that are switched over HTTP; missing as above. */
  devices: z.record(z.string(), z.object({ user: z.string(), password: z.string() })).default({}),
});
export type DeviceCredentials = z.infer<typeof DeviceCredentials>;

export interface Credentials {
  readonly firstStart: FirstStart;
  readonly devices: DeviceCredentials;
}

export interface CredentialNames {
  readonly facilityId: string;
  readonly mqtt: readonly string[];
  readonly readers: readonly string[];
  readonly terminals: readonly string[];
  readonly cameras: readonly string[];
  readonly devices: readonly string[];
}

const people = [
  { id: "anna", name: "Anna Berg", role: "attendant" },
  { id: "sam", name: "Sam Okoye", role: "supervisor" },
  { id: "tina", name: "Tina Kurz", role: "technician" },
] as const;

/**
 * Makes every PIN, token and password once and keeps them, readable by the owner alone; afterwards it only
 * reads them. No two installations share a secret.
 */
export async function credentialsIn(dataDir: string, names: CredentialNames): Promise<Credentials> {
  const firstFile = join(dataDir, "first-start.json");
  const deviceFile = join(dataDir, "sim", "credentials.json");
  const secretsFile = join(dataDir, "edge", "secrets.json");
  for (const folder of ["edge", "sim", "log"])
    mkdirSync(join(dataDir, folder), { recursive: true, mode: 0o700 });
  if (existsSync(firstFile) && existsSync(deviceFile) && existsSync(secretsFile)) {
    return {
      firstStart: FirstStart.parse(JSON.parse(readFileSync(firstFile, "utf8"))),
      devices: DeviceCredentials.parse(JSON.parse(readFileSync(deviceFile, "utf8"))),
    };
  }
  const made = makeCredentials(names);
  writePrivate(deviceFile, made.devices);
  writePrivate(secretsFile, await secretsOf(made));
  writePrivate(firstFile, made.firstStart);
  return made;
}

function makeCredentials(names: CredentialNames): Credentials {
  const each = (ids: readonly string[], make: () => string): Record<string, string> =>
    Object.fromEntries(ids.map((id) => [id, make()]));
  return {
    firstStart: {
      operators: people.map((person) => ({
        ...person,
        pin: String(randomInt(1_000_000)).padStart(6, "0"),
      })),
      head_office_token: token(),
      facility_token: token(),
      facility_id: names.facilityId,
    },
    devices: {
      mqtt: each(names.mqtt, token),
      readers: each(names.readers, token),
      terminals: each(names.terminals, () => String(randomInt(1_000_000)).padStart(6, "0")),
      cameras: Object.fromEntries(
        names.cameras.map((id) => [id, { user: "gatehouse", password: token() }]),
      ),
      devices: Object.fromEntries(
        names.devices.map((id) => [id, { user: "gatehouse", password: token() }]),
      ),
    },
  };
}

async function secretsOf({ firstStart, devices }: Credentials): Promise<Secrets> {
  const hashed = (tokens: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(tokens).map(([id, secret]) => [id, sha256(secret)]));
  const operators = firstStart.operators.map(async ({ id, name, role, pin }) => ({
    id,
    name,
    role: role as "attendant" | "supervisor" | "technician",
    pin: await hashPin(pin, randomBytes(16)),
  }));
  return {
    mqtt: hashed(devices.mqtt),
    readers: hashed(devices.readers),
    operators: await Promise.all(operators),
    cloud_token: firstStart.facility_token,
    cameras: devices.cameras,
    terminals: devices.terminals,
    devices: devices.devices,
    gateways: {},
  };
}

const token = (): string => randomBytes(24).toString("base64url");
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Written with mode 0600 from its first byte on. */
export function writePrivate(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
}
