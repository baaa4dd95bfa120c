import "../../../shared/web/no-eval.ts";
import { render } from "preact";
import { listen } from "./listening.ts";
import { SignPage } from "./sign-page.tsx";
import { words } from "./words.ts";

document.documentElement.lang = words.language;
const place = document.querySelector("#sign");
if (place !== null) render(<SignPage />, place);
listen();
