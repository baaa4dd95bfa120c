import type { Ticket, TicketsData } from "@gatehouse/shared/contracts/registry";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { Told } from "../../shared/web/ask.ts";
import { news } from "./connection.ts";
import { deviceWords } from "./device-words.ts";
import { momentText } from "./format.ts";
import { facility } from "./model.ts";
import { askWork } from "./registry-api.ts";
import { Row } from "./rights-fields.tsx";
import { Said, Sheet } from "./sheet.tsx";
import { hideShown } from "./showing.ts";
import { troubleOf } from "./told.ts";
import { WorkForm } from "./work-form.tsx";
import { Working } from "./working.ts";

/** The work on devices, newest first, and a form for a new job or the next step of the one that was picked. */
export function WorkTab({
  mayStep,
  tabs,
}: {
  readonly mayStep: boolean;
  readonly tabs: ComponentChildren;
}) {
  const told = useSignal<Told<TicketsData> | undefined>(undefined);
  const isAll = useSignal(false);
  const working = useMemo(() => new Working(), []);
  const look = async (): Promise<void> => void (told.value = await askWork(isAll.value));
  useEffect(() => void look(), [isAll.value]);
  const press = async (): Promise<void> => {
    if (await working.press()) await look();
  };
  const jobs = told.value?.kind === "ok" ? told.value.value.tickets : undefined;
  return (
    <Sheet
      id="devices-title"
      title={deviceWords.title}
      beside={tabs}
      isWide
      isBusy={working.isAsking.value}
      submit={{
        text: working.job === undefined ? deviceWords.open : deviceWords.stepDo[working.step.value],
        isPossible: working.isWhole && news.value === "live",
        press: () => void press(),
      }}
      onClose={hideShown}
    >
      <div class="halves">
        <section class="right-list">
          <label class="tick">
            <input
              type="checkbox"
              checked={isAll.value}
              onChange={(event) => (isAll.value = event.currentTarget.checked)}
            />
            {deviceWords.withDone}
          </label>
          {told.value === undefined && <p class="skeleton skeleton-story" />}
          {jobs?.length === 0 && <p class="empty">{deviceWords.noWork}</p>}
          <ul class="scroll-list">
            {jobs?.map((job) => (
              <Job key={job.ticket_id} job={job}>
                {mayStep && job.completed_at === null && job.status !== "cancelled" && (
                  <button
                    type="button"
                    class="button"
                    aria-pressed={working.job?.ticket_id === job.ticket_id}
                    onClick={() => working.pick(job)}
                  >
                    {deviceWords.next}
                  </button>
                )}
              </Job>
            ))}
          </ul>
          {!mayStep && <p class="quiet">{deviceWords.supervisorSteps}</p>}
        </section>
        <WorkForm working={working} />
      </div>
      <Said
        trouble={working.trouble.value || troubleOf(told.value)}
        hint={
          working.said.value ||
          (working.isWhole
            ? "\u00A0"
            : working.job === undefined
              ? deviceWords.fill
              : deviceWords.stepFill)
        }
      />
    </Sheet>
  );
}

function Job({ job, children }: { readonly job: Ticket; readonly children: ComponentChildren }) {
  const zone = facility.value?.timezone ?? "UTC";
  const at = (iso: string): string => momentText(Date.parse(iso), zone);
  const { technician_id: who, scheduled_at: when, done } = job;
  return (
    <Row
      head={
        <>
          <strong>{job.equipment_id}</strong> {job.description}
        </>
      }
      facts={[
        deviceWords.statuses[job.status],
        deviceWords.kindWords[job.maintenance_type] ?? job.maintenance_type,
        who === null ? "" : deviceWords.assignedTo(who),
        when === null ? "" : deviceWords.plannedFor(at(when)),
        done === null ? "" : deviceWords.doneText(done),
        deviceWords.openedBy(job.opened_by, at(job.opened_at)),
      ]}
    >
      {children}
    </Row>
  );
}
