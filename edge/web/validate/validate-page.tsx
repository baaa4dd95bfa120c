import type { CodeAnswer, MerchantPage } from "@gatehouse/shared/contracts/validations";
import { type ValidationKind, validationKinds } from "@gatehouse/shared/contracts/money-terms";
import { decimalsOf, formatMinor, minorUnits } from "@gatehouse/shared/money";
import { useSignal } from "@preact/signals";
import type { Told } from "../../../shared/web/ask.ts";
import { answer, type Gift, give, isGiving, made, makeCode, merchant } from "./giving.ts";
import { locale, words } from "./words.ts";

/** A shop gives its guest something: whose vehicle, how much, one button. */
export function ValidatePage() {
  const told = merchant.value;
  if (told === undefined) return <main class="validate">{words.loading}</main>;
  if (told.kind !== "ok")
    return (
      <main class="validate">
        <p class="notice tone-bad">{told.kind === "refused" ? words.noToken : words.offline}</p>
      </main>
    );
  return (
    <main class="validate">
      <h1>{told.value.name}</h1>
      <Left page={told.value} />
      <Form currency={told.value.currency} />
      <Outcome told={answer.value} />
      <Made told={made.value} />
    </main>
  );
}

function Left({ page }: { readonly page: MerchantPage }) {
  const { left_this_month_minor: left, currency } = page;
  if (left === null) return null;
  return (
    <p class="validate-left">
      {words.leftThisMonth(formatMinor(minorUnits(left), currency, locale))}
    </p>
  );
}

function Form({ currency }: { readonly currency: string }) {
  const whose = useSignal("");
  const kind = useSignal<ValidationKind>("minutes");
  const amount = useSignal("60");
  const gift = (): Gift | undefined => {
    const value = valueOf(kind.value, amount.value, currency);
    return value === undefined || isGiving.value ? undefined : { kind: kind.value, value };
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const wanted = gift();
    made.value = undefined;
    if (wanted !== undefined && (await give(whose.value, wanted))) whose.value = "";
  };
  const code = (): void => {
    const wanted = gift();
    answer.value = undefined;
    if (wanted !== undefined) void makeCode(wanted);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <label class="validate-field">
        <span>{words.whose}</span>
        <input
          required
          maxLength={20}
          autocapitalize="characters"
          autocomplete="off"
          value={whose.value}
          onInput={({ currentTarget }) => (whose.value = currentTarget.value)}
        />
      </label>
      <fieldset class="validate-kinds">
        {validationKinds.map((each) => (
          <label key={each} class="choice">
            <input
              type="radio"
              name="kind"
              checked={kind.value === each}
              onChange={() => (kind.value = each)}
            />
            <span>{words.kinds[each]}</span>
          </label>
        ))}
      </fieldset>
      {kind.value === "all" ? null : (
        <label class="validate-field">
          <span>{howMuch(kind.value, currency)}</span>
          <input
            required
            inputMode="decimal"
            pattern="[0-9]+([.,][0-9]+)?"
            value={amount.value}
            onInput={({ currentTarget }) => (amount.value = currentTarget.value)}
          />
        </label>
      )}
      <button class="button primary" type="submit" disabled={isGiving.value}>
        {words.give}
      </button>
      <button class="button" type="button" disabled={isGiving.value} onClick={code}>
        {words.makeCode}
      </button>
    </form>
  );
}

/** A code in letters that can be read across a counter. */
function Made({ told }: { readonly told: Told<CodeAnswer> | undefined }) {
  if (told?.kind !== "ok") return <Outcome told={told} />;
  const { code, expires_at: until } = told.value;
  return (
    <output class="notice tone-back-ok validate-code">
      <strong>{code}</strong>
      <span>{words.codeMade(dayText(until))}</span>
    </output>
  );
}

const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
const dayText = (iso: string): string => days.format(Date.parse(iso));

function Outcome({ told }: { readonly told: Told<unknown> | undefined }) {
  if (told === undefined) return null;
  const isGiven = told.kind === "ok";
  const text = isGiven
    ? words.given
    : told.kind === "refused"
      ? (words.refused[told.problem.type] ?? told.problem.title)
      : words.offline;
  return <output class={`notice ${isGiven ? "tone-ok" : "tone-bad"}`}>{text}</output>;
}

const howMuch = (kind: Exclude<ValidationKind, "all">, currency: string): string =>
  kind === "amount" ? words.howMuch.amount(currency) : words.howMuch[kind];

/** Whole minutes, percent or minor units; undefined when it is none of them. */
function valueOf(kind: ValidationKind, written: string, currency: string): number | undefined {
  if (kind === "all") return 0;
  const number = Number(written.replace(",", "."));
  const value =
    kind === "amount" ? Math.round(number / decimalsOf(currency)(minorUnits(1))) : number;
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
