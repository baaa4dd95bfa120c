import { join, resolve } from "node:path";
import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { LaneConfig } from "@gatehouse/shared/contracts/lane-config";
import type { Secrets } from "@gatehouse/shared/contracts/secrets";
import { check } from "@gatehouse/shared/check";
import type { Part } from "@gatehouse/shared/part";
import type { CredentialReader } from "@gatehouse/shared/ports/credential-reader";
import type { Clock, Stopwatch } from "@gatehouse/shared/ports/clock";
import type { FacilityPorts, LanePorts } from "@gatehouse/shared/ports/facility-ports";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import { MqttTracking } from "./adapters/camera/mqtt-tracking.ts";
import { buildAllowLists } from "./adapters/allow-list/allow-lists.ts";
import { DiskCameraFiles } from "./adapters/camera-files.ts";
import {
  HomeAssistant,
  type HomeAssistantSource,
} from "./adapters/home-assistant/home-assistant.ts";
import { HttpCloudLink } from "./adapters/cloud/http-cloud-link.ts";
import { tokenIn } from "./adapters/cloud/token-file.ts";
import { buildLaneHardware, type LaneHardware } from "./adapters/lane-hardware.ts";
import { MqttInputs } from "./adapters/loop/mqtt-inputs.ts";
import { buildPlateReaders, frigatesOf } from "./adapters/lpr/plate-readers.ts";
import { PushServer } from "./adapters/lpr/push-server.ts";
import { buildGateways } from "./adapters/online/site-gateways.ts";
import { Broker } from "./adapters/mqtt/broker.ts";
import { MqttSensorFeed } from "./adapters/sensor/mqtt-sensor-feed.ts";
import { planSensors } from "./adapters/sensor/sensor-plan.ts";
import { UplinkPush } from "./adapters/sensor/uplink-push.ts";
import { buildSigns, type SiteSigns } from "./adapters/sign/site-signs.ts";
import { buildTickets } from "./adapters/printer/site-tickets.ts";
import { shiftKeyIn, ticketKeyIn } from "./adapters/signing-keys.ts";
import { ZvtTerminal } from "./adapters/terminal/zvt-terminal.ts";
import { VisionPool } from "./vision/pool.ts";
import { restartVision } from "./vision/restart.ts";

export interface CatalogTools {
  readonly config: FacilityConfig;
  readonly secrets: Secrets;
  /** Relative paths of the configuration are seen from here. */
  readonly baseDir: string;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly stopwatch: Stopwatch;
  readonly random: Random;
  readonly log: Log;
}

/** A site's real devices: what the facility is wired to, and what runs around it. */
export interface SiteDevices {
  readonly ports: FacilityPorts;
  /** Started before the facility and stopped after it: wires and the broker. */
  readonly before: readonly Part[];
  /** Started after it: what lets the outside in. */
  readonly after: readonly Part[];
  /** What tells others of the facility once it runs. */
  announce(source: HomeAssistantSource): readonly Part[];
}

