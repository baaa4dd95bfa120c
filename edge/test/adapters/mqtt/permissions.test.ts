import { expect, test } from "vitest";
import { maySubscribe, mayWill, publishingOn } from "../../../src/adapters/mqtt/permissions.ts";

test.each([
  ["bays/me/state", false, { family: "bays" }],
  ["loops/me/state", false, { family: "loops" }],
  ["cameras/me/frame", false, { family: "cameras" }],
  ["devices/me/status", false, { family: "devices" }],
  ["devices/me/status", true, { family: "devices" }],
  ["bays/me/state", true, { refused: "retained" }],
  ["loops/me/state", true, { refused: "retained" }],
  ["cameras/me/frame", true, { refused: "retained" }],
  ["cameras/me/tracking", false, { refused: "acl" }],
  ["cameras/other/frame", false, { refused: "acl" }],
  ["bays/other/state", false, { refused: "acl" }],
  ["loops/other/state", false, { refused: "acl" }],
  ["devices/other/status", true, { refused: "acl" }],
  ["signs/me/show", true, { refused: "acl" }],
  ["$SYS/anything", false, { refused: "acl" }],
  ["$share/group/bays/me/state", false, { refused: "acl" }],
  ["bays/me", false, { refused: "unknown_topic" }],
  ["bays/me/config", false, { refused: "unknown_topic" }],
  ["bays/me/state/deeper", false, { refused: "unknown_topic" }],
  ["/bays/me/state", false, { refused: "unknown_topic" }],
  ["bays//state", false, { refused: "acl" }],
  ["Bays/me/state", false, { refused: "unknown_topic" }],
  ["toString/me/state", false, { refused: "unknown_topic" }],
  ["__proto__/me/state", false, { refused: "unknown_topic" }],
] as const)("a device publishing on %s, retained %s", (topic, retain, expected) => {
  expect(publishingOn("me", { topic, retain })).toEqual(expected);
});

test("a listener hears what every camera sees, and no picture of any", () => {
  const heard = ["cameras/+/tracking", "cameras/CAM1/tracking"];
  const others = [
    "cameras/#",
    "cameras/+/frame",
    "cameras/+/+",
    "cameras/CAM1/frame",
    "bays/+/state",
  ];
  const may = (filter: string): boolean => maySubscribe("listener-dashboard", filter);
  expect([...others, ...heard].filter(may)).toEqual(heard);
});

test("a device hears its own topics, nothing else", () => {
  const own = [
    "signs/me/show",
    "cameras/me/tracking",
    "devices/me/status",
    "devices/me/#",
    "devices/me/+",
  ];
  const others = [
    "",
    "#",
    "+/#",
    "+/+/+",
    "$SYS/#",
    "$share/g/signs/me/show",
    "$queue/signs/me/show",
    "signs/other/show",
    "cameras/other/tracking",
    "cameras/+/tracking",
    "cameras/me/frame",
    "signs/+/show",
    "signs/#",
    "devices/other/status",
    "devices/+/status",
    "devices/me",
    "devices/me/../other/status",
    "bays/me/state",
    "loops/me/state",
  ];
  expect([...others, ...own].filter((filter) => maySubscribe("me", filter))).toEqual(own);
});

test("a last will speaks of its own device only", () => {
  const others = ["devices/other/status", "bays/me/state", "signs/me/show", "$SYS/x"];
  expect([...others, "devices/me/status"].filter((topic) => mayWill("me", topic))).toEqual([
    "devices/me/status",
  ]);
});

test("a listener hears what is announced, and says only with its last will whether it is there", () => {
  const filters = ["homeassistant/#", "homeassistant/sensor/+/+/config", "gatehouse/garage/#"];
  expect(filters.every((filter) => maySubscribe("listener-ha", filter))).toBe(true);
  expect(filters.some((filter) => maySubscribe("bay-A1", filter))).toBe(false);
  expect(maySubscribe("listener-ha", "refused")).toBe(false);
  expect(mayWill("listener-ha", "homeassistant/status")).toBe(true);
  expect(mayWill("bay-A1", "homeassistant/status")).toBe(false);
  const publishing = (topic: string) => publishingOn("listener-ha", { topic, retain: true });
  expect(publishing("gatehouse/garage/status")).toEqual({ refused: "acl" });
  expect(publishing("homeassistant/status")).toEqual({ refused: "unknown_topic" });
});
