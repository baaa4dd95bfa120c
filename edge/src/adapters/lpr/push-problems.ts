import type { Problem } from "@gatehouse/shared/contracts/problem";

/** Why a push goes no further than the door. */
export const problems = {
  token: {
    type: "push-unauthorised",
    title: "No such reader, or not its token",
    status: 401,
    hint: "Send the token as `Authorization: Token …` or as the last part of the path.",
  },
  shutOut: {
    type: "device-shut-out",
    title: "This device was shut out",
    status: 403,
    hint: "A technician lets it in again: gatehouse devices approve ID.",
  },
  busy: {
    type: "reader-busy",
    title: "This reader is already pushing",
    status: 503,
    hint: "Send one push after the other.",
  },
  cutOff: { type: "push-cut-off", title: "The push did not arrive whole", status: 400 },
  notFound: {
    type: "not-found",
    title: "Nothing is here",
    status: 404,
    hint: "Cameras push to /push/<reader id>.",
  },
  wrongMethod: { type: "wrong-method", title: "Push with POST", status: 405 },
  bug: { type: "internal-error", title: "This is our mistake", status: 500 },
  tooLarge: (bytes: number): Problem => ({
    type: "push-too-large",
    title: `A push may have ${bytes} bytes`,
    status: 413,
    hint: "Have the camera send smaller or fewer pictures.",
  }),
} as const;
