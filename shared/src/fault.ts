/**
 * What can go wrong outside our own code. `retryable`: the same request may succeed later by itself.
 * The hint is read by a technician kneeling at a cabinet.
 */
export const faultTable = {
  "gate-unreachable": {
    retryable: true,
    hint: "The gate's controller does not answer: check its power, cable and address.",
  },
  "gate-release-failed": {
    retryable: true,
    hint: "The OPEN contact may still be closed: the barrier can hold open. Check the relay board.",
  },
  "wire-unreachable": {
    retryable: true,
    hint: "The device does not answer: check power, cable, address and unit number.",
  },
  "wire-timeout": {
    retryable: true,
    hint: "The device took too long: check the bus, its termination and the unit number.",
  },
  "wire-exception": {
    retryable: false,
    hint: "The device refused the request: check register numbers and the profile.",
  },
  "wire-noise": {
    retryable: true,
    hint: "Answers arrive damaged: check shielding, termination and baud rate.",
  },
  "sign-in-refused": {
    retryable: false,
    hint: "The device refuses our user and password, and is asked no more lest it lock the account: correct secrets.json and restart.",
  },
  "terminal-unreachable": {
    retryable: true,
    hint: "The payment terminal does not answer: check its power and network.",
  },
  "terminal-answer-lost": {
    retryable: false,
    hint: "The terminal fell silent during a payment: it is asked for its last receipt, never charged again.",
  },
  "terminal-busy": { retryable: true, hint: "The terminal is busy with another transaction." },
  "gateway-unreachable": {
    retryable: true,
    hint: "The online payment gateway does not answer: check the internet connection; cash and cards at the lane go on.",
  },
  "gateway-answer-lost": {
    retryable: true,
    hint: "The gateway fell silent during a request: it is asked again under the same id, which books nothing twice.",
  },
  "gateway-refused": {
    retryable: false,
    hint: "The gateway refuses the request: check its key in secrets.json, the account, the currency and the amount.",
  },
  "printer-unreachable": {
    retryable: true,
    hint: "The printer does not answer: check its power, its cable, its address, and that it is on line.",
  },
  "printer-no-paper": { retryable: true, hint: "The printer has no paper: put in a new roll." },
  "printer-open": { retryable: true, hint: "The printer's cover is open: close it." },
  "printer-broken": {
    retryable: false,
    hint: "The printer reports an error: look for jammed paper at the cutter, then switch it off and on.",
  },
  "print-unknown": {
    retryable: false,
    hint: "The printer fell silent in the middle of a paper: look whether it came out before it is printed again.",
  },
  "cloud-unreachable": {
    retryable: true,
    hint: "No connection to head office; facts are kept and sent later.",
  },
  "cloud-refused": {
    retryable: false,
    hint: "Head office refuses this facility: check its token and the clock.",
  },
  "sign-unreachable": { retryable: true, hint: "The display is not connected: check its network." },
  "camera-stale": {
    retryable: true,
    hint: "No usable picture: check the lens, the light and the camera's network.",
  },
  "camera-unreachable": {
    retryable: true,
    hint: "The camera does not answer: check its power, its network cable and the address in facility.yaml.",
  },
  "camera-refused": {
    retryable: false,
    hint: "The camera does not let us in: check user and password in secrets.json under the camera's id.",
  },
  "camera-frozen": {
    retryable: true,
    hint: "The camera sends the same picture again and again: restart the camera or its recorder.",
  },
  "camera-black": {
    retryable: true,
    hint: "The picture is black: check the lens cap, the light on site and the camera's night mode.",
  },
  "camera-covered": {
    retryable: true,
    hint: "Something covers the view: clean the lens and clear away what hangs or stands before it.",
  },
  "camera-out-of-focus": {
    retryable: true,
    hint: "The picture is blurred: wipe the lens and focus it; if it is meant to look so, calibrate the camera anew.",
  },
  "camera-moved": {
    retryable: true,
    hint: "The camera looks elsewhere than when it was set up: turn it back, or draw its spaces anew.",
  },
  "ffmpeg-missing": {
    retryable: false,
    hint: "RTSP and video files need ffmpeg: apt-get install ffmpeg. Other cameras work without it.",
  },
  "vision-unreachable": {
    retryable: true,
    hint: "The process that looks at the pictures is restarting: try again in half a minute.",
  },
  "model-unusable": {
    retryable: false,
    hint: "The detector file does not load: it is damaged or of a kind we cannot read. Install it again.",
  },
  "bays-unusable": {
    retryable: false,
    hint: "The file that says where the camera sees the spaces is missing or wrong: draw them again.",
  },
  "calibration-unusable": {
    retryable: false,
    hint: "What the camera learnt when it was calibrated is damaged or incomplete: calibrate it again.",
  },
  "disk-full": {
    retryable: true,
    hint: "The disk is full: free space; nothing new is acknowledged until then.",
  },
  "port-taken": { retryable: false, hint: "Another program holds this port: choose another one." },
  "already-running": {
    retryable: false,
    hint: "Another daemon serves this data folder: stop it first.",
  },
} as const;

export type FaultCode = keyof typeof faultTable;

/** A failure of a device, a disk or a network: thrown by adapters, recorded by flows. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string, options?: { cause?: unknown }) {
    super(`${code}: ${message}`, options);
    this.code = code;
  }

  get retryable(): boolean {
    return faultTable[this.code].retryable;
  }

  get hint(): string {
    return faultTable[this.code].hint;
  }
}
