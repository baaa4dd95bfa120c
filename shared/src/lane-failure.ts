/**
 * What a lane rests on and may have to do without. `power`: the lane's boards lose the daemon or their supply;
 * `broker`: its loops or sensors fall silent; `camera`: no camera of it reads plates; `payment`: its terminal
 * cannot take money; `cloud`: rights from head office are days old; `fire`: the fire alarm's contact.
 */
export const failures = ["power", "broker", "camera", "payment", "cloud", "fire"] as const;
export type Failure = (typeof failures)[number];

/** `open`: let vehicles pass. `secure`: keep the barrier as it is and call a person. */
export type FailurePolicy = Readonly<Record<Failure, "open" | "secure">>;

/**
 * What a lane does at each failure, where its configuration is silent: nothing opens by itself, except that
 * exits stand open at a fire alarm and that old rights from head office go on counting.
 */
export function failurePolicyOf(lane: {
  readonly direction: "entry" | "exit" | "reversible";
  readonly on_failure: Readonly<Partial<Record<Failure, "open" | "secure">>>;
}): FailurePolicy {
  const unwritten: FailurePolicy = {
    power: "secure",
    broker: "secure",
    camera: "secure",
    payment: "secure",
    cloud: "open",
    fire: lane.direction === "entry" ? "secure" : "open",
  };
  return { ...unwritten, ...lane.on_failure };
}
