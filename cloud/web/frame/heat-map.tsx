import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { unknown } from "../format.ts";
import { frameWords as words } from "./frame-words.ts";
import { locale } from "./language.ts";

export interface HeatMapProps {
  /** A question that it answers. */
  readonly title: string;
  /** Seven weekdays from Monday on, each with its 24 hours; null: not known. */
  readonly week: readonly (readonly (number | null)[])[];
  /** How a value is written in its field: short, without a unit. */
  readonly text: (value: number) => string;
  /** What the highest shade stands for; left out, the highest value. */
  readonly most?: number;
}

const monday = Date.UTC(2026, 0, 5);
const dayMs = 86_400_000;
const weekdayNames = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
const weekdays = Array.from({ length: 7 }, (_, day) => weekdayNames.format(monday + day * dayMs));
const hours = Array.from({ length: 24 }, (_, hour) => hour);
/** So many shades; each field says its number too. */
const shades = 6;

/** A week by hours: the darker a field, the more. A table with numbers, so it is read without colour as well. */
export function HeatMap({ title, week, text, most }: HeatMapProps) {
  const isNarrow = useIsNarrow();
  const highest = most ?? Math.max(0, ...week.flatMap((day) => day.map((value) => value ?? 0)));
  if (highest === 0 || !week.some((day) => day.some((value) => value !== null)))
    return (
      <figure class="chart">
        <figcaption>{title}</figcaption>
        <p class="empty">{words.noRows}</p>
      </figure>
    );
  const field = (day: number, hour: number) => {
    const value = week[day]?.[hour] ?? null;
    const shade =
      value === null || highest === 0
        ? 0
        : Math.min(shades - 1, Math.floor((value / highest) * shades));
    return (
      <td key={`${day} ${hour}`} class={value === null ? "heat heat-none" : `heat heat-${shade}`}>
        {value === null ? unknown : text(value)}
      </td>
    );
  };
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <table class="heat-map">
        <caption class="visually-hidden">{title}</caption>
        {isNarrow ? (
          <>
            <thead>
              <tr>
                <th scope="col">{words.hour}</th>
                {weekdays.map((name) => (
                  <th scope="col" key={name}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {hours.map((hour) => (
                <tr key={hour}>
                  <th scope="row">{hour}</th>
                  {weekdays.map((_, day) => field(day, hour))}
                </tr>
              ))}
            </tbody>
          </>
        ) : (
          <>
            <thead>
              <tr>
                <th scope="col">
                  <span class="visually-hidden">{words.weekday}</span>
                </th>
                {hours.map((hour) => (
                  <th scope="col" key={hour}>
                    {hour}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weekdays.map((name, day) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {hours.map((hour) => field(day, hour))}
                </tr>
              ))}
            </tbody>
          </>
        )}
      </table>
    </figure>
  );
}

/** 24 columns need room; where there is none the hours go down. */
function useIsNarrow(): boolean {
  const narrow = matchMedia("(width < 1180px)");
  const isNarrow = useSignal(narrow.matches);
  useEffect(() => {
    const change = (): void => {
      isNarrow.value = narrow.matches;
    };
    narrow.addEventListener("change", change);
    return () => narrow.removeEventListener("change", change);
  }, []);
  return isNarrow.value;
}
