import { type Right, rights, type Role, roles } from "@gatehouse/shared/contracts/rights-at-office";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  covers,
  type Grant,
  type Holder,
  may,
  mayAnywhere,
  type Place,
  type Reach,
  rightsOf,
} from "../../../src/domain/people/rights.ts";

const organisations = ["main", "berlin", "bonn"];
const facilities: readonly Place[] = [
  { kind: "facility", facilityId: "north", organisationId: "berlin" },
  { kind: "facility", facilityId: "south", organisationId: "berlin" },
  { kind: "facility", facilityId: "rhine", organisationId: "bonn" },
];
const places: readonly Place[] = [
  ...facilities,
  ...organisations.map((organisationId) => ({ kind: "organisation", organisationId }) as const),
];
const under = (...ids: string[]): Reach => ({
  kind: "organisations",
  organisationIds: new Set(ids),
});
const north: Reach = { kind: "facility", facilityId: "north", organisationId: "berlin" };
const holder = (role: Role, reach: Reach, scopes?: readonly Right[]): Holder => ({
  grants: [{ role, reach }],
  scopes: scopes === undefined ? undefined : new Set(scopes),
});
const idOf = (place: Place): string =>
  place.kind === "facility" ? place.facilityId : place.organisationId;
const whereMay = (who: Holder, right: Right): string[] =>
  places.filter((place) => may(who, right, place)).map(idOf);

describe("a role may exactly this", () => {
  test.each<[Role, string]>([
    ["driver", ""],
    ["attendant", "see-facilities see-sessions see-reports"],
    [
      "supervisor",
      "see-facilities see-money see-sessions see-reports set-access send-notices close-alerts plan-work",
    ],
    [
      "manager",
      "see-facilities see-money see-sessions see-reports make-reports set-prices set-access " +
        "send-notices close-alerts plan-work set-notifications see-people change-people",
    ],
    ["technician", "see-facilities close-alerts plan-work"],
    ["admin", rights.join(" ")],
    ["auditor", "see-facilities see-money see-sessions see-reports see-people see-audit"],
  ])("%s: %s", (role, expected) => {
    expect(rights.filter((right) => rightsOf[role].has(right)).join(" ")).toBe(expected);
  });

  test("and the analytics backend's matrix holds: admin everything, staff looks, user nothing", () => {
    const ofReports: readonly Right[] = ["see-reports", "make-reports", "delete-reports"];
    const matrix = (["admin", "attendant", "driver"] as const).map((role) =>
      ofReports.map((right) => rightsOf[role].has(right)),
    );
    expect(matrix).toEqual([
      [true, true, true],
      [true, false, false],
      [false, false, false],
    ]);
  });
});

describe("a right reaches", () => {
  test("one facility and no other, nor its organisation", () => {
    expect(whereMay(holder("manager", north), "set-prices")).toEqual(["north"]);
  });
  test("an organisation, those below it and their facilities, and not those beside it", () => {
    expect(whereMay(holder("manager", under("berlin")), "set-prices")).toEqual([
      "north",
      "south",
      "berlin",
    ]);
    expect(whereMay(holder("auditor", under(...organisations)), "see-audit")).toEqual(
      places.map(idOf),
    );
  });
  test("nowhere without an assignment", () => {
    for (const right of rights) {
      expect(whereMay({ grants: [] }, right)).toEqual([]);
      expect(mayAnywhere({ grants: [] }, right)).toBe(false);
    }
  });
  test("only as far as a token's scopes let it", () => {
    const narrowed = holder("admin", { kind: "everywhere" }, ["see-reports"]);
    expect(rights.filter((right) => mayAnywhere(narrowed, right))).toEqual(["see-reports"]);
    expect(whereMay(holder("driver", north, ["see-reports"]), "see-reports")).toEqual([]);
  });
});

describe("nobody gives more than they hold", () => {
  const reach = fc.oneof(
    fc.constant<Reach>({ kind: "everywhere" }),
    fc.uniqueArray(fc.constantFrom(...organisations)).map((ids) => under(...ids)),
    fc.constantFrom(...facilities).map((place) => place as Reach & { kind: "facility" }),
  );
  const grant: fc.Arbitrary<Grant> = fc.record({ role: fc.constantFrom(...roles), reach });

  test("whatever a grant that is covered allows, the giver may already", () => {
    fc.assert(
      fc.property(fc.array(grant, { maxLength: 3 }), grant, (own, given) => {
        fc.pre(covers({ grants: own }, given));
        const gained = rights.flatMap((right) =>
          places.filter(
            (place) =>
              may({ grants: [given] }, right, place) && !may({ grants: own }, right, place),
          ),
        );
        expect(gained).toEqual([]);
      }),
    );
  });

  test.each<[Role, Reach, Role, Reach, boolean]>([
    ["manager", north, "supervisor", north, true],
    ["manager", north, "admin", north, false],
    ["manager", north, "technician", north, true],
    ["manager", north, "auditor", north, false],
    ["manager", north, "attendant", under("berlin"), false],
    ["manager", under("berlin"), "attendant", north, true],
    ["admin", under("berlin"), "admin", under("main", "berlin", "bonn"), false],
    ["admin", { kind: "everywhere" }, "admin", under("main", "berlin", "bonn"), true],
  ])("%s of %j gives %s of %j: %s", (role, at, givenRole, givenAt, expected) => {
    expect(covers(holder(role, at), { role: givenRole, reach: givenAt })).toBe(expected);
  });
});
