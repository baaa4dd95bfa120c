import type {
  DeliveryPage,
  NotifyView,
  RuleMade,
  TargetMade,
} from "@gatehouse/shared/contracts/notify";
import { hours, type Instant, isoOf, minutes } from "@gatehouse/shared/time";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { EdgeLedger, writeStay } from "../edge-ledger.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { MailHost } from "../mail-host.ts";
import { answers, Receiver } from "../receiver.ts";
import { ToldOffice } from "../told-office.ts";

/** Half past eleven in the night in Berlin. */
const night = Date.UTC(2026, 10, 20, 22, 30) as Instant;
const card = { name: "Parkhaus Nord", timezone: "Europe/Berlin", currency: "EUR", locale: "de" };

describeWithPostgres("alerts that people are told of", () => {
  let postgres: TestPostgres;
  let office: ToldOffice;
  let receiver: Receiver;
  let ledger: EdgeLedger;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    receiver = await new Receiver().listen();
    onTestFinished(() => receiver.close());
    await begin(new ToldOffice(postgres.database));
  });

  async function begin(made: ToldOffice): Promise<void> {
    office = made;
    await office.begin();
    ledger = new EdgeLedger();
    writeStay(ledger, "1");
    await office.send(ledger.batch(1, undefined, { facility: card }));
  }

  const target = async (path = "", more: object = {}): Promise<string> =>
    (
      await office.change<TargetMade>("targets", {
        kind: "webhook",
        name: path || "Desk",
        settings: { url: `${receiver.url}/${path}` },
        ...more,
      })
    ).target_id;
  const rule = (target_ids: readonly string[], more: object = {}): Promise<RuleMade> =>
    office.change<RuleMade>("rules", {
      name: "Gates",
      tiers: ["critical"],
      types: [],
      target_ids,
      ...more,
    });
  const write = async (
    type: "alert-raised" | "alert-resolved" | "alert-acknowledged",
    alert_id: string,
    alert_type = "gate-fault",
  ): Promise<void> => {
    const at = isoOf(office.clock.now());
    const from = ledger.written;
    const raised = {
      alert_id,
      alert_type,
      subject: "exit-1",
      severity: "critical",
      details: {},
    } as const;
    if (type === "alert-raised") ledger.write(type, raised, at);
    else ledger.write(type, { alert_id, by: { kind: "attendant", id: "ana" } }, at);
    await office.send(ledger.batch(from + 1, undefined, { sent_at: at }));
    await office.round();
  };
  const texts = (): string[] =>
    receiver.received.map(({ body }) => String(JSON.parse(body).message?.title));

  test("are told once, in the facility's language, to whom a rule names", async () => {
    await rule([await target("desk")]);
    await write("alert-raised", "a1");
    await office.round();
    expect(texts()).toEqual([
      "Kritisch: Parkhaus Nord: Die Schranke hat ihren Befehl nicht angenommen",
    ]);
    await write("alert-raised", "a2", "session-assumed-closed");
    expect(receiver.received).toHaveLength(1);
  });

  test("of a type that a rule names are told whatever their tier", async () => {
    await rule([await target()], { tiers: [], types: ["session-assumed-closed"] });
    await write("alert-raised", "a1");
    await write("alert-raised", "a2", "session-assumed-closed");
    expect(receiver.received.map(({ body }) => JSON.parse(body).data.alert_id)).toEqual(["a2"]);
  });

  test("that nobody looks after are told to the next, and those that somebody does are not", async () => {
    const chief = await target("chief");
    await rule([await target("desk")], { escalate: { after_min: 10, target_ids: [chief] } });
    await write("alert-raised", "left-alone");
    await write("alert-raised", "looked-after");
    await write("alert-acknowledged", "looked-after");
    await office.clock.advance(minutes(9));
    await office.round();
    expect(receiver.received.map(({ path }) => path)).toEqual(["/desk", "/desk"]);
    await office.clock.advance(minutes(2));
    await office.round();
    await office.round();
    const second = receiver.received.slice(2);
    expect(second.map(({ path, body }) => [path, JSON.parse(body).data.alert_id])).toEqual([
      ["/chief", "left-alone"],
    ]);
    expect(JSON.parse(second[0]?.body ?? "").message.text).toMatch(/kümmert sich niemand/);
  });

  test("wait in quiet hours for their end, and are dropped if they are over by then", async () => {
    await begin(new ToldOffice(postgres.database, { clock: new VirtualClock(night) }));
    const quiet = { from: "22:00", until: "06:30" };
    await rule([await target()], { quiet, critical_breaks_quiet: false });
    await write("alert-raised", "stays");
    await write("alert-raised", "passes");
    expect(receiver.received).toEqual([]);
    await write("alert-resolved", "passes");
    // Half past six in Berlin is half past five in UTC: seven hours later.
    await office.clock.advance(hours(6.9));
    await office.round();
    expect(receiver.received).toEqual([]);
    await office.clock.advance(hours(0.2));
    await office.round();
    const told = receiver.received.map(({ body }) => JSON.parse(body).data.alert_id);
    expect(told).toContain("stays");
    expect(told).not.toContain("passes");
  });

  test("that are critical break quiet hours where the rule says so", async () => {
    await begin(new ToldOffice(postgres.database, { clock: new VirtualClock(night) }));
    const quiet = { from: "22:00", until: "06:30" };
    await rule([await target()], { tiers: ["critical", "warning"], quiet });
    await write("alert-raised", "a1");
    await write("alert-raised", "a2", "sensor-silent");
    expect(receiver.received.map(({ body }) => JSON.parse(body).data.alert_id)).toEqual(["a1"]);
  });

  test("reach a gateway of short messages by its own template, each number once", async () => {
    receiver.behaviour = answers(200, '{"ok":true}');
    const sms = await office.change<TargetMade>("targets", {
      kind: "sms",
      name: "On call",
      settings: {
        url: `${receiver.url}/sms`,
        to: ["+491701234567", "+34600111222"],
        content_type: "application/json",
        template: '{"recipient":"{to}","message":"{text}"}',
      },
      authorization: "Bearer their-key",
    });
    await rule([sms.target_id]);
    await write("alert-raised", "a1");
    const sent = receiver.received.map(({ body }) => JSON.parse(body));
    expect(sent.map(({ recipient }) => recipient)).toEqual(["+491701234567", "+34600111222"]);
    expect(sent[0].message).toMatch(/^Kritisch: Parkhaus Nord\nDie Schranke/);
    expect(receiver.received[0]?.headers.authorization).toBe("Bearer their-key");
    const view = JSON.stringify(await office.look<NotifyView>("/api/notify/main"));
    const audit = JSON.stringify(await office.rows("select text from audit_lines"));
    expect(view + audit).not.toMatch(/their-key/);
    expect(
      await office.rows("select secret_sealed from targets where secret_sealed like '%their%'"),
    ).toEqual([]);
  });

  test("reach a mail server, with their text whole", async () => {
    const host = await new MailHost().listen();
    onTestFinished(() => host.close());
    await begin(new ToldOffice(postgres.database, { mailServer: host.server }));
    const mail = {
      kind: "email",
      name: "Office",
      settings: { to: ["ana@example.com", "ben@example.com"] },
    };
    const { target_id } = await office.change<TargetMade>("targets", mail);
    await rule([target_id]);
    await write("alert-raised", "a1");
    const [got] = host.mails;
    expect(got?.to).toEqual(["<ana@example.com>", "<ben@example.com>"]);
    expect(got?.text).toMatch(/^Kritisch: Parkhaus Nord\r\nDie Schranke hat ihren Befehl/);
    expect(got?.title).toMatch(/^Kritisch: Parkhaus Nord/);
    const { deliveries } = await office.look<DeliveryPage>("/api/notify/main/deliveries");
    expect(deliveries[0]).toMatchObject({ state: "delivered", answer_code: 250 });
  });

  test("that a mail server refuses for good are given up, and those it defers are tried again", async () => {
    const host = await new MailHost().listen();
    onTestFinished(() => host.close());
    await begin(new ToldOffice(postgres.database, { mailServer: host.server }));
    const mail = { kind: "email", name: "Office", settings: { to: ["nobody@example.com"] } };
    await rule([(await office.change<TargetMade>("targets", mail)).target_id]);
    host.refuses = "451 try later";
    await write("alert-raised", "a1");
    host.refuses = "550 no such mailbox";
    await office.clock.advance(minutes(1));
    await office.round();
    const { deliveries } = await office.look<DeliveryPage>("/api/notify/main/deliveries");
    expect(deliveries[0]).toMatchObject({ state: "failed", attempts: 2, answer_code: 550 });
  });

  test("reach the others where a mail server knows one recipient no more", async () => {
    const host = await new MailHost().listen();
    onTestFinished(() => host.close());
    await begin(new ToldOffice(postgres.database, { mailServer: host.server }));
    host.refuses = "550 no such mailbox";
    host.refusesOnly = "gone@";
    const settings = { to: ["gone@example.com", "ana@example.com"] };
    const made = await office.change<TargetMade>("targets", {
      kind: "email",
      name: "Office",
      settings,
    });
    await rule([made.target_id]);
    await write("alert-raised", "a1");
    expect(host.mails.map(({ to }) => to)).toEqual([["<ana@example.com>"]]);
    const { deliveries } = await office.look<DeliveryPage>("/api/notify/main/deliveries");
    expect(deliveries[0]).toMatchObject({
      state: "delivered",
      answer: "taken; not for gone@example.com",
    });
  });

  test("raised before a rule, or at a facility that it does not name, are not told", async () => {
    await write("alert-raised", "before");
    await office.clock.advance(minutes(1));
    const desk = await target();
    await rule([desk]);
    await rule([desk], { facility_id: "south" });
    await office.round();
    expect(receiver.received).toEqual([]);
  });

  test("are raised again after they were over, and told again", async () => {
    await rule([await target()], { tiers: [], types: ["facility-silent"] });
    await office.clock.advance(minutes(20));
    await office.round();
    const from = ledger.written;
    writeStay(ledger, "2");
    await office.send(ledger.batch(from + 1, undefined, { sent_at: isoOf(office.clock.now()) }));
    await office.clock.advance(minutes(2));
    await office.round();
    await office.clock.advance(minutes(20));
    await office.round();
    expect(receiver.received).toHaveLength(2);
  });
});