/** Picks the device for every line of the configuration. New make or device: one line here. */
export function buildDevices(tools: CatalogTools): SiteDevices {
  const { config, secrets, clock, stopwatch, random, log, baseDir } = tools;
  const hardware = buildLaneHardware(config, { clock, log, random, credentials: secrets.devices });
  const pushed = config.cameras.flatMap(({ id, source }) => (source.kind === "pushed" ? [id] : []));
  const broker = new Broker({
    listen: config.mqtt,
    secrets: secrets.mqtt,
    cameras: new Set(pushed),
    networkServers: new Set(config.network_servers),
    frigates: frigatesOf(config),
    clock,
    log,
  });
  const readers = buildPlateReaders(tools, broker);
  const allowLists = buildAllowLists(tools);
  const ownProfiles = join(tools.dataDir, "profiles");
  const signs = buildSigns(config, { broker, ownProfiles, clock, log });
  const tickets = buildTickets(config, { ownProfiles, clock, log });
  const bays = new MqttSensorFeed({
    broker,
    clock,
    sensors: planSensors(config, ownProfiles),
    networkServers: config.network_servers,
  });
  const webhooks = config.network_servers.map((id) => new UplinkPush(id, bays));
  const pushes = new PushServer({
    ...config.http.cameras,
    readers: [...readers.pushed, ...tickets.pushed, ...webhooks],
    tokens: secrets.readers,
    stopwatch,
    log,
  });
  const vision =
    config.cameras.length === 0
      ? []
      : [
          new VisionPool({
            clock,
            random,
            log,
            cameras: config.cameras,
            baseDir: resolve(baseDir),
            dataDir: tools.dataDir,
            credentials: secrets.cameras,
            plateCropsDays: config.retention.plate_crops_days,
            stopwatch,
          }),
        ];
  const lanes = new Map(
    config.lanes.map((lane) => {
      const eyes = config.cameras.filter((camera) => camera.lane === lane.id);
      const own = [
        ...(readers.ofLane.get(lane.id) ?? []),
        ...vision.flatMap((pool) => eyes.flatMap(({ id }) => pool.readerOf(id) ?? [])),
      ];
      const ports = lanePorts(lane, tools, hardware, broker, signs, own);
      return [lane.id, { ...ports, ...tickets.ofLane.get(lane.id) }];
    }),
  );
  const spaceEyes = config.cameras.flatMap(({ id, plate_space: spaceId }) =>
    vision.flatMap((pool) => {
      const reader = spaceId === undefined ? undefined : pool.readerOf(id);
      return reader === undefined || spaceId === undefined ? [] : [{ reader, spaceId }];
    }),
  );
  const [pictures] = vision;
  const tracking =
    pictures === undefined
      ? {}
      : { pictures, trackingWire: new MqttTracking({ broker, cameraIds: pushed }) };
  const setup =
    pictures === undefined
      ? {}
      : { cameraSetup: { cameras: pictures.setup, files: new DiskCameraFiles() } };
  const cloud = config.cloud === undefined ? {} : { cloud: cloudLink(tools) };
  const hasTickets = config.lanes.some((lane) => lane.printer ?? lane.ticket_scanner);
  const ticketKey = hasTickets ? { ticketKey: ticketKeyIn(tools.dataDir) } : {};
  const shiftKey = config.tills.length > 0 ? { shiftKey: shiftKeyIn(tools.dataDir) } : {};
  return {
    ports: {
      clock,
      stopwatch,
      random,
      log,
      lanes,
      spaceFeeds: [bays, ...vision],
      sensorFeeds: [bays],
      spaceReaders: [...readers.ofSpaces, ...spaceEyes],
      freeSigns: signs.free,
      pageSigns: signs.pages,
      alarms: hardware.alarms,
      outputs: hardware.outputs,
      sightFeeds: vision,
      readPictures: readers.pictures,
      allowLists,
      doors: [broker, pushes],
      remedies: vision.map((pool) => restartVision(pool)),
      reporting: [broker, pushes, ...allowLists, ...tickets.free],
      ...tracking,
      ...setup,
      ...cloud,
      ...ticketKey,
      ...shiftKey,
      printers: tickets.free,
      gateways: buildGateways(config, secrets.gateways),
    },
    before: [...hardware.wires, broker],
    after: [pushes],
    announce: (source) =>
      config.home_assistant.enabled
        ? [
            new HomeAssistant({
              source,
              publish: (topic, payload) => broker.publishRetained(topic, payload),
              clock,
              log,
            }),
          ]
        : [],
  };
}

function lanePorts(
  lane: LaneConfig,
  tools: CatalogTools,
  hardware: LaneHardware,
  broker: Broker,
  signs: SiteSigns,
  readers: readonly CredentialReader[],
): LanePorts {
  const { config, secrets, clock, log } = tools;
  const gate = hardware.gates.get(lane.id);
  check(gate !== undefined, `lane ${lane.id} has its gate`);
  const inputs =
    lane.inputs.kind === "mqtt"
      ? new MqttInputs({ broker, deviceId: lane.inputs.device, laneId: lane.id })
      : hardware.inputs.get(lane.id);
  check(inputs !== undefined, `lane ${lane.id} has its contacts`);
  const sign = signs.ofLane.get(lane.id);
  const { currency, timezone } = config.facility;
  const terminal =
    lane.terminal === undefined
      ? {}
      : {
          terminal: new ZvtTerminal({
            ...lane.terminal,
            laneId: lane.id,
            password: secrets.terminals[lane.terminal.id] ?? "000000",
            currency,
            timezone,
            clock,
            log,
          }),
        };
  return { gate, inputs, readers, ...(sign !== undefined && { sign }), ...terminal };
}

function cloudLink({ config, secrets, dataDir }: CatalogTools): HttpCloudLink {
  const { cloud, facility } = config;
  check(cloud !== undefined, "the configuration names head office");
  return new HttpCloudLink({
    url: cloud.url,
    facilityId: facility.id,
    token: tokenIn(join(dataDir, "secrets.json"), secrets.cloud_token ?? ""),
  });
}
