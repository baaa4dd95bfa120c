import type { Me, Welcome } from "@gatehouse/shared/contracts/kiosk";
import type { Secrets } from "@gatehouse/shared/contracts/secrets";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Duration } from "@gatehouse/shared/time";
import { Lockout } from "./lockout.ts";
import { PinCheck } from "./pin.ts";

export type Operators = Secrets["operators"];

export type SignInAnswer =
  | { readonly kind: "welcome"; readonly me: Me }
  | { readonly kind: "wrong" }
  | { readonly kind: "busy" }
  | { readonly kind: "locked"; readonly wait: Duration };

/** Wrong PINs without a wait: for one operator, and for one address, where several people may stand. */
const freeForOperator = 4;
const freeForAddress = 9;

/** Checks PINs, and makes guessing slow for the operator guessed at and for the place the guesses come from. */
export class SignIn {
  readonly #operators: Operators;
  readonly #pins = new PinCheck();
  readonly #byOperator: Lockout;
  readonly #byAddress: Lockout;

  constructor(options: { operators: Operators; clock: Clock; rate: number }) {
    const { operators, clock, rate } = options;
    this.#operators = operators;
    this.#byOperator = new Lockout({ clock, rate, freeFailures: freeForOperator });
    this.#byAddress = new Lockout({ clock, rate, freeFailures: freeForAddress });
  }

  /** Names are on badges, so they may be on the sign-in page; roles are not. */
  operators(): Welcome["operators"] {
    return this.#operators.map(({ id, name }) => ({ operator: id, name }));
  }

  async try(guess: { operator: string; pin: string }, address: string): Promise<SignInAnswer> {
    const operator = this.#operators.find(({ id }) => id === guess.operator);
    const wait = Math.max(
      this.#byAddress.wait(address),
      operator === undefined ? 0 : this.#byOperator.wait(operator.id),
    );
    if (wait > 0) return { kind: "locked", wait: wait as Duration };

    this.#byAddress.begin(address);
    if (operator !== undefined) this.#byOperator.begin(operator.id);
    const matches = await this.#pins.matches(guess.pin, operator?.pin);
    if (matches === undefined) return { kind: "busy" };
    if (!matches || operator === undefined) return { kind: "wrong" };

    this.#byAddress.forgive(address);
    this.#byOperator.forgive(operator.id);
    return {
      kind: "welcome",
      me: { operator: operator.id, name: operator.name, role: operator.role },
    };
  }
}

/** One home or office has a whole /64 of IPv6, so that is one place. */
export function placeOf(address: string | undefined): string {
  const plain = (address ?? "unknown").replace(/^::ffff:(?=\d+\.)/, "");
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.replace(/%.*$/, "").split("::");
  const start = head.split(":").filter((group) => group !== "");
  const end = (tail ?? "").split(":").filter((group) => group !== "");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - start.length - end.length);
  return [...start, ...Array.from({ length: zeros }, () => "0"), ...end].slice(0, 4).join(":");
}

/** Whether the other end is a process on this computer. */
export const isThisMachine = (address: string | undefined): boolean =>
  address === "::1" || /^(::ffff:)?127\./.test(address ?? "");
