import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { seconds } from "@gatehouse/shared/time";

/** A whole mail, from the connection to the server's word that it has it. */
const patience = seconds(30);
const replyMax = 16 * 1024;

/** The server that sends our mail, as whoever runs head office wrote it down. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** `tls`: from the first byte; `starttls`: after a greeting, or not at all; `plain`: never, in a house of one's own. */
  readonly security: "tls" | "starttls" | "plain";
  readonly user: string | undefined;
  readonly password: string;
  readonly from: string;
}

/** A server's word: its code and its last line. */
export interface SmtpReply {
  readonly code: number;
  readonly words: string;
}

/** It was refused: with the server's own code. */
export class SmtpRefusal extends Error {
  override readonly name = "SmtpRefusal";
  readonly code: number;

  constructor({ code, words }: SmtpReply) {
    super(words);
    this.code = code;
  }
}

/**
 * Hands a mail to the server (RFC 5321). A recipient that it refuses keeps the mail from nobody else.
 *
 * @param text headers and body, lines ended by CR LF
 * @throws SmtpRefusal with its code; Error when it cannot be reached or breaks off
 */
export async function sendMail(
  clock: Clock,
  server: MailServer,
  to: readonly string[],
  text: string,
): Promise<SmtpReply> {
  let line = await Line.open(clock, server);
  try {
    await line.expect(220);
    const name = bare(server.from).replace(/^.*@/, "");
    let offers = await line.hello(name);
    if (server.security === "starttls") {
      if (!/^STARTTLS$/im.test(offers)) throw new Error("the mail server offers no STARTTLS");
      await line.ask("STARTTLS", 220);
      line = await line.secured(server.host);
      offers = await line.hello(name);
    }
    if (server.user !== undefined) {
      const word = Buffer.from(`\0${server.user}\0${server.password}`).toString("base64");
      await line.ask(`AUTH PLAIN ${word}`, 235);
    }
    await line.ask(`MAIL FROM:<${bare(server.from)}>`, 250);
    const refused = await line.recipients(to.map(bare));
    await line.ask("DATA", 354);
    // A line that begins with a dot gets one more, so that only ours ends the mail.
    const taken = await line.ask(`${text.replaceAll(/^\./gm, "..")}.`, 250);
    line.say("QUIT");
    return refused.length === 0
      ? taken
      : { ...taken, words: `${taken.words}; not for ${refused.join(", ")}` };
  } finally {
    line.close();
  }
}

const bare = (address: string): string => (/<([^<>]*)>/.exec(address)?.[1] ?? address).trim();

/** One connection: what is said and answered, line by line. */
class Line {
  readonly #socket: Socket;
  readonly #cancel: () => void;
  #heard = "";
  #failure: Error | undefined;
  #wake: () => void = () => {};

  constructor(socket: Socket, cancel: () => void) {
    this.#socket = socket;
    this.#cancel = cancel;
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => {
      this.#heard += chunk;
      if (this.#heard.length > replyMax)
        socket.destroy(new Error("the mail server talks too much"));
      this.#wake();
    });
    socket.on("error", (error) => this.#fail(error));
    socket.on("close", () => this.#fail(new Error("the mail server hung up")));
  }

  static open(clock: Clock, { host, port, security }: MailServer): Promise<Line> {
    const socket =
      security === "tls"
        ? connectTls({ host, port, servername: host })
        : connectPlain({ host, port });
    const cancel = clock.after(patience, () => socket.destroy(new Error("no answer in time")));
    return Promise.resolve(new Line(socket, cancel));
  }

  /** The same connection from here on in secret; what was heard before counts no more (RFC 3207). */
  async secured(host: string): Promise<Line> {
    this.#socket.removeAllListeners("data");
    const socket = connectTls({ socket: this.#socket, servername: host });
    await new Promise<void>((resolve, reject) => {
      socket.once("secureConnect", resolve);
      socket.once("error", reject);
    });
    return new Line(socket, this.#cancel);
  }

  async hello(name: string): Promise<string> {
    this.say(`EHLO ${name}`);
    return (await this.expect(250)).words;
  }

  /**
   * Names the recipients. @returns those that the server refuses
   *
   * @throws SmtpRefusal when it refuses all of them
   */
  async recipients(to: readonly string[]): Promise<string[]> {
    const refused: string[] = [];
    let first: SmtpRefusal | undefined;
    for (const each of to) {
      this.say(`RCPT TO:<${each}>`);
      const reply = await this.#reply();
      if (reply.code === 250 || reply.code === 251) continue;
      first ??= new SmtpRefusal(reply);
      refused.push(each);
    }
    if (first !== undefined && refused.length === to.length) throw first;
    return refused;
  }

  say(text: string): void {
    this.#socket.write(`${text}\r\n`);
  }

  ask(text: string, ...codes: readonly number[]): Promise<SmtpReply> {
    this.say(text);
    return this.expect(...codes);
  }

  /** @throws SmtpRefusal when the server says something else */
  async expect(...codes: readonly number[]): Promise<SmtpReply> {
    const reply = await this.#reply();
    if (!codes.includes(reply.code)) throw new SmtpRefusal(reply);
    return reply;
  }

  close(): void {
    this.#cancel();
    this.#socket.destroySoon();
  }

  /** One reply: lines `250-…`, the last one `250 …`. */
  async #reply(): Promise<SmtpReply> {
    for (;;) {
      const whole = /^(?:\d{3}-.*\r?\n)*(\d{3})(?: .*)?\r?\n/.exec(this.#heard);
      if (whole !== null) {
        this.#heard = this.#heard.slice(whole[0].length);
        const words = whole[0].replaceAll(/^\d{3}[- ]?/gm, "").trim();
        return { code: Number(whole[1]), words };
      }
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#wake();
  }
}
