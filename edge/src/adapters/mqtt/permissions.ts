import { topics } from "@gatehouse/shared/contracts/topics";
import type { Reason } from "./refusals.ts";

/** The topics a device may publish on, by what they carry. */
export type Family = "bays" | "loops" | "devices" | "cameras" | "uplinks" | "frigate";

const leaves: Readonly<Record<Exclude<Family, "uplinks" | "frigate">, string>> = {
  bays: "state",
  loops: "state",
  devices: "status",
  cameras: "frame",
};
const ofTheFacility: readonly string[] = ["signs", "gatehouse"];
/** Clients that only hear: what cameras see, of all cameras, and what is announced. */
const listeners = "listener-";
/** What the facility tells Home Assistant, and whoever else listens. */
const announced: readonly string[] = ["homeassistant/", "gatehouse/"];
/** Where Home Assistant says whether it is there; nobody here needs to know. */
const homeAssistantStatus = "homeassistant/status";

/**
 * What else than a device of its own a client is: a network server speaks for sensors, on the topics of ChirpStack and
 * of The Things Stack; Frigate has everything below `frigate/` to itself.
 */
export type Role = "network-server" | "frigate";

/** Whether `clientId` may publish this: then what it carries, else why not. */
export function publishingOn(
  clientId: string,
  packet: { readonly topic: string; readonly retain: boolean },
  role?: Role,
): { readonly family: Family } | { readonly refused: Reason } {
  const { topic } = packet;
  if (topic.startsWith("$")) return { refused: "acl" };
  if (isOfServers(topic)) {
    if (role !== "network-server") return { refused: "acl" };
    return packet.retain ? { refused: "retained" } : { family: "uplinks" };
  }
  // What Frigate wants kept (its availability, its switches) is heard and not kept.
  if (topic.startsWith(frigateTopics)) {
    return role === "frigate" ? { family: "frigate" } : { refused: "acl" };
  }
  const [family = "", owner, leaf, ...deeper] = topic.split("/");
  if (ofTheFacility.includes(family)) return { refused: "acl" };
  if (family === "cameras" && leaf === "tracking") return { refused: "acl" };
  if (!isFamily(family)) return { refused: "unknown_topic" };
  if (owner !== clientId) return { refused: "acl" };
  if (leaf !== leaves[family] || deeper.length > 0) return { refused: "unknown_topic" };
  if (packet.retain && family !== "devices") return { refused: "retained" };
  return { family };
}

/** `application/ID/device/EUI/event/up` and, of old, `…/device/EUI/rx`; `v3/APP@TENANT/devices/ID/up`. */
const isOfServers = (topic: string): boolean =>
  /^application\/[^/]+\/device\/[^/]+\/(event\/)?[a-z]+$|^v3\/[^/]+\/devices\/[^/]+\/[a-z/]+$/.test(
    topic,
  );

const frigateTopics = "frigate/";

/** A device hears its own topics, a listener what the cameras see, and nobody anything else. */
export function maySubscribe(clientId: string, filter: string, role?: Role): boolean {
  if (role === "frigate" && filter.startsWith(frigateTopics)) return true;
  // A network server waits for orders to its sensors; none are given, but one that may not wait gives up.
  if (role === "network-server" && /^application\/[^#]*\/command\/[^#]*$/.test(filter)) return true;
  if (clientId.startsWith(listeners) && /^cameras\/[^/#]+\/tracking$/.test(filter)) return true;
  if (clientId.startsWith(listeners) && announced.some((topic) => filter.startsWith(topic)))
    return true;
  return (
    filter === topics.signShow(clientId) ||
    filter === topics.cameraTracking(clientId) ||
    filter === topics.deviceStatus(clientId) ||
    filter === `devices/${clientId}/#` ||
    filter === `devices/${clientId}/+`
  );
}

/** The only last will: that the device itself is gone. */
export const mayWill = (clientId: string, topic: string, role?: Role): boolean =>
  topic === topics.deviceStatus(clientId) ||
  (clientId.startsWith(listeners) && topic === homeAssistantStatus) ||
  (role === "frigate" && topic === `${frigateTopics}available`);

const isFamily = (word: string): word is keyof typeof leaves => Object.hasOwn(leaves, word);
