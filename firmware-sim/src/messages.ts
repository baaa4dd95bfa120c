/** What the simulator tells whoever started it, over the process's channel. */
export type SimulatorMessage =
  | { readonly type: "ready" }
  | {
      readonly type: "truth";
      readonly space_id: string;
      readonly occupied: boolean;
      readonly at: number;
    }
  | ({ readonly type: "stats" } & SimulatorStats);

export interface SimulatorStats {
  /** Since this start. */
  readonly cars_in: number;
  readonly cars_out: number;
  readonly tailgated: number;
  readonly inside: number;
  /** Cars before an arm, at entries and exits. */
  readonly queued: number;
  readonly arrived: number;
  readonly drove_on: number;
  /** OPEN contacts that moved an arm, by lane. */
  readonly openings: Readonly<Record<string, number>>;
  /** Minor units booked by terminal since this start. */
  readonly booked_minor: number;
  /** Simulated devices on the broker that are connected. */
  readonly connected: number;
  readonly devices: number;
}

/** What it is told. `open`: cars may come. `drain`: nobody comes any more. */
export type SimulatorCommand = { readonly type: "open" | "drain" };
