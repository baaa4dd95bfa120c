import type { AllowListMirror } from "./allow-list-mirror.ts";
import type { AlarmContact, SignalOutput } from "./alarm-contact.ts";
import type { CameraFiles } from "./camera-files.ts";
import type { CameraSetup } from "./camera-setup.ts";
import type { PictureTaker } from "./camera-views.ts";
import type { Clock, Stopwatch } from "./clock.ts";
import type { CloudLink } from "./cloud-link.ts";
import type { CredentialReader } from "./credential-reader.ts";
import type { Reporting } from "./device.ts";
import type { DeviceDoor } from "./device-door.ts";
import type { Gate } from "./gate.ts";
import type { LaneInputFeed } from "./lane-inputs.ts";
import type { Log } from "./log.ts";
import type { OnlineGateway } from "./online-gateway.ts";
import type { Printer } from "./printer.ts";
import type { TicketScanner } from "./ticket-scanner.ts";
import type { Random } from "./random.ts";
import type { ReadPictures } from "./read-pictures.ts";
import type { Remedy } from "./remedy.ts";
import type { SensorFeed } from "./sensor-feed.ts";
import type { SightFeed } from "./sight-feed.ts";
import type { FreeSign, PageSign, Sign } from "./sign.ts";
import type { SpaceFeed } from "./space-feed.ts";
import type { PaymentTerminal } from "./terminal.ts";
import type { TrackingWire } from "./tracking-wire.ts";

export interface LanePorts {
  readonly gate: Gate;
  readonly inputs: LaneInputFeed;
  readonly readers: readonly CredentialReader[];
  readonly sign?: Sign;
  readonly terminal?: PaymentTerminal;
  /** Prints tickets at an entry. */
  readonly printer?: Printer;
  /** Reads them at an exit. */
  readonly ticketScanner?: TicketScanner;
}

/** A plate camera, and the one space at which it looks; its reads name no lane (`laneId` is empty). */
export interface SpaceReader {
  readonly reader: CredentialReader;
  readonly spaceId: string;
}

/** Everything outside a facility's own rules. `main` fills it with devices, the simulation with a town. */
export interface FacilityPorts {
  readonly clock: Clock;
  readonly stopwatch: Stopwatch;
  readonly random: Random;
  readonly log: Log;
  /** By lane id; every lane of the configuration has its entry. */
  readonly lanes: ReadonlyMap<string, LanePorts>;
  /** Fire panels and security systems, and who is told of them. */
  readonly alarms?: readonly AlarmContact[];
  readonly outputs?: readonly SignalOutput[];
  readonly spaceFeeds: readonly SpaceFeed[];
  /** Plate cameras that look at one space each. */
  readonly spaceReaders?: readonly SpaceReader[];
  /** Displays that show free counts and stand at no lane. */
  readonly freeSigns?: readonly FreeSign[];
  /** Displays that are pages, at lanes or not. */
  readonly pageSigns?: readonly PageSign[];
  /** Those of the space feeds whose sensors tell how they are, and count. */
  readonly sensorFeeds?: readonly SensorFeed[];
  /** What cameras see in each picture; one that is a space feed as well is started as that. */
  readonly sightFeeds: readonly SightFeed[];
  /** Where vision workers bring what they saw. */
  readonly trackingWire?: TrackingWire;
  /** Who looks at the pictures that they bring. */
  readonly pictures?: PictureTaker;
  readonly cloud?: CloudLink;
  /** The private Ed25519 key that signs tickets (PKCS 8, PEM); left out: none are issued or taken. */
  readonly ticketKey?: string;
  /** The private Ed25519 key that signs shift reports (PKCS 8, PEM); left out: no shift begins. */
  readonly shiftKey?: string;
  /** Printers that stand at no lane. */
  readonly printers?: readonly Printer[];
  /** The pictures that came with plate reads. */
  readonly readPictures?: ReadPictures;
  /** Cameras that keep plates of permits and of the allow list. */
  readonly allowLists?: readonly AllowListMirror[];
  /** Cameras that a person can set up, and where their files lie. */
  readonly cameraSetup?: { readonly cameras: CameraSetup; readonly files: CameraFiles };
  /** Where devices come to us by themselves. */
  readonly doors?: readonly DeviceDoor[];
  /** What may be tried by itself when devices are stuck. */
  readonly remedies?: readonly Remedy[];
  /** Services where drivers pay on their phones, and where each sends the phone afterwards. */
  readonly gateways?: readonly { readonly gateway: OnlineGateway; readonly returnUrl: string }[];
  /** For whoever looks after the system from afar: the log's last lines, and what must never be told with them. */
  readonly support?: {
    readonly recentLog: () => readonly string[];
    readonly secrets: readonly string[];
  };
  /** What else reports health: the broker, the vision pool. */
  readonly reporting: readonly Reporting[];
}
