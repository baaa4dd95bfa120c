import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { SignConfig, SignView } from "@gatehouse/shared/contracts/sign-config";
import type { PageSign } from "@gatehouse/shared/ports/sign";
import { isoOf } from "@gatehouse/shared/time";
import type { SignsDesk } from "./signs-desk.ts";

/** Displays that are pages, with what stands around their message. */
export class PageSigns implements SignsDesk {
  readonly #signs: ReadonlyMap<string, { readonly sign: PageSign; readonly card: Card }>;

  constructor(config: FacilityConfig, signs: readonly PageSign[]) {
    this.#signs = new Map(
      signs.flatMap((sign) => {
        const found = config.signs.find(({ id }) => id === sign.signId);
        return found === undefined ? [] : [[sign.signId, { sign, card: cardOf(config, found) }]];
      }),
    );
  }

  view(signId: string): SignView | undefined {
    const found = this.#signs.get(signId);
    if (found === undefined) return undefined;
    const { shown } = found.sign;
    return {
      sign_id: signId,
      ...found.card,
      lines: [...(shown?.message.lines ?? [])],
      free: shown?.message.free ?? null,
      tone: shown?.message.tone ?? "neutral",
      at: shown === undefined ? null : isoOf(shown.at),
    };
  }

  onShow(signId: string, listener: (view: SignView) => void): () => void {
    const sign = this.#signs.get(signId)?.sign;
    if (sign === undefined) return () => {};
    return sign.onShow(() => {
      const view = this.view(signId);
      if (view !== undefined) listener(view);
    });
  }
}

type Card = Pick<SignView, "title" | "arrow">;

function cardOf({ facility, zones, lanes }: FacilityConfig, sign: SignConfig): Card {
  const laneId = sign.lane ?? lanes.find((lane) => lane.sign === sign.id)?.id;
  const zone = zones.find(({ id }) => id === sign.zone);
  const lane = lanes.find(({ id }) => id === laneId);
  return {
    title: sign.title ?? zone?.name ?? lane?.name ?? facility.name,
    arrow: sign.arrow ?? null,
  };
}
