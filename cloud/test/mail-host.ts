import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import type { MailServer } from "../src/outgoing/smtp.ts";

export interface GotMail {
  readonly to: readonly string[];
  readonly title: string;
  readonly text: string;
}

/** A mail server as far as one mail goes (RFC 5321). */
export class MailHost {
  readonly mails: GotMail[] = [];
  /** What it says to recipients instead of taking them. */
  refuses: string | undefined;
  /** Whom it refuses then; all of them where this is empty. */
  refusesOnly = "";
  readonly #server: Server = createServer((socket) => this.#talk(socket));

  listen(): Promise<this> {
    return new Promise((resolve) => this.#server.listen(0, "127.0.0.1", () => resolve(this)));
  }

  get server(): MailServer {
    const { port } = this.#server.address() as AddressInfo;
    const who = { user: "gatehouse", password: "word", from: "gatehouse@example.com" };
    return { host: "127.0.0.1", port, security: "plain", ...who };
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #talk(socket: Socket): void {
    let heard = "";
    let isData = false;
    let to: string[] = [];
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    const line = (text: string): void => {
      if (text.startsWith("EHLO ")) say("250-mail.example\r\n250 AUTH PLAIN");
      else if (text.startsWith("AUTH PLAIN "))
        say(atob(text.slice(11)) === "\0gatehouse\0word" ? "235 welcome" : "535 no");
      else if (text.startsWith("MAIL FROM:")) say("250 ok");
      else if (text.startsWith("RCPT TO:")) {
        const isRefused = this.refuses !== undefined && text.includes(this.refusesOnly);
        if (!isRefused) to.push(text.slice(8));
        say(isRefused ? (this.refuses ?? "") : "250 ok");
      } else if (text === "DATA") {
        isData = true;
        say("354 go on");
      } else if (text === "QUIT") socket.end("221 bye\r\n");
      else say("500 what?");
    };
    socket.setEncoding("utf8");
    socket.on("error", () => {});
    socket.on("data", (chunk: string) => {
      heard += chunk;
      for (;;) {
        const end = heard.indexOf(isData ? "\r\n.\r\n" : "\r\n");
        if (end < 0) return;
        const text = heard.slice(0, end);
        heard = heard.slice(end + (isData ? 5 : 2));
        if (!isData) {
          line(text);
          continue;
        }
        isData = false;
        this.mails.push({ to, ...partsOf(text.replaceAll("\r\n..", "\r\n.")) });
        to = [];
        say("250 taken");
      }
    });
    say("220 mail.example");
  }
}

function partsOf(mail: string): Omit<GotMail, "to"> {
  const [head = "", body = ""] = mail.split("\r\n\r\n");
  const raw = /^Subject: ((?:.|\r\n )*)/m.exec(head)?.[1] ?? "";
  const title = raw
    .replaceAll("\r\n ", "")
    .replaceAll(/=\?utf-8\?B\?([^?]*)\?=/g, (_, word: string) =>
      Buffer.from(word, "base64").toString(),
    );
  return { title, text: Buffer.from(body, "base64").toString() };
}
