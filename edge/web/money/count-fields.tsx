import { useSignal, type Signal } from "@preact/signals";
import { Kind } from "../rights-fields.tsx";
import { AmountField } from "./amount-field.tsx";
import { amountText, currency, minorOf } from "./amounts.ts";
import { facesOf } from "./cash-pieces.ts";
import { shiftWords } from "./shift-words.ts";

const ways = ["pieces", "sum"] as const;

/** A count of a drawer on its way: by coins and notes, or the sum alone. */
export interface Count {
  readonly way: Signal<(typeof ways)[number]>;
  readonly sum: Signal<string>;
  /** Face value in minor units → pieces, as written. */
  readonly pieces: Signal<Readonly<Record<string, string>>>;
  /** As the contracts want it; undefined: not whole yet. */
  readonly counted:
    | { readonly counted_minor: number; readonly pieces?: Record<string, number> }
    | undefined;
  clear(): void;
}

export function useCount(): Count {
  const way = useSignal<(typeof ways)[number]>("pieces");
  const sum = useSignal("");
  const pieces = useSignal<Readonly<Record<string, string>>>({});
  return {
    way,
    sum,
    pieces,
    counted: countedOf(way.value, sum.value, pieces.value),
    clear() {
      sum.value = "";
      pieces.value = {};
    },
  };
}

function countedOf(
  way: (typeof ways)[number],
  sum: string,
  pieces: Readonly<Record<string, string>>,
): Count["counted"] {
  if (way === "sum") {
    const counted_minor = minorOf(sum);
    return counted_minor === undefined ? undefined : { counted_minor };
  }
  const written = Object.entries(pieces).filter(([, count]) => count.trim() !== "");
  if (written.length === 0 || written.some(([, count]) => !/^\d{1,5}$/.test(count.trim())))
    return undefined;
  const counts = written.map(([face, count]) => [face, Number(count)] as const);
  return {
    counted_minor: counts.reduce((total, [face, count]) => total + Number(face) * count, 0),
    pieces: Object.fromEntries(counts),
  };
}

/** What lies in the drawer; nobody is told what should. */
export function CountFields({ count }: { readonly count: Count }) {
  const texts = { pieces: shiftWords.byPieces, sum: shiftWords.bySum };
  return (
    <section class="count-drawer">
      <Kind name="count-way" kinds={ways} value={count.way} texts={texts} />
      {count.way.value === "sum" ? (
        <AmountField label={shiftWords.sum} value={count.sum} />
      ) : (
        <>
          <div class="faces">
            {facesOf(currency()).map((face) => (
              <Face key={face} face={face} pieces={count.pieces} />
            ))}
          </div>
          <p class="counted-sum">
            {shiftWords.sum} <strong>{amountText(count.counted?.counted_minor ?? 0)}</strong>
          </p>
        </>
      )}
    </section>
  );
}

function Face({ face, pieces }: { readonly face: number; readonly pieces: Count["pieces"] }) {
  return (
    <label class="face">
      <span>{amountText(face)}</span>
      <input
        type="text"
        inputMode="numeric"
        autocomplete="off"
        maxLength={5}
        value={pieces.value[face] ?? ""}
        onInput={(event) => (pieces.value = { ...pieces.value, [face]: event.currentTarget.value })}
      />
    </label>
  );
}
