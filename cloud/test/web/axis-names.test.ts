import { describe, expect, test } from "vitest";
import { dayBeginnings, namedPlaces, roomBeside, twoRowsOf } from "../../web/frame/axis-names.ts";

describe("the names at an axis", () => {
  test("are all written where there is room, else every second, third or fourth", () => {
    const names = ["a", "b", "c", "d", "e", "f", "g"];
    expect(namedPlaces(names, 40, 700)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(namedPlaces(names, 40, 200)).toEqual([0, 2, 4, 6]);
    expect(namedPlaces(names, 40, 70)).toEqual([0, 4]);
    expect(namedPlaces(names, 400, 70)).toEqual([0]);
    expect(namedPlaces([], 40, 70)).toEqual([]);
  });

  test("of hours are those of the days where one begins, however many hours a day has", () => {
    const days = [
      ...Array.from({ length: 21 }, () => "Sat 24"),
      ...Array.from({ length: 25 }, () => "Sun 25"),
      ...Array.from({ length: 24 }, () => "Mon 26"),
    ];
    const names = dayBeginnings(days);
    expect(namedPlaces(names, 50, 700)).toEqual([21, 46]);
    expect(names[21]).toBe("Sun 25");
    expect(names[46]).toBe("Mon 26");
  });

  test("stand in two rows, or reach over the end", () => {
    expect(twoRowsOf(["Car", "Van", "Truck"])).toEqual(["Car", "\nVan", "Truck"]);
    expect(roomBeside(100, 5, 360)).toBe(20);
    expect(roomBeside(20, 5, 360)).toBe(0);
  });
});
