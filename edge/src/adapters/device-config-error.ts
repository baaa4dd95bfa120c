export interface Complaint {
  /** Where in the configuration, for example `lanes[0].gate.wire`. */
  readonly path: string;
  /** What is wrong and what to write. */
  readonly message: string;
}

/** A configuration whose wires, devices and profiles do not belong together: every complaint at once. */
export class DeviceConfigError extends Error {
  override readonly name = "DeviceConfigError";
  readonly complaints: readonly Complaint[];

  constructor(complaints: readonly Complaint[]) {
    super(complaints.map(({ path, message }) => `${path}: ${message}`).join("\n"));
    this.complaints = complaints;
  }
}
