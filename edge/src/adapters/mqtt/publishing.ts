import { Fault } from "@gatehouse/shared/fault";
import type { Aedes } from "aedes";

/** Publishes what a client that comes later must hear too. @throws Fault `sign-unreachable` when the broker cannot */
export async function publishRetained(
  aedes: Aedes | undefined,
  topic: string,
  payload: string,
): Promise<void> {
  if (aedes === undefined) throw new Fault("sign-unreachable", "the broker does not run");
  const packet = { cmd: "publish", topic, payload, qos: 1, retain: true, dup: false } as const;
  await new Promise<void>((resolve, reject) => {
    aedes.publish(packet, (error) => {
      if (error instanceof Error)
        reject(new Fault("sign-unreachable", error.message, { cause: error }));
      else resolve();
    });
  });
}

/**
 * Publishes to whoever listens now. It never waits.
 *
 * @param onLost called when the broker has no room for it, or does not run
 */
export function publishPassing(
  aedes: Aedes | undefined,
  topic: string,
  payload: string,
  onLost: () => void,
): void {
  if (aedes === undefined) return onLost();
  const packet = { cmd: "publish", topic, payload, qos: 0, retain: false, dup: false } as const;
  aedes.publish(packet, (error) => {
    if (error instanceof Error) onLost();
  });
}
