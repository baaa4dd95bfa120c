import {
  SpaceVehicleAnswer,
  SpaceVehicleData,
  type SpaceEndRequest,
  type SpaceVehicleRequest,
} from "@gatehouse/shared/contracts/space-vehicles";
import { ask, type Told } from "../../shared/web/ask.ts";

const vehicleAt = (spaceId: string): string => `/api/spaces/${encodeURIComponent(spaceId)}/vehicle`;

export const askSpaceVehicle = (spaceId: string): Promise<Told<SpaceVehicleData>> =>
  ask("GET", vehicleAt(spaceId), SpaceVehicleData);
export const saySpaceVehicle = (
  spaceId: string,
  request: SpaceVehicleRequest,
): Promise<Told<SpaceVehicleAnswer>> =>
  ask("POST", vehicleAt(spaceId), SpaceVehicleAnswer, request);
export const endSpaceVehicle = (
  spaceId: string,
  request: SpaceEndRequest,
): Promise<Told<SpaceVehicleAnswer>> =>
  ask("POST", `${vehicleAt(spaceId)}/end`, SpaceVehicleAnswer, request);
