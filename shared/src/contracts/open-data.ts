import { z } from "zod";
import { requestId, why } from "./people.ts";

/*
 * What a facility tells everybody, if it wants to: how full it is and what it costs. Field names are those of the
 * APDS vocabulary (ISO/TS 5206-1) and of DATEX II's parking publications, therefore camelCase. Nothing in it is about
 * a person or a vehicle. A null is "not known", never nothing.
 */

const instant = z.iso.datetime();
const count = z.number().int().nonnegative();

/** Whether a facility tells everybody; off until somebody turns it on. */
export const OpenDataSetting = z.object({ is_public: z.boolean(), version: count });
export type OpenDataSetting = z.infer<typeof OpenDataSetting>;

export const OpenDataOrder = z.strictObject({
  request_id: requestId,
  is_public: z.boolean(),
  /** The version that one has seen; left out where `If-Match` says it. */
  version: count.optional(),
  why: why.optional(),
});

const place = { id: z.string(), version: count, type: z.literal("parkingPlace"), name: z.string() };

/** How many spaces there are. */
const Supply = z.object({ supplyView: z.literal("spaceView"), supplyQuantity: count });

/** A facility and its parts. */
export const ApdsPlace = z.object({
  ...place,
  /** IANA; local times of its rates are in it. */
  timeZone: z.string(),
  supply: Supply.nullable(),
  identifiedAreas: z.array(
    z.object({
      id: z.string(),
      type: z.literal("identifiedArea"),
      name: z.string(),
      level: z.string(),
      supply: Supply,
    }),
  ),
  vehicularAccesses: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      vehicularAccessType: z.enum(["entry", "exit", "reversible"]),
    }),
  ),
});
export type ApdsPlace = z.infer<typeof ApdsPlace>;

/** Every facility that tells everybody. */
export const ApdsPlaces = z.object({
  places: z.array(z.object(place)),
  next_cursor: z.string().nullable(),
});

/** How many spaces are taken; `unknownCount` of them nobody can tell of. */
const Demand = z.object({
  /** Spaces known to be taken; null where no space is known. */
  count: count.nullable(),
  /** Of the spaces that are known, 0 to 100. */
  percentage: z.number().min(0).max(100).nullable(),
  vacantCount: count.nullable(),
  unknownCount: count,
  outOfServiceCount: count,
});
export type Demand = z.infer<typeof Demand>;

/** How full a facility is. */
export const ApdsDemand = z.object({
  placeId: z.string(),
  asOf: instant,
  /** When the facility was heard last; null: never. */
  recordDateTime: instant.nullable(),
  ageSeconds: count.nullable(),
  /** Whether it was heard of late, and everything that it wrote is here. */
  isCurrent: z.boolean(),
  supply: Supply.nullable(),
  demand: Demand,
  areas: z.array(z.object({ areaId: z.string(), supply: Supply, demand: Demand })),
});
export type ApdsDemand = z.infer<typeof ApdsDemand>;

const RateLine = z.object({
  sequence: z.number().int().positive(),
  rateLineType: z.enum(["flatRate", "flatRateTier", "incrementingRate"]),
  /** In major units of the currency, as on the sign. */
  value: z.string(),
  /** ISO 8601: what the value is for. */
  incrementPeriod: z.string().optional(),
  /** ISO 8601: the steps in which the time is counted, where they are not the period itself. */
  countedIn: z.string().optional(),
  durationStart: z.string().optional(),
  durationEnd: z.string().optional(),
});
export type RateLine = z.infer<typeof RateLine>;

/** What a facility costs. */
export const ApdsRates = z.object({
  placeId: z.string(),
  asOf: instant,
  /** Null: head office has sent the facility no tariff that holds now. */
  rateTable: z
    .object({
      id: z.string(),
      version: count,
      name: z.string(),
      validityStart: instant,
      validityEnd: instant.nullable(),
      rateType: z.literal("hourly"),
      rateLineCollections: z.array(
        z.object({
          applicableCurrency: z.string(),
          taxIncluded: z.boolean().nullable(),
          taxRate: z.number().nullable(),
          rateName: z.string().nullable(),
          vehicleTypes: z.array(z.string()),
          rateLines: z.array(RateLine),
        }),
      ),
      /** Parts of the tariff that these lines leave out; where there are any, a stay may cost otherwise. */
      notExpressed: z.array(z.string()),
    })
    .nullable(),
});
export type ApdsRates = z.infer<typeof ApdsRates>;

const reference = { id: z.string(), version: z.string() };

/** DATEX II: what there is. */
export const DatexTable = z.object({
  parkingTablePublication: z.object({
    publicationTime: instant,
    parkingTable: z.object({
      ...reference,
      parkingRecord: z.array(
        z.object({
          ...reference,
          parkingName: z.string(),
          parkingNumberOfSpaces: count.nullable(),
          groupOfParkingSpaces: z.array(
            z.object({ ...reference, parkingName: z.string(), parkingNumberOfSpaces: count }),
          ),
        }),
      ),
    }),
  }),
});
export type DatexTable = z.infer<typeof DatexTable>;

/** DATEX II: how full it is. */
export const DatexStatus = z.object({
  parkingStatusPublication: z.object({
    publicationTime: instant,
    parkingTableReference: z.object(reference),
    parkingRecordStatus: z.array(
      z.object({
        parkingRecordReference: z.object(reference),
        parkingStatusOriginTime: instant.nullable(),
        parkingSiteStatus: z.enum(["spacesAvailable", "full", "unknown"]),
        parkingOccupancy: z.object({
          parkingNumberOfOccupiedSpaces: count.nullable(),
          parkingNumberOfVacantSpaces: count.nullable(),
          parkingOccupancy: z.number().min(0).max(100).nullable(),
        }),
      }),
    ),
  }),
});
export type DatexStatus = z.infer<typeof DatexStatus>;
