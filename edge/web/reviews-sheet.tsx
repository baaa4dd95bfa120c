import type { ReviewRequest, ReviewsData } from "@gatehouse/shared/contracts/plates";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Told } from "../../shared/web/ask.ts";
import { isReview } from "./asking.ts";
import { chooseWords } from "./choose-words.ts";
import { news } from "./connection.ts";
import { askReviews, endReview } from "./desk-api.ts";
import { alerts } from "./model.ts";
import { Said, Sheet } from "./sheet.tsx";
import { hideShown } from "./showing.ts";
import { troubleOf } from "./told.ts";
import { Vehicle } from "./vehicle.tsx";

/** Pairs of sessions under one plate: of one vehicle, or of two. */
export function ReviewsSheet() {
  const told = useSignal<Told<ReviewsData> | undefined>(undefined);
  const isAsking = useSignal(false);
  const trouble = useSignal("");
  const open = alerts.value.filter(isReview).length;
  useEffect(() => void askReviews().then((answer) => (told.value = answer)), [open]);
  const press = async (reviewId: string, action: ReviewRequest["action"]): Promise<void> => {
    if (isAsking.value) return;
    isAsking.value = true;
    trouble.value = troubleOf(await endReview(reviewId, { action }));
    told.value = await askReviews();
    isAsking.value = false;
  };
  const reviews = told.value?.kind === "ok" ? told.value.value.reviews : [];
  const isIdle = !isAsking.value && news.value === "live";
  return (
    <Sheet
      id="reviews-title"
      title={chooseWords.reviewsTitle}
      isWide
      isBusy={isAsking.value}
      onClose={hideShown}
    >
      {told.value === undefined && <p class="skeleton skeleton-story" />}
      {told.value?.kind === "ok" && reviews.length === 0 && (
        <p class="empty">{chooseWords.noReviews}</p>
      )}
      <ul class="reviews">
        {reviews.map(({ review_id: id, kind, earlier, later }) => (
          <li key={id} class="review">
            <p>{chooseWords.kinds[kind]}</p>
            <div class="pair">
              <section>
                <h3>{chooseWords.earlier}</h3>
                <Vehicle session={earlier} />
              </section>
              <section>
                <h3>{chooseWords.later}</h3>
                <Vehicle session={later} />
              </section>
            </div>
            <div class="pair">
              <button
                type="button"
                class="button act"
                disabled={!isIdle}
                onClick={() => void press(id, "merge")}
              >
                {chooseWords.merge}
              </button>
              <button
                type="button"
                class="button act"
                disabled={!isIdle}
                onClick={() => void press(id, "keep-both")}
              >
                {chooseWords.keepBoth}
              </button>
            </div>
          </li>
        ))}
      </ul>
      <Said trouble={trouble.value || troubleOf(told.value)} />
    </Sheet>
  );
}
