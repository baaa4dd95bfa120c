import type { Instant } from "@gatehouse/shared/time";
import type { EdgeMachine } from "../edge-machine.ts";

export interface CallbackDoorParts {
  readonly machine: () => EdgeMachine;
  readonly now: () => Instant;
  readonly gateway: string;
}

/** Where the gateway knocks. @returns whether the callback was acknowledged: a daemon that is dead, or dies over it, has not */
export function takeCallback(
  { machine, now, gateway }: CallbackDoorParts,
  body: Uint8Array,
): boolean {
  const { facility } = machine();
  if (facility === undefined) return false;
  try {
    const received = { gateway, body, headers: {}, receivedAt: now(), via: "door" as const };
    const { kind } = facility.callbacks.receive(received);
    facility.callbacks.handleAll().catch((error: unknown) => machine().thrown(error));
    return kind === "stored" || kind === "repeated";
  } catch (error) {
    machine().thrown(error);
    return false;
  }
}
