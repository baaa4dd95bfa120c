import { check } from "@gatehouse/shared/check";
import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import { sensorIdOf } from "@gatehouse/shared/contracts/sensor-config";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import type { DeviceAddress } from "../wire/mqtt/device-link.ts";
import { LoraSensor } from "./lora-sensor.ts";
import { NetworkServerSim } from "./network-server.ts";
import { isSimulatedMake } from "./sensor-frames.ts";

export interface LoraSiteParts {
  readonly facility: Pick<FacilityConfig, "sensors" | "network_servers">;
  readonly clock: Clock;
  readonly random: Random;
  readonly address: (deviceId: string) => DeviceAddress;
}

export interface LoraSite {
  readonly servers: readonly NetworkServerSim[];
  readonly sensors: readonly { readonly spaceId: string; readonly sensor: LoraSensor }[];
}

/** On the air a frame gets lost now and then; the next heartbeat repairs what it said. */
const lossShare = 0.002;

/** The LoRaWAN sensors of a site behind its first network server, which is a simulated ChirpStack. */
export function buildLoraSite({ facility, clock, random, address }: LoraSiteParts): LoraSite {
  const servers = facility.network_servers.map(
    (id) => new NetworkServerSim(address(id), "chirpstack"),
  );
  const [server] = servers;
  const sensors = facility.sensors.flatMap((sensor) => {
    const { model, space } = sensor;
    if (space === undefined || !isSimulatedMake(model)) return [];
    check(server !== undefined, "the site has a network server for its LoRaWAN sensors");
    const devEui = sensorIdOf(sensor);
    const hear = server.hear.bind(server);
    return [
      {
        spaceId: space,
        sensor: new LoraSensor({ devEui, make: model, clock, random, lossShare, hear }),
      },
    ];
  });
  return { servers, sensors };
}
