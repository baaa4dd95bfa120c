import { describe, expect, test } from "vitest";
import { momentText } from "../../web/format.ts";
import { factText, subjectText } from "../../web/alerts/alert-facts.ts";

const place = { timezone: "Europe/Berlin", currency: "EUR" };

describe("what an alert is about", () => {
  test("is a month and a sum where a month's takings passed it", () => {
    const milestone = { alert_type: "revenue-milestone", subject: "2026-11-10000" };
    expect(subjectText(milestone, "EUR")).toBe("November 2026: €10,000");
    expect(subjectText(milestone, null)).toBe("November 2026: 10,000");
  });

  test("is what its finder said, but no id that only machines read", () => {
    const told = (subject: string) => subjectText({ alert_type: "gate-fault", subject }, "EUR");
    expect(told("exit-1")).toBe("exit-1");
    expect(told("2026-11-10000")).toBe("2026-11-10000");
    expect(told("session-0190e2a4-7b1c-7def-8123-456789abcdef")).toBe("");
  });

  test("rests on moments, amounts, shares and counts, each read as such", () => {
    const at = "2026-11-21T08:30:00.000Z";
    expect(factText("since", at, place)).toBe(momentText(at, place.timezone));
    expect(factText("reached_minor", 1_000_000, place)).toBe("€10,000.00");
    expect(factText("percent", -31, place)).toBe("-31%");
    expect(factText("skew_ms", -45_000, place)).toBe("45 s");
    expect(factText("month", "2026-11", place)).toBe("November 2026");
    expect(factText("fault", "timeout", place)).toBe("timeout");
    expect(factText("evidence", { loop: 1 }, place)).toBe('{"loop":1}');
  });
});
