const key = "gatehouse-phone-payment";
/** A payment that was begun longer ago is over, one way or the other. */
const keptForMs = 6 * 3_600_000;

/** A payment that this phone has begun. Who has its id may see what became of it, so it stays in this browser. */
export interface Press {
  readonly requestId: string;
  /** The plate or ticket that was typed. */
  readonly written: string;
  readonly gateway: string;
  /** The driver was led to the gateway's page; else the next press asks for it under the same id. */
  readonly isAnswered: boolean;
}

/** The payment that this phone began last; undefined: none that is still of interest. */
export function keptPress(): Press | undefined {
  const text = localStorage.getItem(key);
  if (text === null) return undefined;
  const { at, press } = JSON.parse(text) as { readonly at: number; readonly press: Press };
  if (Date.now() - at < keptForMs) return press;
  localStorage.removeItem(key);
  return undefined;
}

/** @param press undefined: forgets it */
export function keepPress(press: Press | undefined): void {
  if (press === undefined) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify({ at: Date.now(), press }));
}
