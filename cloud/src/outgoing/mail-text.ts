/** A mail before it is sent. */
export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly title: string;
  readonly text: string;
  readonly messageId: string;
  /** RFC 5322: `Fri, 20 Nov 2026 12:00:00 +0000` */
  readonly date: string;
}

const lineMax = 76;

/** A mail as it goes over the wire: headers in ASCII, the text as base64, so that no line is ever too long. */
export function mailText({ from, to, title, text, messageId, date }: Mail): string {
  const domain = from.slice(from.lastIndexOf("@") + 1).replace(/>$/, "");
  const headers = [
    `From: ${headerText(from)}`,
    `To: ${to.map(headerText).join(",\r\n ")}`,
    `Subject: ${encodedWords(title)}`,
    `Date: ${date}`,
    `Message-ID: <${headerText(messageId)}@${domain}>`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "Auto-Submitted: auto-generated",
  ];
  const body = Buffer.from(text.replaceAll(/\r?\n/g, "\r\n")).toString("base64");
  const lines = body.match(new RegExp(`.{1,${lineMax}}`, "g")) ?? [];
  return `${headers.join("\r\n")}\r\n\r\n${lines.join("\r\n")}\r\n`;
}

/** No line of a header comes from elsewhere. */
const headerText = (text: string): string => text.replaceAll(/[\r\n]+/g, " ");

/** RFC 2047: a title in any language, in words of at most 75 characters. */
function encodedWords(title: string): string {
  if (/^[\x20-\x7e]*$/.test(title) && title.length <= lineMax) return title;
  const words: string[] = [];
  let word = "";
  for (const character of title.replaceAll(/[\r\n]+/g, " ")) {
    if (Buffer.byteLength(word + character) > 42) {
      words.push(word);
      word = "";
    }
    word += character;
  }
  words.push(word);
  return words.map((each) => `=?utf-8?B?${Buffer.from(each).toString("base64")}?=`).join("\r\n ");
}
