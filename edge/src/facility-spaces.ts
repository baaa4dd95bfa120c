import type { FacilityConfig, SpaceSpec } from "@gatehouse/shared/contracts/facility";
import { sensorIdOf } from "@gatehouse/shared/contracts/sensor-config";
import type { Part } from "@gatehouse/shared/part";
import type { FacilityPorts } from "@gatehouse/shared/ports/facility-ports";
import { hours, minutes, seconds } from "@gatehouse/shared/time";
import type { FacilityTools } from "./facility-tools.ts";
import { OccupancyFlow } from "./flows/occupancy.ts";
import { SensorHealthFlow } from "./flows/sensor-health.ts";
import { SensorWatch } from "./flows/sensor-watch.ts";
import { Sensors } from "./flows/sensors.ts";
import { heardReader } from "./flows/heard-reader.ts";
import { followTurn } from "./flows/space-places.ts";
import { SpaceReads } from "./flows/space-reads.ts";
import { Spaces } from "./flows/spaces.ts";
import { ZoneCounters } from "./flows/zone-counters.ts";
import { countInside } from "./store/sessions.ts";

interface FacilitySpacesDeps {
  readonly config: FacilityConfig;
  readonly ports: FacilityPorts;
  readonly tools: FacilityTools;
  readonly spaces: readonly SpaceSpec[];
  /** Whether what a device says counts now. */
  readonly isHeard: (deviceId: string) => boolean;
  /** The spaces whose state is another one. */
  readonly changed: (spaceIds: readonly string[]) => void;
}

/** The wiring of what spaces are told to be, and of the sensors that tell it. */
export class FacilitySpaces {
  readonly occupancy: OccupancyFlow;
  readonly sensors: Sensors;
  /** Whose vehicle stands where. */
  readonly places: Spaces;
  /** How sensors behave, for the register of devices. */
  readonly sensorWatch: SensorWatch;
  /** In the order in which they start. */
  readonly parts: readonly Part[];
  readonly #deps: FacilitySpacesDeps;

  constructor(deps: FacilitySpacesDeps) {
    const { config, ports, tools, spaces, isHeard, changed } = deps;
    this.#deps = deps;
    const health = new SensorHealthFlow(tools);
    const watch = new SensorWatch({
      ...tools,
      rules: config.registry,
      spaces,
      words: (spaceId) => this.occupancy.words(spaceId),
    });
    this.sensorWatch = watch;
    const places = new Spaces({
      ...tools,
      spaces,
      keptFor: minutes(config.occupancy.kept_space_min),
      changed,
    });
    this.places = places;
    const reads = new SpaceReads({ ...tools, changed });
    const eyes = (ports.spaceReaders ?? []).map(({ reader, spaceId }) => {
      const heard = heardReader(reader, isHeard, tools.counters);
      heard.onRead((read) => reads.hear(spaceId, read));
      return heard;
    });
    this.occupancy = new OccupancyFlow({
      ...tools,
      isHeard,
      heard: (batch) => watch.hear(batch),
      healthOf: (sensorId) => health.of(sensorId),
      staleOf: new Map(
        config.sensors.map((each) => [sensorIdOf(each), hours(each.silent_after_h)]),
      ),
      facilityId: config.facility.id,
      turned: (tx, spaceId, turn) => {
        followTurn(tx, spaceId, turn);
        reads.follow(tx, spaceId, turn);
        places.follow(tx, spaceId, turn);
      },
      spaces,
      feeds: ports.spaceFeeds,
      hold: seconds(config.occupancy.hold_s),
      stale: seconds(config.occupancy.stale_s),
      changed,
    });
    const zoneCounters = new ZoneCounters({
      ...tools,
      zoneIds: [...new Set(config.sensors.flatMap(({ counter }) => counter?.zone ?? []))],
      occupiedIn: (zoneId) => this.occupancy.zones.get(zoneId)?.occupied ?? 0,
    });
    this.sensors = new Sensors(ports.sensorFeeds ?? [], health, zoneCounters);
    this.parts = [this.occupancy, health, zoneCounters, ...eyes];
  }

  /** Places left for vehicles without a right of their own; below nothing where more came in than there are. */
  freePlaces(): number {
    const { spaces, tools } = this.#deps;
    const inside = countInside(tools.book);
    const usable = spaces.length - this.occupancy.counts["out-of-service"];
    return usable - inside.open - inside.pending;
  }
}
