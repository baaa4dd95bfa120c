import type { ServerResponse } from "node:http";
import type { SeenPlate } from "../hardware.ts";
import { CameraServer } from "./camera-server.ts";
import { greyPicture } from "./multipart-body.ts";
import type { SignInGuardOptions } from "./sign-in-guard.ts";
import { wallClock } from "./wall-clock.ts";

const boundary = "myboundary";

/** One record of the allow list. */
export interface RedListRecord {
  readonly recNo: number;
  readonly plate: string;
  readonly owner: string;
  /** As written: wall times. */
  readonly begin: string;
  readonly cancel: string;
  readonly opensGate: boolean;
}

/** A Dahua plate camera as its CGI shows it: the event stream and the allow list. */
export class DahuaCamera {
  readonly server: CameraServer;
  /** By record number, as the camera holds them; others may write there too. */
  readonly records = new Map<number, RedListRecord>();
  readonly #streams = new Set<ServerResponse>();
  #nextRecord = 1;

  constructor(signIn: SignInGuardOptions = {}) {
    this.server = new CameraServer((url, _body, response) => this.#page(url, response), signIn);
  }

  /** Whoever listens. */
  get listeners(): number {
    return this.#streams.size;
  }

  /** A record that a person has typed in at the camera. */
  typeIn(plate: string): void {
    this.#insert(plate, "caretaker", "2000-01-01 00:00:00", "2037-12-31 23:59:59", true);
  }

  see({ rawPlate, at }: SeenPlate): void {
    const event = [
      "Events[0].EventBaseInfo.Code=TrafficJunction",
      "Events[0].EventBaseInfo.Action=Pulse",
      `Events[0].UTC=${Math.floor(at / 1000)}`,
      `Events[0].UTCMS=${at % 1000}`,
      "Events[0].Lane=1",
      "Events[0].Object.BoundingBox[0]=3848",
      `Events[0].TrafficCar.PlateNumber=${rawPlate}`,
      "Events[0].JunctionDirection=Obverse",
    ].join("\r\n");
    this.say("text/plain", Buffer.from(event));
    this.say("image/jpeg", greyPicture);
  }

  heartbeat(): void {
    this.say("text/plain", Buffer.from("Heartbeat"));
  }

  /** Sends a part to whoever listens. */
  say(type: string, body: Buffer, length: number | undefined = body.length): void {
    const size = length === undefined ? "" : `Content-Length:${length}\r\n`;
    const head = `--${boundary}\r\nContent-Type: ${type}\r\n${size}\r\n`;
    const part = Buffer.concat([Buffer.from(head), body, Buffer.from("\r\n")]);
    for (const stream of this.#streams) stream.write(part);
  }

  /** Ends every stream, as a restart does. */
  hangUp(): void {
    for (const stream of this.#streams) stream.destroy();
    this.#streams.clear();
  }

  #page(url: URL, response: ServerResponse): boolean {
    const { pathname, searchParams: query } = url;
    if (pathname === "/cgi-bin/snapManager.cgi" && query.get("action") === "attachFileProc") {
      response.writeHead(200, {
        "content-type": `multipart/x-mixed-replace; boundary=${boundary}`,
      });
      response.flushHeaders();
      this.#streams.add(response);
      response.on("close", () => this.#streams.delete(response));
      return true;
    }
    if (query.get("name") !== "TrafficRedList") return false;
    if (pathname === "/cgi-bin/recordFinder.cgi") return this.#find(query, response);
    return pathname === "/cgi-bin/recordUpdater.cgi" && this.#update(query, response);
  }

  #find(query: URLSearchParams, response: ServerResponse): boolean {
    const wanted = query.get("condition.PlateNumber");
    const found = [...this.records.values()]
      .filter(({ plate }) => wanted === null || plate === wanted)
      .slice(0, Number(query.get("count") ?? 1024));
    const lines = found.flatMap(({ recNo, plate, owner, begin, cancel }, index) => [
      `records[${index}].RecNo=${recNo}`,
      `records[${index}].PlateNumber=${plate}`,
      `records[${index}].MasterOfCar=${owner}`,
      `records[${index}].BeginTime=${begin}`,
      `records[${index}].CancelTime=${cancel}`,
    ]);
    response.end(["totalCount=0", `found=${found.length}`, ...lines, ""].join("\r\n"));
    return true;
  }

  #update(query: URLSearchParams, response: ServerResponse): boolean {
    if (query.get("action") === "remove") {
      const isThere = this.records.delete(Number(query.get("recno")));
      response.writeHead(isThere ? 200 : 400).end(isThere ? "OK\r\n" : "Error\r\nBad Request!\r\n");
      return true;
    }
    if (query.get("action") !== "insert") return false;
    const recNo = this.#insert(
      query.get("PlateNumber") ?? "",
      query.get("MasterOfCar") ?? "",
      query.get("BeginTime") ?? "",
      query.get("CancelTime") ?? "",
      query.get("AuthorityList.OpenGate") === "true",
    );
    response.end(`RecNo=${recNo}\r\n`);
    return true;
  }

  /** The camera minds no second record of a plate. */
  #insert(plate: string, owner: string, begin: string, cancel: string, opensGate: boolean): number {
    const recNo = this.#nextRecord;
    this.#nextRecord += 1;
    this.records.set(recNo, { recNo, plate, owner, begin, cancel, opensGate });
    return recNo;
  }

  /** Whether the camera, left alone, opens for a plate. */
  opensFor(plate: string, at: SeenPlate["at"], timezone: string): boolean {
    const now = wallClock(at, timezone).slice(0, 19);
    return [...this.records.values()].some(
      (record) =>
        record.plate === plate && record.opensGate && record.begin <= now && now < record.cancel,
    );
  }
}
