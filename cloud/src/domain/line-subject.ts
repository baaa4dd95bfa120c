const subjectKeys = ["lane_id", "space_id", "subject", "alert_id", "kind", "boot_id"] as const;
const longestSubject = 80;

/** What a ledger line is about, as a list shows it: a lane, a space, a device; never a plate. */
export function lineSubject(text: string | null): string | null {
  const body = bodyOf(text);
  const key = subjectKeys.find((each) => typeof body[each] === "string");
  return key === undefined ? null : String(body[key]).slice(0, longestSubject);
}

function bodyOf(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const line: unknown = JSON.parse(text ?? "null");
    if (typeof line !== "object" || line === null || !("body" in line)) return {};
    const { body } = line;
    return typeof body === "object" && body !== null ? { ...body } : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
