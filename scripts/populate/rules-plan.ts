import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { Permit } from "@gatehouse/shared/contracts/directive";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { AnyRule } from "../../cloud/src/domain/rules/rule-row.ts";
import { below } from "./chance.ts";
import { type Holder, nameOf } from "./people-plan.ts";
import type { FacilityPlan } from "./plan.ts";

const dayMs = 24 * 3_600_000;
const staffPool = "staff";
const workdays = ["mon", "tue", "wed", "thu", "fri"] as const;

/**
 * What head office has decided for a facility when its history begins: permits that hold, one that is over, one that is
 * to come and one that was taken back; a pool, both lists, visitors and reservations.
 */
export function rulesOf(plan: FacilityPlan, begin: Instant, random: SeededRandom): AnyRule[] {
  const on = (days: number): string => isoOf((begin + days * dayMs) as Instant);
  const staff = plan.holders.filter(({ kind }) => kind === "staff").length;
  return [
    {
      kind: "pool",
      body: {
        pool_id: staffPool,
        name: "Staff",
        capacity: Math.max(2, Math.ceil(staff * 0.7)),
        when_full: "transient",
      },
    },
    ...plan.holders.map((holder, index) =>
      permit(holder, on(-200 + ((index * 37) % 190)), on(730 + ((index * 53) % 365))),
    ),
    ...endedPermits(on),
    ...plan.unwanted.map(({ plate, reason }): AnyRule => ({
      kind: "list-entry",
      body: { list: "deny", plate, reason },
    })),
    {
      kind: "list-entry",
      body: { list: "allow", plate: "RTW112", reason: "ambulance of the district" },
    },
    {
      kind: "list-entry",
      body: { list: "allow", plate: "MUELL7", reason: "waste collection", valid_until: on(200) },
    },
    visitor("guest-1", nameOf(random), "visitor", on(1), on(3)),
    visitor("lift-1", "Lift Service", "contractor", on(-10), on(120)),
    ...reservations(plan, begin, random),
  ];
}

const permit = (
  { permitId, plate, name, kind }: Holder,
  valid_from: string,
  valid_until: string,
  rest: Partial<Permit> = {},
): AnyRule => ({
  kind: "permit",
  body: {
    permit_id: permitId,
    plates: [plate],
    holder: name,
    kind,
    valid_from,
    valid_until,
    ...(kind === "staff" ? { pool_id: staffPool } : {}),
    ...(kind === "season"
      ? { windows: [{ days: [...workdays], from: "05:00", until: "22:00" }] }
      : {}),
    ...rest,
  },
});

function endedPermits(on: (days: number) => string): AnyRule[] {
  const of = (id: string, plate: string, name: string): Holder => ({
    permitId: id,
    plate,
    name,
    kind: "resident",
  });
  return [
    permit(of("permit-901", "PM1901", "Inge Lang"), on(-400), on(-35)),
    permit(of("permit-902", "PM1902", "Hugo Blanc"), on(120), on(485)),
    permit(of("permit-903", "PM1903", "Karl Vogt"), on(-90), on(275), { revoked: true }),
  ];
}

const visitor = (
  visitor_id: string,
  name: string,
  kind: "visitor" | "contractor",
  valid_from: string,
  valid_until: string,
): AnyRule => ({
  kind: "visitor",
  body: {
    visitor_id,
    kind,
    plate: `${kind === "visitor" ? "GS" : "LS"}5012`,
    name,
    valid_from,
    valid_until,
  },
});

function reservations(plan: FacilityPlan, begin: Instant, random: SeededRandom): AnyRule[] {
  return Array.from({ length: 12 }, (_, index): AnyRule => {
    const from = begin + (index * 9 + 1) * dayMs + (7 + below(random, 10)) * 3_600_000;
    return {
      kind: "reservation",
      body: {
        reservation_id: `r-${String(index + 1).padStart(4, "0")}`,
        plate: `RS${4000 + index}`,
        space_type: index % 4 === 3 ? "ev" : "standard",
        reserved_from: isoOf(from as Instant),
        reserved_until: isoOf((from + 4 * 3_600_000) as Instant),
        reservation_amount: 4 * plan.hourMinor,
        status: index === 5 ? "cancelled" : "confirmed",
        created_at: isoOf(begin),
      },
    };
  });
}
