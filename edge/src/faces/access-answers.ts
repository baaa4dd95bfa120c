import type { ControlAnswer, ControlRequest } from "@gatehouse/shared/contracts/control";
import type {
  ListsData,
  PermitsData,
  RightsAnswer,
  VisitorsData,
} from "@gatehouse/shared/contracts/rights";
import type { AccessDesk } from "../flows/access-desk.ts";
import type { Refusal } from "../flows/desk.ts";
import { exitCodes, healthy, refused } from "./control-outcome.ts";

type AccessRequest = Extract<ControlRequest, { verb: `access-${string}` }>;

/** What a technician asks and keeps of who may come in. */
export function accessAnswer(desk: AccessDesk, request: AccessRequest): ControlAnswer {
  switch (request.verb) {
    case "access-lists":
      return listsAnswer(desk.lists(request.search));
    case "access-visitors":
      return visitorsAnswer(desk.visitors(request.search));
    case "access-permits":
      return permitsAnswer(desk.permits(request.plate));
    case "access-list":
      return done(desk.list(request.entry, technician(request)));
    case "access-unlist":
      return done(desk.unlist(request.entry, technician(request)));
    case "access-visitor":
      return done(desk.announce(request.visitor, technician(request)));
    case "access-visitor-end":
      return done(desk.end(request.visitor_id, request.why, technician(request)));
    case "access-neutral":
      return done(desk.makeNeutral(request, technician(request)));
  }
}

const technician = ({ actor }: { readonly actor: string }) => ({
  kind: "technician" as const,
  id: actor,
});

/** Which command shows more about a refusal. */
const hints: Readonly<Record<string, string>> = {
  "no-such-entry": "npx gatehouse access list shows what is on the lists.",
  "no-such-visitor": "npx gatehouse access visitor shows who is expected, with their ids.",
  "unknown-permit": "npx gatehouse access permit PLATE names the permits of a plate.",
};

const refusedBy = ({ reason, sentence }: Refusal): ControlAnswer =>
  refused(exitCodes.refused, sentence, reason, hints[reason] ?? null);

const done = (answer: RightsAnswer | Refusal): ControlAnswer =>
  "kind" in answer ? refusedBy(answer) : healthy(answer.sentence, answer);

function listsAnswer(data: ListsData): ControlAnswer {
  const of = (list: string): number => data.entries.filter((entry) => entry.list === list).length;
  const more = data.has_more ? ", and more" : "";
  const verdict =
    data.entries.length === 0
      ? "No plate is on a list."
      : `On the allow list: ${of("allow")}; on the deny list: ${of("deny")}${more}.`;
  return healthy(verdict, data);
}

function visitorsAnswer(data: VisitorsData): ControlAnswer {
  const count = data.visitors.length;
  if (count === 0) return healthy("Nobody is expected.", data);
  if (count === 1) return healthy("1 visitor is expected.", data);
  return healthy(`${count} visitors${data.has_more ? " and more" : ""} are expected.`, data);
}

function permitsAnswer(answer: PermitsData | Refusal): ControlAnswer {
  if ("kind" in answer) return refusedBy(answer);
  const { plate, permits } = answer;
  const held = permits.filter(({ holds }) => holds).length;
  const verdict =
    permits.length === 0
      ? `${plate} has no permit.`
      : `${held} of ${permits.length} permits of ${plate} would let it in now.`;
  return healthy(verdict, answer);
}
