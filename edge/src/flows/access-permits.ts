import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  NeutralRequest,
  PermitsData,
  PermitView,
  RightsAnswer,
} from "@gatehouse/shared/contracts/rights";
import { isoOf } from "@gatehouse/shared/time";
import { authorise, type PermitFact } from "../domain/access.ts";
import { reasonText } from "@gatehouse/shared/told/explain";
import {
  findPermit,
  findPool,
  permitPlatesOf,
  permitsOf,
  resetPresences,
} from "../store/access.ts";
import { type KeepingDeps, plateFrom } from "./access-keeping.ts";
import { isRefusal, type Refusal, refusal } from "./desk.ts";

/** The permits of a plate, whether each holds now, and where its vehicles are. */
export function tellPermits(deps: KeepingDeps, written: string): PermitsData | Refusal {
  const plate = plateFrom(written);
  if (isRefusal(plate)) return plate;
  // Asked at no lane: whoever is on the way in anywhere counts.
  const permits = permitsOf(deps.book, plate, "");
  return { plate, permits: permits.map((permit) => viewOf(deps, permit)) };
}

/** Nobody knows any more where the vehicles of a permit, or of all, are: each may come in once more. */
export function makeNeutral(
  { book, clock }: KeepingDeps,
  { permit_id: permitId, why: reason }: NeutralRequest,
  actor: Actor,
): RightsAnswer | Refusal {
  const now = clock.now();
  return book.write<RightsAnswer | Refusal>((tx) => {
    if (permitId !== null && findPermit(tx, permitId) === undefined)
      return refusal("unknown-permit", `There is no permit ${permitId}.`);
    const vehicles = resetPresences(tx, permitId ?? undefined, now);
    const body = { permit_id: permitId, vehicles, actor, reason };
    tx.append(now, { type: "presence-reset", body });
    const whose = permitId === null ? "all permits" : `permit ${permitId}`;
    const which = vehicles === 1 ? "1 vehicle" : `${vehicles} vehicles`;
    return { sentence: `${which} of ${whose} made neutral: each may come in once.` };
  }, "plain");
}

/** As it would be judged at a lane where it is taken. */
function viewOf({ book, clock, calendar }: KeepingDeps, permit: PermitFact): PermitView {
  const { permitId, pool } = permit;
  const row = findPermit(book, permitId);
  const judged = authorise(
    { denied: undefined, allowed: undefined, permits: [permit], visitors: [], reservations: [] },
    { at: clock.now(), calendar, laneId: permit.lanes[0] ?? "", laneZones: [] },
  );
  return {
    permit_id: permitId,
    kind: row?.kind ?? "season",
    holder: row?.holder ?? null,
    plates: permitPlatesOf(book, permitId),
    valid_from: isoOf(permit.validFrom),
    valid_until: isoOf(permit.validUntil),
    holds: judged.grant !== undefined,
    sentence: judged.rules.map(reasonText).join("; "),
    anti_passback: permit.passback.mode,
    pool:
      pool === undefined
        ? null
        : {
            pool_id: pool.poolId,
            name: findPool(book, pool.poolId)?.name ?? pool.poolId,
            capacity: pool.capacity,
            used_by_others: pool.used,
          },
    presences: permit.presences.map(({ plate, state, since, laneId }) => ({
      plate,
      state,
      since: isoOf(since),
      lane_id: laneId,
    })),
  };
}
