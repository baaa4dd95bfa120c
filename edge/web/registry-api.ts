import {
  DeviceActAnswer,
  RegistryData,
  TicketAnswer,
  TicketsData,
  type DeviceAct,
  type TicketRequest,
  type TicketStep,
} from "@gatehouse/shared/contracts/registry";
import { ask, type Told } from "../../shared/web/ask.ts";

/** Devices and the work on them. */
export const askRegistry = (): Promise<Told<RegistryData>> =>
  ask("GET", "/api/registry", RegistryData);
export const actOnDevice = (
  deviceId: string,
  act: DeviceAct,
  reason: string,
): Promise<Told<DeviceActAnswer>> =>
  ask("POST", `/api/registry/${encodeURIComponent(deviceId)}`, DeviceActAnswer, { act, reason });

export const askWork = (all: boolean): Promise<Told<TicketsData>> =>
  ask("GET", `/api/tickets?all=${all}`, TicketsData);
export const openWork = (request: TicketRequest): Promise<Told<TicketAnswer>> =>
  ask("POST", "/api/tickets", TicketAnswer, request);
export const stepWork = (ticketId: string, step: TicketStep): Promise<Told<TicketAnswer>> =>
  ask("POST", `/api/tickets/${encodeURIComponent(ticketId)}`, TicketAnswer, step);
