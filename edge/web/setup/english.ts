import type { DrawingFlaw } from "@gatehouse/shared/contracts/drawn-view";

/** Everything the setup page itself says, in English; other languages have exactly the same keys. */
export const english = {
  language: "en",
  title: "Cameras",
  toKiosk: "Kiosk",
  notForYou: "Cameras are set up by technicians and supervisors.",
  notForYouHint: "Sign in as one of them, or ask one.",
  offline: "No connection to the daemon.",
  broken: "The daemon said something that this page does not understand.",
  noAnswer: "No answer from the daemon. Try again.",

  // The list
  cameras: "Cameras",
  noCameras: "No camera is configured.",
  noCamerasHint: "Cameras are written in facility.yaml under “cameras”; then restart the daemon.",
  chooseCamera: "Camera",
  states: { online: "Online", stale: "Silent", offline: "Offline", unknown: "Unknown" } as Record<
    string,
    string
  >,
  drawnCount: (count: number) => (count === 1 ? "1 space drawn" : `${count} spaces drawn`),
  nothingDrawn: "Nothing drawn yet",
  drawingUnusable: "Drawing cannot be read",
  calibrated: "Calibrated",
  notCalibrated: "Not calibrated",
  readsPlates: (lane: string) => `Reads plates at ${lane}`,
  savedBy: (who: string, when: string) => `Saved by ${who}, ${when}`,
  fromFile: "From the file in facility.yaml",

  // The picture
  pictureLabel: (camera: string) => `Picture of ${camera}: what is drawn on it`,
  live: "Live",
  paused: "Paused",
  taken: (age: string) => `${age} ago`,
  testing: (file: string) => `Test picture: ${file}`,
  backToLive: "Back to live",
  pause: "Pause",
  lookNow: "Look now",
  looking: "Looking…",
  waitingForPicture: "Waiting for the first picture…",
  noPicture: "No picture from this camera.",
  noPictureHint: "Or draw on a picture of it that you have as a file.",
  otherShape: (drawn: string, now: string) =>
    `The camera's picture is ${now}, but the drawing was made on ${drawn}: check that the shapes fit.`,
  brighten: "Brighten",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  fit: "Whole picture",

  // Tools
  tools: { select: "Select", space: "Space", row: "Row", zone: "Zone", line: "Line" } as Record<
    string,
    string
  >,
  undo: "Undo",
  redo: "Redo",
  snap: "Snap",
  hints: {
    select:
      "Tap a shape to choose it. Drag it, or one of its corners. Drag beside it to move the picture.",
    space: (number: string) => `Tap the four corners of space ${number} where it meets the ground.`,
    manyCorners: (number: string) =>
      `Tap the corners of space ${number}; tap the first one again to finish.`,
    rowFirst: "Row: tap the four corners of its first space.",
    rowLast: "Now the four corners of its last space.",
    rowPlace: "Check the row, then put it in place.",
    zone: "Tap the corners of the zone; tap the first one again to finish.",
    line: "Tap where the counting line begins, then where it ends.",
  },
  cornersLeft: (count: number) => (count === 1 ? "1 corner to go" : `${count} corners to go`),
  finish: "Finish",
  cancel: "Cancel",

  // The panels
  draw: "Draw",
  check: "Check",
  calibrate: "Calibrate",

  // Drawing
  chosen: "Chosen",
  nothingChosen: "Nothing is chosen.",
  space: "Space",
  zone: "Zone",
  line: "Counting line",
  number: "Number",
  name: "Name",
  zoneUse: "What happens here",
  uses: { entry: "Vehicles come in", exit: "Vehicles leave", area: "Only an area" } as Record<
    string,
    string
  >,
  lineHint: "The arrow shows which way counts as forward.",
  turnAround: "Turn the arrow",
  duplicate: "Duplicate",
  remove: "Delete",
  removeCorner: "Delete corner",
  nextCorner: "Next corner",
  many: (count: number) => `${count} shapes`,
  fillBetween: "Fill the row between",
  nextSpace: "Next space",
  manyCorners: "More than four corners",
  row: "Row",
  howMany: "How many spaces",
  firstNumber: "First number",
  backwards: "Count backwards",
  place: (count: number) => `Put ${count} spaces in place`,
  noRow: "No row fits between these two: check their corners.",
  noSuchSpaces: "not a space of this facility.",
  notDrawn: "Not drawn on any camera",
  allDrawn: "Every space is drawn on a camera.",
  notDrawnHint: "Tap a number to draw that one next.",
  drawnHere: (count: number) => `On this picture (${count})`,
  nothingHere: "Nothing is drawn on this picture yet. Choose Space or Row and tap its corners.",
  flaws: {
    outside: "reaches beyond the picture",
    tiny: "is too small",
    crossed: "crosses itself",
    "unknown-space": "is no space of this facility",
    twice: "is there twice",
  } satisfies Record<DrawingFlaw, string>,

  // Checking
  seen: (taken: number, of: number, vehicles: number) =>
    `${taken} of ${of} spaces are taken; ${vehicles === 1 ? "1 vehicle is" : `${vehicles} vehicles are`} seen.`,
  seenOnly: (vehicles: number) =>
    vehicles === 1
      ? "1 vehicle is seen; no space is drawn."
      : `${vehicles} vehicles are seen; no space is drawn.`,
  nothingSeen: "No picture has been looked at yet.",
  show: "Show on the picture",
  masks: "Free and taken",
  boxes: "Vehicles",
  confidences: "How sure",
  faint: "What hardly anything speaks for, too",
  testPicture: "Test a picture…",
  testPictureHint: "A JPEG or PNG from this camera; nothing of it is kept.",
  occupied: "taken",
  free: "free",
  detector: "Detector",
  classifier: "Classifier",
  together: "Together",
  judgesDisagree: "The two judges disagree",
  tookMs: (ms: string) => `Looked at in ${ms} ms`,
  unsaved: "Judged by the saved drawing; save to check the new one.",

  // Calibrating
  calibrationWhy:
    "A camera sees best when it knows the empty lot. Best of all is one picture without any vehicle, by day and with the light it usually has.",
  byEmpty: "With a picture of the empty lot",
  useShown: "The picture shown is empty",
  useFile: "Choose a picture…",
  byFrames: "Without one",
  byFramesWhy: "The camera learns from its next pictures, whatever they show. Leave it to run.",
  frames: "Pictures",
  learnFrames: "Learn from them",
  calibrating: "Learning…",
  calibratingSince: (age: string) => `Learning for ${age}. You may leave this page.`,
  calibrationDone: "Calibrated",
  calibrationRefused: "Not learnt: the picture does not fit",
  calibrationFailed: "Not learnt",
  neverCalibrated: "This camera has not learnt anything since the daemon started.",
  learntBefore: "What was learnt earlier is in use.",
  byWhom: (who: string, when: string) => `${who}, ${when}`,
  saveFirst: "Save the drawing first: the camera learns about the spaces that are saved.",

  // Saving
  save: "Save to facility",
  saving: "Saving…",
  saved: "Saved",
  unsavedChanges: "Not saved yet",
  mistakes: (count: number) =>
    count === 1 ? "1 thing to put right" : `${count} things to put right`,
  notSaved: "Not saved:",
  leaveTitle: "Leave without saving?",
  leaveText: (camera: string) => `What you have drawn for ${camera} is not saved.`,
  leaveAnyway: "Leave it",
  stay: "Stay",
  conflictTitle: "Somebody else has saved",
  conflictText: (who: string, when: string) =>
    `${who} saved another drawing of this camera (${when}). Only one can count.`,
  someone: "Somebody",
  loadTheirs: "Load theirs",
  saveMine: "Save mine over it",
};

export type SetupWords = typeof english;
