import { topics } from "@gatehouse/shared/contracts/topics";
import type { Reason } from "./refusals.ts";

/** The topics a device may publish on, by what they carry. */
export type Family = "bays" | "loops" | "devices" | "cameras";

const leaves: Readonly<Record<Family, string>> = {
  bays: "state",
  loops: "state",
  devices: "status",
  cameras: "frame",
};
const ofTheFacility: readonly string[] = ["signs"];
/** Clients that only hear what cameras see, of all cameras. */
const listeners = "listener-";

/** Whether `clientId` may publish this: then what it carries, else why not. */
export function publishingOn(
  clientId: string,
  packet: { readonly topic: string; readonly retain: boolean },
): { readonly family: Family } | { readonly refused: Reason } {
  const { topic } = packet;
  if (topic.startsWith("$")) return { refused: "acl" };
  const [family = "", owner, leaf, ...deeper] = topic.split("/");
  if (ofTheFacility.includes(family)) return { refused: "acl" };
  if (family === "cameras" && leaf === "tracking") return { refused: "acl" };
  if (!isFamily(family)) return { refused: "unknown_topic" };
  if (owner !== clientId) return { refused: "acl" };
  if (leaf !== leaves[family] || deeper.length > 0) return { refused: "unknown_topic" };
  if (packet.retain && family !== "devices") return { refused: "retained" };
  return { family };
}

/** A device hears its own topics, a listener what the cameras see, and nobody anything else. */
export function maySubscribe(clientId: string, filter: string): boolean {
  if (clientId.startsWith(listeners) && /^cameras\/[^/#]+\/tracking$/.test(filter)) return true;
  return (
    filter === topics.signShow(clientId) ||
    filter === topics.cameraTracking(clientId) ||
    filter === topics.deviceStatus(clientId) ||
    filter === `devices/${clientId}/#` ||
    filter === `devices/${clientId}/+`
  );
}

/** The only last will: that the device itself is gone. */
export const mayWill = (clientId: string, topic: string): boolean =>
  topic === topics.deviceStatus(clientId);

const isFamily = (word: string): word is Family => Object.hasOwn(leaves, word);
