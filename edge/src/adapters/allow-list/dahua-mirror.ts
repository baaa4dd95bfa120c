import { Fault } from "@gatehouse/shared/fault";
import type {
  AllowListMirror,
  HeldPlate,
  MirroredPlate,
} from "@gatehouse/shared/ports/allow-list-mirror";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import { wallOf } from "../lpr/local-time.ts";
import type { SignedHttp } from "../wire/signed-http.ts";
import { MirrorReport } from "./mirror-report.ts";

export interface MirrorOptions {
  readonly id: string;
  readonly laneId: string;
  readonly channel: number;
  readonly http: SignedHttp;
  /** An IANA zone: what the camera's clock shows. */
  readonly timezone: string;
  readonly clock: Clock;
}

/** Written as the car's owner: so we know our own records again. */
const owner = "Gatehouse";
/** The firmware's largest answer, and so the longest list that can be read back. */
const largestAnswer = 1024;
const noBeginning = "2000-01-01 00:00:00";
const noEnd = "2037-12-31 23:59:59";

/**
 * The allow list of a Dahua camera (`recordUpdater.cgi` and `recordFinder.cgi` on `TrafficRedList`). The camera opens by
 * itself for what stands there, as long as its own clock lies between the record's two times.
 */
export class DahuaMirror implements AllowListMirror {
  readonly id: string;
  readonly laneId: string;
  readonly capacity = 1000;
  readonly #options: MirrorOptions;
  readonly #report: MirrorReport;

  constructor(options: MirrorOptions) {
    const { id, laneId, http, clock } = options;
    this.id = id;
    this.laneId = laneId;
    this.#options = options;
    this.#report = new MirrorReport(id, laneId, `Dahua allow list at ${http.address}`, clock);
  }

  list(): Promise<readonly HeldPlate[]> {
    return this.#report.counted("lists", () => this.#find({}));
  }

  find(plate: string): Promise<readonly HeldPlate[]> {
    return this.#report.counted("searches", async () => {
      const found = await this.#find({ "condition.PlateNumber": plate });
      // Some firmwares do not know the condition and tell all of them.
      return found.filter((each) => each.plate === plate);
    });
  }

  write({ plate, until }: MirroredPlate): Promise<void> {
    const { timezone } = this.#options;
    return this.#report.counted("writes", async () => {
      const answer = await this.#ask("recordUpdater", {
        action: "insert",
        name: "TrafficRedList",
        PlateNumber: plate,
        MasterOfCar: owner,
        BeginTime: noBeginning,
        CancelTime: until === undefined ? noEnd : wallOf(until, timezone),
        "AuthorityList.OpenGate": "true",
      });
      if (!/^\s*RecNo\s*=\s*\d+/im.test(answer)) throw this.#refused("the record", answer);
    });
  }

  remove(recordId: string): Promise<void> {
    return this.#report.counted("removals", async () => {
      const answer = await this.#ask("recordUpdater", {
        action: "remove",
        name: "TrafficRedList",
        recno: recordId,
      });
      if (!/^\s*OK\b/i.test(answer)) throw this.#refused("the removal", answer);
    });
  }

  report(): readonly DeviceReport[] {
    return [this.#report.report()];
  }

  async #find(condition: Readonly<Record<string, string>>): Promise<HeldPlate[]> {
    const answer = await this.#ask("recordFinder", {
      action: "find",
      name: "TrafficRedList",
      ...condition,
      count: String(largestAnswer),
    });
    const records = new Map<string, Map<string, string>>();
    for (const line of answer.split(/\r?\n/)) {
      const [, index = "", key = "", value = ""] =
        /^records\[(\d{1,5})\]\.([\w.[\]]{1,60})=(.*)$/.exec(line) ?? [];
      if (index === "") continue;
      const record = records.get(index) ?? new Map<string, string>();
      records.set(index, record.set(key, value.trim()));
    }
    if (!/^\s*found\s*=\s*\d+/im.test(answer)) throw this.#refused("the search", answer);
    return [...records.values()].flatMap((record) => {
      const [recordId, plate] = [record.get("RecNo"), record.get("PlateNumber")];
      if (recordId === undefined || plate === undefined || !/^\d{1,12}$/.test(recordId)) return [];
      return [{ recordId, plate, isOurs: record.get("MasterOfCar") === owner }];
    });
  }

  /** @throws Fault, also for every answer but 200 */
  async #ask(page: string, query: Readonly<Record<string, string>>): Promise<string> {
    const { http } = this.#options;
    const fields = Object.entries(query).map(
      ([key, value]) => `${key}=${encodeURIComponent(value)}`,
    );
    const path = `/cgi-bin/${page}.cgi?${fields.join("&")}`;
    const { status, body } = await http.ask({ method: "GET", path });
    if (status === 200) return body.toString("utf8");
    throw new Fault("wire-exception", `${http.address} answers ${status} to ${page}`);
  }

  #refused(what: string, answer: string): Fault {
    const said = answer.trim().slice(0, 60) || "nothing";
    return new Fault("wire-exception", `${this.#options.http.address} refuses ${what}: ${said}`);
  }
}
