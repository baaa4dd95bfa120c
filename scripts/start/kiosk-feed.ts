import { KioskMessage, type KioskState, type SpaceView } from "@gatehouse/shared/contracts/kiosk";
import { WebSocket } from "ws";

const retryMs = 1000;

/**
 * Watches the facility as an attendant's page does: signs in with a PIN and follows the live WebSocket. It
 * comes back by itself when the daemon was away.
 */
export class KioskFeed {
  readonly #origin: string;
  readonly #operator: { readonly id: string; readonly pin: string };
  readonly #onSpaces: (spaces: readonly SpaceView[]) => void;
  #state: KioskState | undefined;
  #socket: WebSocket | undefined;
  #cookie = "";
  #stopped = false;

  constructor(
    port: number,
    operator: { readonly id: string; readonly pin: string },
    onSpaces: (spaces: readonly SpaceView[]) => void,
  ) {
    this.#origin = `http://127.0.0.1:${port}`;
    this.#operator = operator;
    this.#onSpaces = onSpaces;
  }

  /** What the page would show now; undefined before the first message. */
  get state(): KioskState | undefined {
    return this.#state;
  }

  async start(): Promise<void> {
    const cookie = await this.#signIn();
    this.#cookie = cookie;
    const socket = new WebSocket(`${this.#origin.replace("http", "ws")}/api/live`, {
      headers: { cookie, origin: this.#origin },
    });
    this.#socket = socket;
    socket.on("message", (data: Buffer) => this.#take(data.toString()));
    socket.on("error", () => {});
    socket.on("close", () => {
      if (this.#stopped) return;
      setTimeout(() => void this.start().catch(() => {}), retryMs).unref();
    });
  }

  /** Asks the kiosk's interface as the operator who is signed in. */
  ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("cookie", this.#cookie);
    headers.set("origin", this.#origin);
    return fetch(`${this.#origin}${path}`, { ...init, headers });
  }

  stop(): void {
    this.#stopped = true;
    this.#socket?.terminate();
  }

  async #signIn(): Promise<string> {
    const { id, pin } = this.#operator;
    const answer = await fetch(`${this.#origin}/api/login`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: this.#origin },
      body: JSON.stringify({ operator: id, pin }),
    });
    const cookie = answer.headers.get("set-cookie")?.split(";")[0];
    if (!answer.ok || cookie === undefined)
      throw new Error(`the kiosk refused the sign-in (${answer.status})`);
    return cookie;
  }

  #take(text: string): void {
    const message = KioskMessage.parse(JSON.parse(text));
    if (message.type === "state") {
      this.#state = message;
      this.#onSpaces(message.spaces);
      return;
    }
    if (this.#state === undefined) return;
    const { type: _type, lanes: _lanes, spaces, ...parts } = message;
    this.#state = { ...this.#state, ...definedOf(parts) };
    if (spaces !== undefined) this.#onSpaces(spaces);
  }
}

const definedOf = <T extends object>(parts: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

/** The daemon's metrics as numbers by `name{labels}`, in the order of the page. */
export async function readMetrics(port: number): Promise<ReadonlyMap<string, number>> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  if (!answer.ok) throw new Error(`the daemon's metrics cannot be read (${answer.status})`);
  const lines = (await answer.text())
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const cut = line.lastIndexOf(" ");
      return [line.slice(0, cut), Number(line.slice(cut + 1))];
    }),
  );
}
