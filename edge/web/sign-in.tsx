import type { Welcome } from "@gatehouse/shared/contracts/kiosk";
import { useComputed, useSignal, type Signal } from "@preact/signals";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { StateMark } from "../../shared/web/state-mark.tsx";
import type { Told } from "../../shared/web/ask.ts";
import { askWelcome, signIn } from "./api.ts";
import { welcome } from "./connection.ts";
import { realAge } from "./facility-time.ts";
import { durationText } from "../../shared/web/duration.ts";
import { words } from "./words.ts";

/** What the contract allows. */
const digitsMin = 4;
const digitsMax = 12;
/** Between questions for the names while the daemon does not answer. */
const askAgainMs = 2000;

const lastOperatorKey = "gatehouse-operator";

/** One person, one PIN: by finger on a large keypad or by any keyboard. */
export function SignIn({ why }: { readonly why: "new" | "signed-out" | "ended" }) {
  const told = useSignal<Told<Welcome> | undefined>(undefined);
  const operator = useSignal(localStorage.getItem(lastOperatorKey) ?? "");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const answer = await askWelcome();
      told.value = answer;
      if (answer.kind !== "ok") timer = setTimeout(() => void ask(), askAgainMs);
      else choose(operator, answer.value.operators);
    };
    void ask();
    return () => clearTimeout(timer);
  }, []);

  const greeting = told.value?.kind === "ok" ? told.value.value : undefined;
  return (
    <main class="sign-in">
      <header>
        <p class="brand">Gatehouse</p>
        <h1>{greeting?.facility.name ?? "\u00A0"}</h1>
        <p class="sign-in-why">
          {why === "ended" ? words.loginEnded : why === "signed-out" ? words.signedOut : "\u00A0"}
        </p>
      </header>
      <Trouble told={told} />
      <Operators operators={greeting?.operators} operator={operator} />
      <PinPad operator={operator.value} isReady={greeting !== undefined} />
    </main>
  );
}

/** The person who signed in here last, or the first. */
function choose(operator: Signal<string>, known: Welcome["operators"]): void {
  if (known.some((each) => each.operator === operator.value)) return;
  operator.value = known[0]?.operator ?? "";
}

function Trouble({ told }: { readonly told: Signal<Told<Welcome> | undefined> }) {
  const answer = told.value;
  if (answer === undefined || answer.kind === "ok") return null;
  return (
    <p class="notice tone-bad">
      <StateMark tone="bad" /> {answer.kind === "broken" ? words.broken : words.offline}
    </p>
  );
}

function Operators({
  operators,
  operator,
}: {
  readonly operators: Welcome["operators"] | undefined;
  readonly operator: Signal<string>;
}) {
  if (operators?.length === 0) return <p class="notice">{words.nobodyMaySignIn}</p>;
  return (
    <fieldset class="operators" disabled={operators === undefined}>
      <legend>{words.whoAreYou}</legend>
      {(operators ?? []).map((each) => (
        <label key={each.operator} class="choice">
          <input
            type="radio"
            name="operator"
            checked={each.operator === operator.value}
            onChange={() => (operator.value = each.operator)}
          />
          <span>{each.name}</span>
        </label>
      ))}
      {operators === undefined && <span class="choice skeleton" />}
    </fieldset>
  );
}

function PinPad({ operator, isReady }: { readonly operator: string; readonly isReady: boolean }) {
  const pin = useSignal("");
  const isAsking = useSignal(false);
  const refusal = useSignal<Refusal | undefined>(undefined);
  const text = useComputed(() => refusalText(refusal.value));

  const type = (digit: string): void => {
    if (pin.value.length < digitsMax) pin.value += digit;
    if (refusal.value?.kind !== "locked") refusal.value = undefined;
  };
  const submit = async (): Promise<void> => {
    if (isAsking.value || !isReady || pin.value.length < digitsMin || operator === "") return;
    isAsking.value = true;
    const answer = await signIn(operator, pin.value);
    isAsking.value = false;
    pin.value = "";
    if (answer.kind === "ok") {
      localStorage.setItem(lastOperatorKey, operator);
      welcome(answer.value);
    } else refusal.value = refusalOf(answer);
  };

  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (/^\d$/.test(event.key)) type(event.key);
      else if (event.key === "Backspace") pin.value = pin.value.slice(0, -1);
      else if (event.key === "Escape") pin.value = "";
      else if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) void submit();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [operator, isReady]);

  return (
    <section class="pin" aria-label={words.pin}>
      <output class="visually-hidden">{words.digitsTyped(pin.value.length)}</output>
      <p class="pin-dots" aria-hidden="true">
        {Array.from({ length: Math.max(digitsMin, pin.value.length) }, (_, index) => (
          <span key={index} class={index < pin.value.length ? "typed" : undefined} />
        ))}
      </p>
      <p class="pin-refusal tone-bad" role="alert">
        {text.value !== "" && <StateMark tone="bad" />} {text}
      </p>
      <div class="keypad">
        {["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((digit) => (
          <button key={digit} type="button" onClick={() => type(digit)}>
            {digit}
          </button>
        ))}
        <button
          type="button"
          class="erase"
          aria-label={words.erase}
          disabled={pin.value === ""}
          onClick={() => (pin.value = pin.value.slice(0, -1))}
        >
          ⌫
        </button>
        <button type="button" onClick={() => type("0")}>
          0
        </button>
        <button
          type="button"
          class="primary"
          disabled={!isReady || isAsking.value || pin.value.length < digitsMin}
          onClick={() => void submit()}
        >
          {words.signIn} <kbd>⏎</kbd>
        </button>
      </div>
    </section>
  );
}

type Refusal =
  | { readonly kind: "said"; readonly text: string }
  | { readonly kind: "locked"; readonly sinceMs: number; readonly waitMs: number };

function refusalOf(answer: Exclude<Told<unknown>, { kind: "ok" }>): Refusal {
  if (answer.kind === "unreachable") return { kind: "said", text: words.offline };
  if (answer.kind === "broken") return { kind: "said", text: words.broken };
  const { problem, retryAfterMs } = answer;
  if (problem.type === "locked-out") {
    return { kind: "locked", sinceMs: performance.now(), waitMs: retryAfterMs };
  }
  return { kind: "said", text: problem.type === "wrong-pin" ? words.wrongPin : problem.title };
}

function refusalText(refusal: Refusal | undefined): string {
  if (refusal === undefined) return "";
  if (refusal.kind === "said") return refusal.text;
  const left = refusal.waitMs - realAge(refusal.sinceMs);
  return left > 0 ? words.lockedFor(durationText(left + 999)) : "";
}
