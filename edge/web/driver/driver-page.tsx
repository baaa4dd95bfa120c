import { DriverForm } from "./driver-form.tsx";
import { PaymentPart } from "./payment-part.tsx";
import { due, page, payment } from "./paying.ts";
import { StayPart } from "./stay-part.tsx";
import { Trouble } from "./trouble.tsx";
import { words } from "./words.ts";

/** A driver pays on the phone: whose stay, what is owed, the gateway's page, and then how long the exit is free. */
export function DriverPage() {
  const told = page.value;
  if (told === undefined) return <main class="driver">{words.loading}</main>;
  if (told.kind !== "ok")
    return (
      <main class="driver">
        <Trouble told={told} />
      </main>
    );
  return (
    <main class="driver">
      <header>
        <p class="driver-where">{told.value.facility}</p>
        <h1>{words.title}</h1>
      </header>
      <Now gateways={told.value.gateways} />
    </main>
  );
}

function Now({ gateways }: { readonly gateways: readonly string[] }) {
  if (payment.value?.kind === "ok") return <PaymentPart payment={payment.value.value} />;
  if (payment.value !== undefined) return <Trouble told={payment.value} />;
  if (due.value?.kind === "ok") return <StayPart due={due.value.value} gateways={gateways} />;
  return <DriverForm />;
}
