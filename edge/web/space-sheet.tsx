import type { SpaceView } from "@gatehouse/shared/contracts/kiosk";
import type {
  SpaceVehicleAnswer,
  SpaceVehicleData,
} from "@gatehouse/shared/contracts/space-vehicles";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Told } from "../../shared/web/ask.ts";
import { durationText } from "../../shared/web/duration.ts";
import { chooseWords } from "./choose-words.ts";
import { news } from "./connection.ts";
import { ageOf } from "./facility-time.ts";
import { spaceNow } from "./model.ts";
import { newRequestId } from "./opening.ts";
import { FoundSessions, useSessionFinder } from "./session-finder.tsx";
import { Said, Sheet } from "./sheet.tsx";
import { hideShown } from "./showing.ts";
import { askSpaceVehicle, endSpaceVehicle, saySpaceVehicle } from "./space-api.ts";
import { spaceWords } from "./space-words.ts";
import { troubleOf } from "./told.ts";
import { Vehicle } from "./vehicle.tsx";
import { words } from "./words.ts";

/** Whose vehicle stands in a space: who is known to, and who truly does. */
export function SpaceSheet({ spaceId }: { readonly spaceId: string }) {
  const told = useSignal<Told<SpaceVehicleData> | undefined>(undefined);
  const pressed = useSignal<Told<SpaceVehicleAnswer> | undefined>(undefined);
  const isAsking = useSignal(false);
  const requestId = useSignal(newRequestId());
  const finder = useSessionFinder();
  const { session } = finder;
  const space = spaceNow(spaceId);
  // Somebody else, or the space's own sensor, may tell of it meanwhile.
  useEffect(() => {
    void askSpaceVehicle(spaceId).then((answer) => (told.value = answer));
  }, [space?.vehicle?.session_id]);
  const press = async (act: () => Promise<Told<SpaceVehicleAnswer>>): Promise<void> => {
    isAsking.value = true;
    pressed.value = await act();
    isAsking.value = false;
    if (pressed.value.kind === "ok") hideShown();
    // Nothing happened: another try is another request.
    if (pressed.value.kind === "refused") requestId.value = newRequestId();
  };
  const request_id = requestId.value;
  const isLive = news.value === "live" && !isAsking.value;
  return (
    <Sheet
      id="space-title"
      title={spaceWords.title(space?.number ?? spaceId)}
      isWide
      isBusy={isAsking.value}
      submit={{
        text:
          session === undefined
            ? spaceWords.choose
            : spaceWords.stands(session.plate ?? chooseWords.noPlate),
        isPossible: session !== undefined && isLive,
        press: () => {
          if (session === undefined) return;
          const { session_id } = session;
          void press(() => saySpaceVehicle(spaceId, { request_id, session_id }));
        },
      }}
      onClose={hideShown}
    >
      <div class="choose">
        <Known
          space={space}
          told={told.value}
          isLive={isLive}
          end={(as) => void press(() => endSpaceVehicle(spaceId, { request_id, as }))}
        />
        <section class="inside-list">
          <h3>{spaceWords.whose}</h3>
          <FoundSessions finder={finder} group="vehicle" label={spaceWords.whose} />
        </section>
      </div>
      <Said
        trouble={troubleOf(pressed.value) || troubleOf(finder.told) || troubleOf(told.value)}
        {...(finder.hint !== undefined && { hint: finder.hint })}
      />
    </Sheet>
  );
}

function Known({
  space,
  told,
  isLive,
  end,
}: {
  readonly space: SpaceView | undefined;
  readonly told: Told<SpaceVehicleData> | undefined;
  readonly isLive: boolean;
  readonly end: (as: "gone" | "taken-back") => void;
}) {
  const vehicle = told?.kind === "ok" ? told.value.vehicle : null;
  const isOccupied = space?.status === "occupied";
  return (
    <section class="standing">
      <h3>{spaceWords.now}</h3>
      {space !== undefined && (
        <p class="quiet">
          {words.spaceFor(
            space.number,
            words.status[space.status] ?? space.status,
            durationText(ageOf(space.since)),
            words.types[space.space_type] ?? space.space_type,
          )}
        </p>
      )}
      {vehicle === null ? (
        <p>{isOccupied ? spaceWords.nobodyKnown : spaceWords.nobodyThere}</p>
      ) : (
        <>
          <Vehicle session={vehicle.session} />
          <p class="quiet">
            {spaceWords.by[vehicle.witness](vehicle.by, durationText(ageOf(vehicle.said_at)))}
          </p>
          <p class="chips">
            <button type="button" class="button" disabled={!isLive} onClick={() => end("gone")}>
              {spaceWords.gone}
            </button>
            <button
              type="button"
              class="button"
              disabled={!isLive}
              onClick={() => end("taken-back")}
            >
              {spaceWords.wrong}
            </button>
          </p>
        </>
      )}
    </section>
  );
}
