import { expect, test } from "vitest";
import { mailText } from "../../src/outgoing/mail-text.ts";

const mail = {
  from: "gatehouse@example.com",
  to: ["ana@example.com"],
  title:
    "Kritisch: Parkhaus Süd: Die Schranke hat ihren Befehl nicht angenommen, und niemand ist da",
  text: "Zeile eins\nZeile zwei\n.\nfertig",
  messageId: "abc",
  date: "Fri, 20 Nov 2026 12:00:00 +0000",
};

test("no line of a mail is longer than servers take, and all are ASCII", () => {
  const text = mailText(mail);
  for (const line of text.split("\r\n")) {
    expect(line.length).toBeLessThanOrEqual(78);
    expect(line).toMatch(/^[\x20-\x7e]*$/);
  }
  expect(text.endsWith("\r\n")).toBe(true);
});

test("a title in any language comes back whole", () => {
  const raw = /^Subject: ((?:.|\r\n )*)/m.exec(mailText(mail))?.[1] ?? "";
  const words = [...raw.matchAll(/=\?utf-8\?B\?([^?]*)\?=/g)].map(([, word = ""]) => word);
  expect(words.map((word) => Buffer.from(word, "base64").toString()).join("")).toBe(mail.title);
});

test("nobody writes headers by way of a title or a recipient", () => {
  const text = mailText({
    ...mail,
    title: "a\r\nBcc: evil@example.com",
    to: ["b@example.com\r\nX: y"],
  });
  expect(text.split("\r\n\r\n")[0]).not.toMatch(/^(Bcc|X):/m);
});
