import type { ReadView, SessionView } from "@gatehouse/shared/contracts/plates";
import { useSignal } from "@preact/signals";
import { durationText } from "../../shared/web/duration.ts";
import { Plate } from "../../shared/web/plate.tsx";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { chooseWords } from "./choose-words.ts";
import { pictureOf } from "./desk-api.ts";
import { ageOf } from "./facility-time.ts";
import { momentText, moneyText } from "./format.ts";
import { facility, laneSignal } from "./model.ts";
import { words } from "./words.ts";

/** The picture of a read; a frame of the same size says where there is none. */
export function ReadPicture({ read }: { readonly read: ReadView | null }) {
  const isMissing = useSignal(false);
  if (read === null || isMissing.value) {
    return <span class="read-picture none">{chooseWords.noPicture}</span>;
  }
  return (
    <img
      class="read-picture"
      src={pictureOf(read.reader_id, read.read_id)}
      alt={chooseWords.picture(read.corrected_plate)}
      onError={() => (isMissing.value = true)}
    />
  );
}

/** A vehicle that is inside: its picture at the entry, its plate, since when, and what is known besides. */
export function Vehicle({
  session,
  odd,
}: {
  readonly session: SessionView;
  /** What speaks against it besides its plate. */
  readonly odd?: { readonly isOtherClass: boolean; readonly isOtherColour: boolean };
}) {
  const zone = facility.value?.timezone ?? "UTC";
  const plate = session.plate ?? "";
  const lane = laneSignal(session.entry_lane_id)?.value.name ?? session.entry_lane_id;
  return (
    <>
      <ReadPicture key={session.entry_read?.read_id} read={session.entry_read} />
      <Plate
        plate={plate}
        raw={session.raw_plate}
        label={plate === "" ? chooseWords.noPlate : words.plateLabel(plate)}
      />
      <span class="vehicle-facts">
        <time dateTime={session.entry_at} title={momentText(Date.parse(session.entry_at), zone)}>
          {chooseWords.cameIn(durationText(ageOf(session.entry_at)), lane)}
        </time>
        {session.vehicle_class !== "unknown" && (
          <span>{chooseWords.classes[session.vehicle_class] ?? session.vehicle_class}</span>
        )}
        {session.vehicle_colour !== null && <span>{colourText(session.vehicle_colour)}</span>}
        {session.place !== undefined && <span>{chooseWords.stands(session.place.space_id)}</span>}
        {session.place === undefined && session.kept_space_id !== undefined && (
          <span>{chooseWords.kept(session.kept_space_id)}</span>
        )}
        {session.has_permit && <span>{chooseWords.permit}</span>}
        {session.paid_minor > 0 && (
          <span>
            {chooseWords.paid(moneyText(session.paid_minor, facility.value?.currency ?? "EUR"))}
          </span>
        )}
        {odd?.isOtherClass === true && <Odd text={chooseWords.otherClass} />}
        {odd?.isOtherColour === true && <Odd text={chooseWords.otherColour} />}
      </span>
    </>
  );
}

const Odd = ({ text }: { readonly text: string }) => (
  <span class="tone-warn">
    <StateMark tone="warn" /> {text}
  </span>
);

/** A colour in the page's language; one that it has no word for as the camera named it. */
export const colourText = (colour: string): string => chooseWords.colours[colour] ?? colour;
