import "./story.css";
import { SessionStory } from "@gatehouse/shared/contracts/reports/story";
import type { ReportAbout } from "@gatehouse/shared/contracts/reports/report";
import { useSignal } from "@preact/signals";
import { countText, momentText, moneyText, timeText, unknown } from "../format.ts";
import { facilityAddress } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { ReportHead } from "../frame/page-head.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { PageSection } from "../frame/page-section.tsx";
import { Moment, Money } from "../frame/values.tsx";
import { reportPath } from "../reports/report-path.ts";
import { PlateOf, stayText } from "./session-columns.tsx";
import { StoryMoney } from "./story-money.tsx";
import { tellLine } from "./story-telling.ts";
import { storyWords as words } from "./story-words.ts";
import { classText, stateText, terms } from "./terms.ts";

/** One session opened whole: what is known of it, what happened line by line, and all its papers. */
export function StoryPage({ facility, question }: FacilityPageProps) {
  const { id = "" } = question;
  const answer = useAnswer(
    id === "" ? undefined : reportPath(facility.facilityId, "session", { session_id: id }),
    SessionStory,
  );
  const told = answer.value;
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title(told?.session.vehicle_number ?? "")}
        about={told?.about}
        sentence={told === undefined ? undefined : sentenceOf(told)}
      />
      {id === "" ? (
        <p class="empty">{words.whichOne}</p>
      ) : (
        <Answered answer={answer}>
          {(story) => (
            <div class="story">
              <Facts story={story} />
              <Lines story={story} />
              <StoryMoney story={story} />
            </div>
          )}
        </Answered>
      )}
    </>
  );
}

function sentenceOf({ session, about }: SessionStory): string {
  const stay = stayText(session.duration_seconds);
  const amount =
    session.total_amount_minor === null
      ? undefined
      : moneyText(session.total_amount_minor, about.currency);
  const isInside = session.state === "open" || session.state === "settled";
  return isInside
    ? words.isInside(stay, amount)
    : words.ended(stateText(session), stay, amount, terms.payment[session.payment_status]);
}

function Facts({ story }: { readonly story: SessionStory }) {
  const { session, about, raw_plate } = story;
  const { facility_id, timezone, currency } = about;
  const plate = session.vehicle_number ?? "";
  const permit = [session.owner, session.permit_id].filter((each) => each !== null).join(" · ");
  const facts: readonly (readonly [string, preact.ComponentChildren])[] = [
    [
      words.plate,
      <>
        <PlateOf plate={plate} {...(raw_plate === null ? {} : { raw: raw_plate })} />{" "}
        {plate !== "" && (
          <a href={facilityAddress(facility_id, "vehicle", { plate })}>{words.itsVisits}</a>
        )}
      </>,
    ],
    ...(raw_plate === null ? [] : [[words.read, raw_plate || words.nothingRead] as const]),
    [words.vehicleClass, classText(session.vehicle_class)],
    [
      words.entry,
      <>
        <Moment at={session.entry_time} timezone={timezone} /> {session.entry_lane}
        {story.is_entry_assumed && ` (${words.assumed})`}
      </>,
    ],
    [
      words.exit,
      <>
        <Moment at={session.exit_time} timezone={timezone} /> {session.exit_lane}
      </>,
    ],
    [words.stay, stayText(session.duration_seconds)],
    [words.place, [session.space_id, session.zone_name].filter(Boolean).join(" · ") || unknown],
    ...(permit === "" ? [] : [[words.permit, permit] as const]),
    ...(story.reservation_id === null ? [] : [[words.reservation, story.reservation_id] as const]),
    [
      words.tariff,
      story.tariff_id === null
        ? unknown
        : `${story.tariff_id} ${words.version(countText(story.tariff_version))}`,
    ],
    [words.price, <Money minor={session.total_amount_minor} currency={currency} />],
    [words.paid, <Money minor={session.paid_minor} currency={currency} />],
    ...(story.grace_until === null
      ? []
      : [[words.grace, momentText(story.grace_until, timezone)] as const]),
  ];
  return (
    <dl class="story-facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What only who keeps the books or mends a gate wants to see. */
const technical = new Set(["entry-posted", "gate-commanded", "gate-answered"]);

function Lines({
  story: { lines, about, is_complete, is_archived },
}: {
  readonly story: SessionStory;
}) {
  const isWhole = useSignal(false);
  const shown = isWhole.value ? lines : lines.filter(({ type }) => !technical.has(type));
  return (
    <PageSection title={words.happened}>
      {lines.length === 0 ? (
        <p class="empty">{words.noLines}</p>
      ) : (
        <ol class="story-lines">
          {shown.map((line) => (
            <li key={`${line.epoch}/${line.seq}`}>
              <time dateTime={line.at} title={momentText(line.at, about.timezone)}>
                {timeText(line.at, about.timezone)}
              </time>
              <span>
                <DayChange about={about} at={line.at} before={before(shown, line)} />
                {tellLine(line, about)}
              </span>
              <span class="quiet number" title={words.lineOf(`${line.epoch}/${line.seq}`)}>
                {countText(line.seq)}
              </span>
            </li>
          ))}
        </ol>
      )}
      {is_archived && <p class="quiet">{words.archived}</p>}
      {!is_complete && <p class="quiet">{words.notComplete}</p>}
      {shown.length < lines.length || isWhole.value ? (
        <button
          type="button"
          class="link"
          aria-pressed={isWhole.value}
          onClick={() => (isWhole.value = !isWhole.value)}
        >
          {isWhole.value
            ? words.hideTechnical
            : words.showTechnical(countText(lines.length - shown.length))}
        </button>
      ) : null}
    </PageSection>
  );
}

type Line = SessionStory["lines"][number];

const before = (lines: readonly Line[], line: Line): string | undefined =>
  lines[lines.indexOf(line) - 1]?.at;

/** A time of day alone would mislead where another day has begun. */
function DayChange({
  about: { timezone },
  at,
  before: last,
}: {
  readonly about: ReportAbout;
  readonly at: string;
  readonly before: string | undefined;
}) {
  const dayAt = (moment: string): string => dayOf(moment, timezone);
  if (last !== undefined && dayAt(last) === dayAt(at)) return null;
  return <strong class="story-day">{dayAt(at)}</strong>;
}

const dayOf = (at: string, timeZone: string): string =>
  momentText(at, timeZone)
    .replace(timeText(at, timeZone), "")
    .replace(/[,\s]+$/, "");
