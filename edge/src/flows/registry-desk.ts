import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  DeviceAct,
  DeviceActAnswer,
  DeviceRecord,
  DeviceShowData,
  Ticket,
  TicketAnswer,
  TicketRequest,
  TicketStep,
} from "@gatehouse/shared/contracts/registry";
import type { Refusal } from "./desk.ts";

/** Devices over all their days, and the work on them. */
export interface RegistryDesk {
  /** Every device that was ever known; those that need somebody first. */
  devices(): readonly DeviceRecord[];
  /** @returns undefined when no such device was ever known */
  device(deviceId: string): DeviceShowData | undefined;
  act(deviceId: string, act: DeviceAct, wish: DeviceWish): DeviceActAnswer | Refusal;
  /** Newest first, a bounded number. @param all also those that are over */
  tickets(all: boolean): readonly Ticket[];
  openTicket(asked: TicketRequest, actor: Actor): TicketAnswer | Refusal;
  stepTicket(ticketId: string, step: TicketStep, actor: Actor): TicketAnswer | Refusal;
}

export interface DeviceWish {
  readonly actor: Actor;
  readonly reason: string;
}
