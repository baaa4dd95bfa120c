import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  SpaceEndRequest,
  SpaceVehicleAnswer,
  SpaceVehicleData,
  SpaceVehicleRequest,
} from "@gatehouse/shared/contracts/space-vehicles";
import type { Refusal } from "./desk.ts";

/** What people say of whose vehicle stands where. */
export interface SpacesDesk {
  vehicleIn(spaceId: string): SpaceVehicleData | Refusal;
  /** The vehicle stands there; a plate must be that of exactly one vehicle that is inside. */
  say(spaceId: string, request: SpaceVehicleRequest, actor: Actor): SpaceVehicleAnswer | Refusal;
  /** Who was known to stand there has gone, or never stood there. */
  end(spaceId: string, request: SpaceEndRequest, actor: Actor): SpaceVehicleAnswer | Refusal;
}
