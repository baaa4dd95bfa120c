import { expect, test } from "vitest";
import { readNotify } from "../src/config-notify.ts";

const read = (env: Record<string, string>) => {
  const complaints: string[] = [];
  return { ...readNotify(env, complaints), complaints };
};
const from = { GATEHOUSE_MAIL_FROM: "park@example.com" };

test.each([
  ["smtps://ana:p%40ss@mail.example", "tls", 465],
  ["smtp://mail.example", "starttls", 587],
  ["smtp://mail.example:2525?plain", "plain", 2525],
])("%s is a server for mail", (url, security, port) => {
  const { mailServer, complaints } = read({ GATEHOUSE_SMTP_URL: url, ...from });
  expect(complaints).toEqual([]);
  expect(mailServer).toMatchObject({ host: "mail.example", security, port });
});

test("a password may hold any sign, and is never repeated in a complaint", () => {
  const { mailServer } = read({ GATEHOUSE_SMTP_URL: "smtps://ana:p%40ss@mail.example", ...from });
  expect(mailServer?.password).toBe("p@ss");
  const wrong = read({ GATEHOUSE_SMTP_URL: "http://ana:secret@mail.example", ...from });
  expect(wrong.complaints.join()).toMatch(/GATEHOUSE_SMTP_URL: write smtps/);
  expect(wrong.complaints.join()).not.toMatch(/secret/);
});

test("a server without an address that mails come from is not started with", () => {
  expect(read({ GATEHOUSE_SMTP_URL: "smtp://mail.example" }).complaints).toEqual([
    "GATEHOUSE_MAIL_FROM: write the e-mail address that messages come from",
  ]);
});

test("without settings nothing is mailed and nothing inner is told", () => {
  expect(read({})).toEqual({ mailServer: undefined, allowsInner: false, complaints: [] });
});
