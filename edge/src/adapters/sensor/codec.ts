/** What came over the air: the port of the LoRaWAN frame and its bytes, decrypted. */
export interface SensorFrame {
  /** 1–255; undefined where whoever passed the frame on left it out. */
  readonly fPort: number | undefined;
  readonly bytes: Buffer;
}

/** What a sensor says, in the names that its maker and the public decoders use; printed as it is. */
export type SensorFields = Readonly<
  Record<string, string | number | boolean | readonly (string | number)[]>
>;

/** What a sensor's message means for a car park; whatever it does not speak of is missing. */
export interface SensorWord {
  /** Whether a vehicle stands on it. Missing: the message says nothing about the space. */
  readonly occupied?: boolean;
  /** Of a sensor that measures a distance, in millimetres: its space is occupied below a limit of the site. */
  readonly distanceMm?: number;
  /** Vehicles since the message before, by the direction in which the device sees them. */
  readonly counts?: { readonly left: number; readonly right: number };
  /** 0–100. */
  readonly batteryPercent?: number;
  readonly batteryVolts?: number;
  /** The device itself, or its maker's limit, says that the battery must be changed. */
  readonly batteryLow?: boolean;
  readonly temperatureC?: number;
  /** The device's own 8-bit or 16-bit count of its messages. */
  readonly counter?: number;
  readonly firmware?: string;
  /** The device says that it cannot be believed now, and why: for a technician. */
  readonly trouble?: string;
}

/** One message of a sensor, read. */
export interface SensorReading {
  readonly fields: SensorFields;
  readonly word: SensorWord;
}

/** One make of sensor: its frames as its maker lays them out. Pure. */
export interface SensorCodec {
  /** Name in the configuration and on the command line. */
  readonly model: string;
  readonly make: string;
  /** `bay`: says occupied itself; `distance`: needs the site's limit; `counter`: counts in a lane or a zone. */
  readonly use: "bay" | "distance" | "counter";
  /** How sure its word about a space is, 0–1. */
  readonly confidence: number;
  /** @throws BadPayload saying what is wrong with the frame */
  read(frame: SensorFrame): SensorReading;
}

/** A frame that is none of this make; its message says what was expected and what came. */
export class BadPayload extends Error {
  override readonly name = "BadPayload";
}

/** @throws BadPayload unless the frame came on one of these ports; a port that was left out passes */
export function onPorts(frame: SensorFrame, ports: readonly number[]): void {
  if (frame.fPort === undefined || ports.includes(frame.fPort)) return;
  throw new BadPayload(`fPort ${frame.fPort} is none of this make's: ${ports.join(", ")}`);
}

/** @throws BadPayload unless the frame has one of these lengths in bytes */
export function ofLength({ bytes }: SensorFrame, what: string, lengths: readonly number[]): void {
  if (lengths.includes(bytes.length)) return;
  throw new BadPayload(`${what} has ${lengths.join(" or ")} bytes, this one ${bytes.length}`);
}

/** The fields that are there. */
export const known = <Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]: Exclude<Fields[Key], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
