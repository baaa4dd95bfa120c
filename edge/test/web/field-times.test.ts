import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fieldOf, instantOf, momentOf } from "../../web/field-times.ts";
import { facility } from "../../web/model.ts";

describe("a field of date and time", () => {
  beforeAll(() => {
    facility.value = {
      facility_id: "small",
      name: "Small site",
      timezone: "Europe/Berlin",
      currency: "EUR",
      mode: "open",
    };
  });
  afterAll(() => void (facility.value = undefined));

  test.each([
    ["2026-01-15T08:00", "2026-01-15T07:00:00.000Z"],
    ["2026-06-01T18:00", "2026-06-01T16:00:00.000Z"],
    // The days on which the clocks change, before and after.
    ["2026-03-29T01:30", "2026-03-29T00:30:00.000Z"],
    ["2026-03-29T03:30", "2026-03-29T01:30:00.000Z"],
    ["2026-10-25T04:00", "2026-10-25T03:00:00.000Z"],
  ])("%s on the facility's clock is %s", (field, utc) => {
    expect(instantOf(field)).toBe(utc);
    expect(fieldOf(utc)).toBe(field);
  });

  test("is sent to the second, and one that has seconds stays as it is", () => {
    expect(momentOf("2026-06-01T18:00")).toBe("2026-06-01T18:00:00");
    expect(momentOf("2026-06-01T18:00:30")).toBe("2026-06-01T18:00:30");
  });
});
