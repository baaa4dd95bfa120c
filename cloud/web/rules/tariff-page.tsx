import "./rules.css";
import "./tariffs.css";
import { getTariff, getTariffDraft, listTariffs } from "@gatehouse/shared/contracts/v1/tariffs";
import type { TariffsTold } from "@gatehouse/shared/contracts/rules/tariffs";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { facilityAddress } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { PageHead } from "../frame/page-head.tsx";
import type { FacilityAt, FacilityPageProps } from "../frame/page.ts";
import { newRequestId } from "../people-state.ts";
import { advised, type AdvisedChange, advisedChange } from "./advised.ts";
import { DraftDesk } from "./draft-desk.ts";
import { MonthReplay } from "./month-replay.tsx";
import { TariffForm } from "./tariff-form.tsx";
import { TariffPublish } from "./tariff-publish.tsx";
import { TariffText } from "./tariff-text.tsx";
import { tariffWords as words } from "./tariff-words.ts";
import { TestStays } from "./test-stays.tsx";
import { textAt, type Written } from "./written.ts";

/**
 * One tariff being written: a draft, a copy of a version that was sent (`of=ID/VERSION`, with a change of its prices
 * that is advised), or a new one.
 */
export function TariffPage({ facility, question }: FacilityPageProps) {
  const { draft = "", of = "" } = question;
  /** The draft that was kept from here: its address is new, what is being written stays. */
  const mine = useRef("");
  const opened = useRef("");
  if (draft === "" || draft !== mine.current) opened.current = `${draft} ${of}`;
  return (
    <OpenTariff
      key={opened.current}
      facility={facility}
      draft={draft}
      of={of}
      change={advisedChange(question)}
      onKept={(id) => {
        mine.current = id;
      }}
    />
  );
}

function OpenTariff({
  facility,
  onKept,
  ...asked
}: {
  readonly facility: FacilityAt;
  readonly draft: string;
  readonly of: string;
  readonly change: AdvisedChange | undefined;
  readonly onKept: (draftId: string) => void;
}) {
  const [{ draft, of, change }] = useState(asked);
  const base = `/v1/facilities/${encodeURIComponent(facility.facilityId)}`;
  const list = useAnswer(`${base}/tariffs`, listTariffs.answer, "once");
  const kept = useAnswer(
    draft === "" ? undefined : `${base}/tariff-drafts/${encodeURIComponent(draft)}`,
    getTariffDraft.answer,
    "once",
  );
  const copied = useAnswer(
    of === "" || draft !== "" ? undefined : `${base}/tariffs/${of}`,
    getTariff.answer,
    "once",
  );
  const name = draft === "" && of === "" ? words.newDraft : (kept.value ?? copied.value)?.name;
  const editor = (told: TariffsTold, start: Start) => (
    <Editor facility={facility} told={told} onKept={onKept} {...start} />
  );
  return (
    <>
      <PageHead title={`${words.editName} · ${facility.name}`} sentence={name}>
        <p>
          <a href={facilityAddress(facility.facilityId, "tariffs")}>{words.back}</a>
        </p>
      </PageHead>
      <Answered answer={list}>
        {(told) => {
          if (draft !== "")
            return (
              <Answered answer={kept}>
                {({ version, body }) => editor(told, { draftId: draft, version, start: body })}
              </Answered>
            );
          if (of === "") return editor(told, { draftId: "", version: 0, start: newTariff(told) });
          return (
            <Answered answer={copied}>
              {({ body }) => {
                const copy = copyOf(body, told);
                const start = change === undefined ? copy : advised(copy, change);
                return editor(told, { draftId: "", version: 0, start });
              }}
            </Answered>
          );
        }}
      </Answered>
    </>
  );
}

interface Start {
  /** "" of one that is not kept yet. */
  readonly draftId: string;
  readonly version: number;
  readonly start: Written;
}

function Editor({
  facility,
  told,
  draftId,
  version,
  start,
  onKept,
}: Start & {
  readonly facility: FacilityAt;
  readonly told: TariffsTold;
  readonly onKept: (draftId: string) => void;
}) {
  const desk = useMemo(() => new DraftDesk(facility, start), []);
  const id = useMemo(() => (draftId === "" ? newRequestId() : draftId), []);
  useEffect(() => () => desk.end(), [desk]);
  return (
    <div class="tariff-editor">
      <div class="tariff-sides">
        <TariffForm desk={desk} />
        <TestStays desk={desk} />
      </div>
      <TariffText desk={desk} />
      <MonthReplay desk={desk} />
      <TariffPublish desk={desk} told={told} draftId={id} version={version} onKept={onKept} />
    </div>
  );
}

/** The next version of a tariff, from the first moment that needs no reason. */
function copyOf(body: Written, { versions, earliest }: TariffsTold): Written {
  const { valid_to: _, ...said } = body;
  const id = textAt(body, ["tariff_id"]);
  const newest = Math.max(
    ...versions.filter(({ tariff_id }) => tariff_id === id).map(({ version }) => version),
  );
  const supersedes = { tariff_id: id, version: body["version"] };
  return { ...said, version: newest + 1, valid_from: earliest, supersedes };
}

/** The simplest tariff there is. */
const newTariff = ({ currency, earliest, timezone, versions }: TariffsTold): Written => ({
  tariff_id: "standard",
  version:
    1 +
    Math.max(
      0,
      ...versions.filter(({ tariff_id: id }) => id === "standard").map((each) => each.version),
    ),
  name: words.editName,
  currency: currency ?? "EUR",
  time_zone: timezone,
  valid_from: earliest,
  rates: [{ name: "hour", price: "2.50", per: "1 h", step: "15 min" }],
  caps: [{ price: "20", per: "24 h" }],
  exit_grace: "15 min",
});
