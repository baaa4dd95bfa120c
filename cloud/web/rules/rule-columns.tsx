import type {
  AccessRule as Rule,
  RuleBody,
  RuleWord,
} from "@gatehouse/shared/contracts/rules/access";
import type { ComponentChildren } from "preact";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { minuteText, unknown } from "../format.ts";
import { facilityAddress } from "../frame/address.ts";
import type { Column } from "../frame/data-table.tsx";
import type { FacilityAt } from "../frame/page.ts";
import { Moment, Money } from "../frame/values.tsx";
import { PlateOf } from "../sessions/session-columns.tsx";
import { accessWords as words } from "./access-words.ts";

type AnyBody = Partial<
  RuleBody["permit"] &
    RuleBody["pool"] &
    RuleBody["visitor"] &
    Omit<RuleBody["reservation"], "status"> & { status: string; list: string; reason: string }
>;
type Row = Rule<AnyBody>;

/** What a table of rules shows; a row's name opens it. @param asOf now, by head office's clock */
export function ruleColumns(
  word: RuleWord,
  facility: FacilityAt,
  asOf: string,
): readonly Column<Rule>[] {
  const { timezone, facilityId } = facility;
  const text = (name: string, value: (body: AnyBody) => string | undefined): Column<Row> => ({
    key: name,
    title: words.fields[name] ?? name,
    value: ({ body }) => value(body) ?? null,
  });
  const choice = (name: string, value: (body: AnyBody) => string | undefined): Column<Row> => ({
    ...text(name, value),
    show: ({ body }) => words.choices[value(body) ?? ""] ?? value(body) ?? unknown,
  });
  const moment = (name: string, value: (body: AnyBody) => string | undefined): Column<Row> => ({
    ...text(name, value),
    show: ({ body }) => <Moment at={value(body) ?? null} timezone={timezone} />,
  });
  const opened = (
    title: string,
    key: string,
    show: (row: Row) => ComponentChildren,
  ): Column<Row> => ({
    key,
    title,
    value: ({ id }) => id,
    show: (row) => (
      <a class="plain-name" href={facilityAddress(facilityId, word, { edit: row.id })}>
        {show(row)}
      </a>
    ),
  });
  const plates: Column<Row> = {
    ...text("plates", ({ plates: all = [], plate }) => plate ?? all.join(" ")),
    show: ({ body: { plates: all = [], plate } }) =>
      (plate === undefined ? all : [plate]).map((each) => (
        <a
          key={each}
          class="plain"
          title={words.visits}
          href={facilityAddress(facilityId, "vehicle", { plate: each })}
        >
          <PlateOf plate={each} />{" "}
        </a>
      )),
  };
  const named = (key: string) =>
    opened(words.fields[key] ?? key, key, ({ body, id }) => {
      const value: unknown = Object(body)[key];
      return typeof value === "string" && value !== "" ? value : id;
    });
  const own: Readonly<Record<RuleWord, readonly Column<Row>[]>> = {
    permits: [
      named("permit_id"),
      plates,
      text("holder", ({ holder }) => holder),
      choice("kind", ({ kind }) => kind ?? "season"),
      moment("valid_from", ({ valid_from }) => valid_from),
      moment("valid_until", ({ valid_until }) => valid_until),
      text("pool_id", ({ pool_id }) => pool_id),
    ],
    pools: [
      named("name"),
      {
        ...text("pool_id", ({ pool_id }) => pool_id),
        show: ({ id }) => (
          <>
            {id}{" "}
            <a href={facilityAddress(facilityId, "permits", { pool: id })}>{words.permitsOf}</a>
          </>
        ),
      },
      {
        ...text("capacity", () => undefined),
        kind: "number",
        value: ({ body }) => body.capacity ?? null,
      },
      choice("when_full", ({ when_full }) => when_full),
    ],
    lists: [
      opened(words.fields["list"] ?? "", "list", ({ body }) => words.choices[body.list ?? ""]),
      plates,
      text("reason", ({ reason }) => reason),
      moment("valid_until", ({ valid_until }) => valid_until),
    ],
    visitors: [
      named("name"),
      plates,
      text("host", ({ host }) => host),
      choice("kind", ({ kind }) => kind ?? "visitor"),
      moment("valid_from", ({ valid_from }) => valid_from),
      moment("valid_until", ({ valid_until }) => valid_until),
    ],
    reservations: [
      named("reservation_id"),
      plates,
      moment("reserved_from", ({ reserved_from }) => reserved_from),
      moment("reserved_until", ({ reserved_until }) => reserved_until),
      choice("space_type", ({ space_type, space_id }) => space_id ?? space_type),
      {
        key: "reservation_amount",
        title: words.fields["reservation_amount"] ?? "",
        kind: "number",
        value: ({ body }) => body.reservation_amount ?? null,
        show: ({ body }) => (
          <Money minor={body.reservation_amount ?? null} currency={facility.currency} />
        ),
      },
      choice("status", ({ status }) => status),
    ],
  };
  const known: readonly Column<Row>[] = [
    {
      key: "standing",
      title: words.standing,
      value: ({ standing }) => standing,
      show: ({ standing }) => words.standings[standing],
    },
    {
      key: "state",
      title: words.state,
      value: ({ state }) => state,
      show: (row) => (
        <>
          <StateMark tone={stateTones[row.state]} /> {stateText(row)}
        </>
      ),
    },
    {
      key: "changed_at",
      title: words.changed,
      value: ({ changed_at: at }) => at,
      show: ({ changed_at: at, changed_by: by }) => (
        <span title={minuteText(at, timezone)}>
          <Moment at={at} now={asOf} timezone={timezone} />
          {by !== null && ` ${words.changedBy} ${by}`}
        </span>
      ),
    },
  ];
  return [...own[word], ...known] as unknown as readonly Column<Rule>[];
}

const stateTones: Readonly<Record<Rule["state"], Tone>> = {
  sent: "warn",
  applied: "ok",
  refused: "bad",
  told: "unknown",
};

/** How far a rule has come, with its order where it is not there yet. */
export function stateText({
  state,
  directive_number: number,
  detail,
}: Pick<Rule, "state" | "directive_number" | "detail">): string {
  if (state === "sent") return words.sent(number ?? 0);
  if (state === "refused") return words.refused(number ?? 0, detail ?? "");
  return words.states[state] ?? state;
}
