import type { FacilityConfig, SpaceSpec } from "@gatehouse/shared/contracts/facility";
import type { Part } from "@gatehouse/shared/part";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { FacilityPorts } from "@gatehouse/shared/ports/facility-ports";
import type { FacilityTools } from "./facility-tools.ts";
import { CameraSetupFlow } from "./flows/camera/setup.ts";
import type { OccupancyFlow } from "./flows/occupancy.ts";
import { TrackingFlow } from "./flows/tracking/flow.ts";
import { RecentViews } from "./flows/tracking/views.ts";

interface FacilityCamerasDeps {
  readonly config: FacilityConfig;
  readonly ports: FacilityPorts;
  readonly tools: FacilityTools;
  readonly spaces: readonly SpaceSpec[];
  readonly occupancy: OccupancyFlow;
  readonly reports: () => readonly DeviceReport[];
  readonly changed: () => void;
}

/** The wiring of what cameras see of spaces and vehicles, and of how people set them up. */
export class FacilityCameras {
  /** Missing where no camera can be set up. */
  readonly setup: CameraSetupFlow | undefined;
  readonly tracking: TrackingFlow;
  /** In the order in which they start: who listens before whoever sees. */
  readonly parts: readonly Part[];

  constructor(deps: FacilityCamerasDeps) {
    const { config, ports, tools, spaces, occupancy, changed } = deps;
    this.setup = setupOf(deps);
    this.tracking = new TrackingFlow({
      ...tools,
      cameras: config.cameras,
      spaces,
      timezone: config.facility.timezone,
      rules: config.tracking,
      feeds: ports.sightFeeds,
      views: this.setup && new RecentViews(this.setup, tools.clock),
      pictures: ports.pictures,
      wire: ports.trackingWire,
      observe: (batch) => occupancy.observe(batch),
      lose: (lost) => occupancy.lose(lost),
      changed,
    });
    const eyes = new Set<Part>([...ports.spaceFeeds, ...ports.sightFeeds]);
    const { trackingWire: wire } = ports;
    this.parts = [this.tracking, ...eyes, ...(wire === undefined ? [] : [wire])];
  }
}

function setupOf({
  ports: { cameraSetup },
  tools,
  spaces,
  reports,
}: FacilityCamerasDeps): CameraSetupFlow | undefined {
  if (cameraSetup === undefined) return undefined;
  const numbers = new Set(spaces.map(({ number }) => number));
  return new CameraSetupFlow({
    ...tools,
    setup: cameraSetup.cameras,
    files: cameraSetup.files,
    isSpace: (number) => numbers.has(number),
    reports,
  });
}
