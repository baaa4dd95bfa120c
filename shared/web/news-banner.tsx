import { durationText } from "./duration.ts";
import { StateMark } from "./state-mark.tsx";

/** How far what a page shows can be trusted. */
export type News = "loading" | "live" | "stale" | "offline" | "broken";

export interface NewsBannerProps {
  readonly news: News;
  /** Real milliseconds since the last news. */
  readonly silenceMs: number;
  /** Real milliseconds until the next try; 0 while one is under way. */
  readonly untilNextTryMs: number;
  /** From when what stands below is, said after what is wrong; "" to leave it out. */
  readonly asOf: string;
  readonly words: {
    readonly stale: (age: string) => string;
    readonly offline: string;
    readonly tryAgainIn: (time: string) => string;
    readonly tryingNow: string;
    readonly tryNow: string;
    readonly broken: string;
    readonly brokenHint: string;
    readonly reload: string;
  };
  readonly onTryNow: () => void;
}

/** How far the page can be trusted, when it cannot be trusted whole. */
export function NewsBanner(props: NewsBannerProps) {
  const { news, silenceMs, untilNextTryMs, asOf, words, onTryNow } = props;
  switch (news) {
    case "loading":
    case "live":
      return null;
    case "stale":
      return (
        <div class="banner tone-back-warn">
          <StateMark tone="warn" />
          <p>
            <strong>{words.stale(durationText(silenceMs))}</strong> {asOf}
          </p>
        </div>
      );
    case "offline":
      return (
        <div class="banner tone-back-bad">
          <StateMark tone="bad" />
          <p>
            <output>
              <strong>{words.offline}</strong>
            </output>{" "}
            {asOf}{" "}
            {untilNextTryMs > 0
              ? words.tryAgainIn(durationText(untilNextTryMs + 999))
              : words.tryingNow}
          </p>
          <button type="button" class="button" onClick={onTryNow}>
            {words.tryNow}
          </button>
        </div>
      );
    case "broken":
      return (
        <div class="banner tone-back-bad">
          <StateMark tone="bad" />
          <p>
            <output>
              <strong>{words.broken}</strong>
            </output>{" "}
            {words.brokenHint}
          </p>
          <button type="button" class="button" onClick={() => location.reload()}>
            {words.reload}
          </button>
        </div>
      );
  }
}
