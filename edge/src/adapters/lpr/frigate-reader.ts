import type { ReaderConfig } from "@gatehouse/shared/contracts/reader-config";
import { Fault } from "@gatehouse/shared/fault";
import type { Stopwatch } from "@gatehouse/shared/ports/clock";
import type {
  CredentialReader,
  PlateRead,
  ReadOutcome,
} from "@gatehouse/shared/ports/credential-reader";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Broker } from "../mqtt/broker.ts";
import type { Arrival } from "../mqtt/inbox.ts";
import type { Reason } from "../mqtt/refusals.ts";
import { type FrigateNews, readFrigate } from "./frigate.ts";
import { BadPush, share } from "./push-format.ts";
import { ReadIntake, type ReaderTools } from "./read-intake.ts";
import { vehicleClassOf } from "./vehicle-words.ts";

export interface FrigateReaderOptions extends ReaderTools {
  readonly reader: Extract<ReaderConfig, { format: "frigate" }>;
  readonly broker: Pick<Broker, "takeFrigate" | "isConnected">;
  readonly stopwatch: Stopwatch;
}

/** What is known of one vehicle that Frigate follows. */
interface Followed {
  label: string;
  inZone: boolean;
  plate: FrigateNews["plate"];
  told: boolean;
}

/** So many vehicles are remembered; Frigate tells when one is gone. */
const followedMax = 200;

/**
 * Frigate's plates on our broker. A vehicle is one read: as soon as its plate is known and it is in one of the lane's
 * zones, whichever comes last.
 */
export class FrigateReader implements CredentialReader {
  readonly name: string;
  readonly #options: FrigateReaderOptions;
  readonly #intake: ReadIntake;
  readonly #followed = new Map<string, Followed>();
  #available: string | undefined;
  #end: () => void = () => undefined;

  constructor(options: FrigateReaderOptions) {
    this.#options = options;
    this.name = `plate camera ${options.reader.id}`;
    this.#intake = new ReadIntake(options.reader, options);
  }

  onRead(listener: (read: PlateRead) => ReadOutcome): void {
    this.#intake.onRead(listener);
  }

  start(): Promise<void> {
    const { broker, reader } = this.#options;
    this.#end = broker.takeFrigate(reader.client, (arrival) => this.#take(arrival));
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#end();
    this.#followed.clear();
    return Promise.resolve();
  }

  report(): readonly DeviceReport[] {
    const { broker, reader } = this.#options;
    const isHere = broker.isConnected(reader.client);
    const isWell = this.#available === undefined || this.#available === "online";
    const more =
      isHere && isWell
        ? {}
        : { state: "offline" as const, detail: `Frigate is ${isHere ? this.#available : "away"}` };
    return [this.#intake.report(`Frigate camera ${reader.camera}`, more)];
  }

  #take({ topic, payload }: Arrival): Reason | undefined {
    const receivedMs = this.#options.stopwatch.read();
    try {
      const news = readFrigate(topic, payload);
      if (news === undefined) return undefined;
      if ("available" in news) this.#available = news.available;
      else if (news.camera === this.#options.reader.camera) this.#hear(news, receivedMs);
      return undefined;
    } catch (error) {
      if (!(error instanceof BadPush)) throw error;
      this.#intake.refuse(error);
      return "schema";
    }
  }

  #hear(news: FrigateNews, receivedMs: number): void {
    this.#intake.seen();
    this.#intake.content();
    const { zones } = this.#options.reader;
    const vehicle = this.#followed.get(news.id) ?? this.#follow(news.id);
    vehicle.label = news.label ?? vehicle.label;
    vehicle.inZone ||= zones.length === 0 || zones.some((zone) => news.zones.includes(zone));
    vehicle.plate = news.plate ?? vehicle.plate;
    const { plate } = vehicle;
    if (plate !== undefined && vehicle.inZone && !vehicle.told) {
      vehicle.told = true;
      this.#tell(news.id, plate, vehicle.label, receivedMs);
    }
    if (news.isOver) this.#followed.delete(news.id);
  }

  #follow(id: string): Followed {
    const [oldest] = this.#followed.keys();
    if (this.#followed.size >= followedMax && oldest !== undefined) this.#followed.delete(oldest);
    const vehicle: Followed = { label: "", inZone: false, plate: undefined, told: false };
    this.#followed.set(id, vehicle);
    return vehicle;
  }

  #tell(
    id: string,
    plate: NonNullable<FrigateNews["plate"]>,
    label: string,
    receivedMs: number,
  ): void {
    try {
      this.#intake.deliver(
        {
          readId: id,
          rawPlate: plate.text,
          confidence: share(plate.score),
          candidates: [],
          vehicleClass: vehicleClassOf(label),
          direction: "unknown",
          at: plate.at,
          retransmission: false,
        },
        receivedMs,
      );
    } catch (error) {
      // Frigate repeats nothing: the lane's loop calls the attendant.
      if (!(error instanceof Fault)) throw error;
      this.#intake.count("not_durable");
    }
  }
}
