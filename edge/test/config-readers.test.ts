import { expect, test } from "vitest";
import { ReaderConfig } from "@gatehouse/shared/contracts/reader-config";
import { checkReaders } from "../src/config-readers.ts";
import { pathText } from "@gatehouse/shared/contracts/problem";

const complaintsOf = (readers: readonly object[], cameras: readonly object[] = []): string[] => {
  const complaints: string[] = [];
  checkReaders({ lanes: [{ readers }], cameras }, (path, message) =>
    complaints.push(`${pathText(path)}: ${message}`),
  );
  return complaints;
};

test("readers have names and pushes of their own, and their passwords stand elsewhere", () => {
  const from = "10.0.0.9";
  expect(
    complaintsOf(
      [
        { id: "cam-1", format: "dahua", from },
        { id: "cam-1", format: "dahua", from },
        { id: "cam-2", format: "dahua", from, path: "BNotificationInfo" },
        { id: "cam-3", format: "lilin", url: "http://admin:secret@10.0.0.7" },
        {
          id: "eye-1",
          format: "axis",
          mirror: { kind: "dahua", url: "http://admin@10.0.0.8" },
        },
      ],
      [{ id: "eye-1" }],
    ),
  ).toEqual([
    'lanes[0].readers[1].id: "cam-1" names two plate cameras; give each its own',
    'lanes[0].readers[4].id: "eye-1" names a camera of cameras too; write another',
    "lanes[0].readers[1].from: 10.0.0.9/NotificationInfo is another reader already; give each its own path",
    "lanes[0].readers[3].url: leave user and password out; secrets.json has them under cameras",
    "lanes[0].readers[4].mirror.url: leave user and password out; secrets.json has them under cameras",
  ]);
});

test.each([
  [{ format: "hikvision-pull" }, "url"],
  [{ format: "lilin", url: "10.0.0.7" }, "url"],
  [{ format: "frigate" }, "camera"],
  [{ format: "dahua", from: "the gate" }, "from"],
  [{ format: "verkada", mirror: { kind: "axis", url: "http://10.0.0.7" } }, "kind"],
])("%j is not taken, and the complaint names %s", (fields, path) => {
  const parsed = ReaderConfig.safeParse({ id: "cam-1", ...fields });
  expect(parsed.error?.issues.some((issue) => issue.path.includes(path))).toBe(true);
});

test("an unknown format hears which there are", () => {
  const parsed = ReaderConfig.safeParse({ id: "cam-1", format: "acme" });
  expect(parsed.error?.issues[0]?.message).toContain("dahua-events or frigate");
});
