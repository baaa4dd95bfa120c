import type { EventOrder, HolidayOrder } from "@gatehouse/shared/contracts/reports/outlook";
import { type Asking, audited, type Outcome } from "../people/audited.ts";
import type { Database } from "../database.ts";
import { dropEvent, dropHoliday, keepEvent, keepHoliday } from "./calendar.ts";

/** Where somebody changes something, and who. */
export interface CalendarOrdering {
  readonly database: Database;
  readonly facilityId: string;
  readonly organisationId: string;
  readonly asking: Asking;
}

/** Keeps a public holiday, audited. */
export const orderHoliday = (
  { database, facilityId, organisationId, asking }: CalendarOrdering,
  { day, name }: HolidayOrder,
): Promise<Outcome<never>> =>
  audited(database, organisationId, "holiday-kept", asking, async (tx) => {
    const before = await keepHoliday({ drizzle: tx }, facilityId, { day, name });
    return {
      subject: { kind: "holiday", id: `${facilityId}/${day}` },
      facilityId,
      before: before === undefined ? null : { name: before },
      after: { name },
    };
  });

/** Takes a public holiday back, audited. */
export const removeHoliday = (
  { database, facilityId, organisationId, asking }: CalendarOrdering,
  day: string,
): Promise<Outcome<"no-such-holiday">> =>
  audited(database, organisationId, "holiday-dropped", asking, async (tx) => {
    const name = await dropHoliday({ drizzle: tx }, facilityId, day);
    if (name === undefined) return { refused: "no-such-holiday" };
    const subject = { kind: "holiday", id: `${facilityId}/${day}` };
    return { subject, facilityId, before: { name } };
  });

/** Keeps an event under the id of its request, audited. */
export const orderEvent = (
  { database, facilityId, organisationId, asking }: CalendarOrdering,
  { request_id: eventId, ...event }: EventOrder,
): Promise<Outcome<"request-id-used">> =>
  audited(database, organisationId, "event-kept", asking, async (tx) => {
    const told = { event_id: eventId, ...event };
    if (!(await keepEvent({ drizzle: tx }, facilityId, told)))
      return { refused: "request-id-used" };
    const subject = { kind: "event", id: `${facilityId}/${eventId}` };
    return { subject, facilityId, after: { ...event }, result: told };
  });

/** Takes an event back, audited. */
export const removeEvent = (
  { database, facilityId, organisationId, asking }: CalendarOrdering,
  eventId: string,
): Promise<Outcome<"no-such-event">> =>
  audited(database, organisationId, "event-dropped", asking, async (tx) => {
    const name = await dropEvent({ drizzle: tx }, facilityId, eventId);
    if (name === undefined) return { refused: "no-such-event" };
    const subject = { kind: "event", id: `${facilityId}/${eventId}` };
    return { subject, facilityId, before: { name } };
  });
