import { beforeAll, describe, expect, test, vi } from "vitest";
import type * as AddressModule from "../../web/frame/address.ts";
import type * as OpensModule from "../../web/frame/opens.tsx";

/* The modules read the browser's address when they are loaded; here is one to read. */
let addresses: typeof AddressModule;
let opens: typeof OpensModule;
beforeAll(async () => {
  vi.stubGlobal("location", { hash: "" });
  vi.stubGlobal("window", { addEventListener: () => {} });
  addresses = await import("../../web/frame/address.ts");
  opens = await import("../../web/frame/opens.tsx");
  return () => vi.unstubAllGlobals();
});

describe("an address", () => {
  test.each([
    ["", { kind: "facilities", facilityId: undefined }],
    ["#north", { kind: "facilities", facilityId: "north" }],
    ["#caf%C3%A9%20nord", { kind: "facilities", facilityId: "café nord" }],
    ["#%", { kind: "facilities", facilityId: undefined }],
    ["#/people", { kind: "whole", part: "people", question: {} }],
    ["#/people?search=ann", { kind: "whole", part: "people", question: { search: "ann" } }],
    [
      "#/f/a%2Fb/revenue?from=2026-11-01&to=2026-11-30",
      {
        kind: "facility",
        facilityId: "a/b",
        part: "revenue",
        question: { from: "2026-11-01", to: "2026-11-30" },
      },
    ],
    ["#/invitation=ab.c-d", { kind: "invitation", code: "ab.c-d" }],
  ])("%s is read", (hash, read) => {
    expect(addresses.addressOf(hash)).toEqual(read);
  });

  test.each(["north", "a/b", "?&#=", "ñandú 1"])(
    "of facility %s leads back to it",
    (facilityId) => {
      const question = { plate: "M AB&1=2", from: "2026-11-01" };
      const read = { kind: "facility", facilityId, part: "sessions", question };
      const written = addresses.facilityAddress(facilityId, "sessions", question);
      expect(addresses.addressOf(written)).toEqual(read);
      expect(addresses.addressOf(addresses.closeupAddress(facilityId))).toMatchObject({
        facilityId,
      });
    },
  );

  test("leaves out what is not asked", () => {
    expect(addresses.queryOf({ from: undefined, to: "", by: "exit" })).toBe("?by=exit");
    expect(addresses.queryOf({ from: undefined })).toBe("");
  });
});

describe("a number that opens", () => {
  test.each([
    [
      "/v1/facilities/north/reports/sessions?by=exit&from=2026-11-01",
      "#/f/north/sessions?by=exit&from=2026-11-01",
    ],
    ["/v1/facilities/north/reports/payment-list?by=refunded", "#/f/north/payments?by=refunded"],
    ["/v1/facilities/north/reports/sessions/active", "#/f/north/sessions?list=active"],
    ["/v1/facilities/north/reports/elsewhere", undefined],
    [undefined, undefined],
  ])("%s leads to %s", (told, page) => {
    expect(opens.pageOpened(told)).toBe(page);
  });
});
