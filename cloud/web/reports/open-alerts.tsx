import { FacilityDetail } from "@gatehouse/shared/contracts/office";
import { AlertList } from "../alert-list.tsx";
import { Answered } from "../frame/answered.tsx";
import { useAnswer } from "../frame/answer.ts";
import { overviewWords as words } from "./overview-words.ts";

/** What is wrong at a facility now. */
export function OpenAlerts({ facilityId }: { readonly facilityId: string }) {
  const facility = useAnswer(`/api/facilities/${encodeURIComponent(facilityId)}`, FacilityDetail);
  return (
    <Answered answer={facility} skeleton="line">
      {(detail) =>
        detail.alerts.length === 0 ? (
          <p class="quiet">{words.noAlerts}</p>
        ) : (
          <AlertList detail={detail} />
        )
      }
    </Answered>
  );
}
