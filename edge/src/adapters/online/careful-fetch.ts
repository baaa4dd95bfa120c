/** Whether the requests of one call may have reached the other side. */
export interface Sending {
  maybeSent: boolean;
}

/** What says that a connection was never made, so that nothing was sent over it. */
const neverSent = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
];

/**
 * `fetch` that remembers in `sending` whether a request may have been heard: when none was, nothing can have been
 * booked, and after several tries one that was sent is enough for doubt.
 */
export async function carefulFetch(
  url: string | URL | Request,
  init: RequestInit | undefined,
  sending: Sending,
): Promise<Response> {
  try {
    const response = await fetch(url, { ...init, redirect: "manual" });
    sending.maybeSent = true;
    return response;
  } catch (error) {
    if (!neverSent.includes(causeOf(error))) sending.maybeSent = true;
    throw error;
  }
}

/** `fetch` hides what happened to the connection in the cause. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}
