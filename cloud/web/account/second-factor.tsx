import { RecoveryCodes, TotpBegun } from "@gatehouse/shared/contracts/own-account";
import { useSignal } from "@preact/signals";
import { ask, nothing } from "../../../shared/web/ask.ts";
import { countText } from "../format.ts";
import { PageSection } from "../frame/page-section.tsx";
import { newRequestId } from "../people-state.ts";
import { OwnForm } from "./own-form.tsx";
import { ownWords as words } from "./own-words.ts";
import { QrPicture } from "../../../shared/web/qr-picture.tsx";
import { ShownOnce } from "./shown-once.tsx";

/** The second factor: set up with a picture for an authenticator app, recovery codes shown once, ended again. */
export function SecondFactor({
  hasTotp,
  codesLeft,
  onChange,
}: {
  readonly hasTotp: boolean;
  readonly codesLeft: number;
  readonly onChange: () => void;
}) {
  const begun = useSignal<TotpBegun | undefined>(undefined);
  const codes = useSignal<readonly string[] | undefined>(undefined);
  const shown = codes.value;
  if (shown !== undefined)
    return (
      <PageSection title={words.recovery}>
        <ShownOnce
          hint={words.recoveryHint}
          copied={shown.join("\n")}
          doneText={words.kept}
          onDone={() => {
            codes.value = undefined;
            onChange();
          }}
        >
          <ul class="recovery-codes">
            {shown.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
        </ShownOnce>
      </PageSection>
    );
  return (
    <PageSection title={words.factor}>
      <p>{hasTotp ? words.factorOn(countText(codesLeft), codesLeft === 1) : words.factorOff}</p>
      {hasTotp ? (
        <EndFactor onDone={onChange} />
      ) : begun.value === undefined ? (
        <BeginFactor onDone={(told) => (begun.value = told)} />
      ) : (
        <ConfirmFactor
          begun={begun.value}
          onDone={(told) => {
            begun.value = undefined;
            codes.value = told.recovery_codes;
          }}
        />
      )}
    </PageSection>
  );
}

function BeginFactor({ onDone }: { readonly onDone: (begun: TotpBegun) => void }) {
  return (
    <OwnForm
      label={words.factor}
      act={words.setUp}
      send={(typed) =>
        ask("POST", "/api/me/totp/begin", TotpBegun, { password: typed("password") })
      }
      onDone={onDone}
    >
      <PasswordField />
    </OwnForm>
  );
}

function ConfirmFactor({
  begun: { address, secret },
  onDone,
}: {
  readonly begun: TotpBegun;
  readonly onDone: (codes: RecoveryCodes) => void;
}) {
  const requestId = useSignal(newRequestId());
  return (
    <OwnForm
      label={words.factor}
      act={words.turnOn}
      isPrimary
      send={async (typed) => {
        const asked = { request_id: requestId.value, code: typed("code") };
        const told = await ask("POST", "/api/me/totp/confirm", RecoveryCodes, asked);
        // The same codes come again for a lost answer; another code is another request.
        if (told.kind === "refused") requestId.value = newRequestId();
        return told;
      }}
      onDone={onDone}
    >
      <p>{words.scan}</p>
      <QrPicture text={address} label={words.qrLabel} />
      <p>
        {words.secret}: <code>{secret}</code>
      </p>
      <CodeField />
    </OwnForm>
  );
}

function EndFactor({ onDone }: { readonly onDone: () => void }) {
  return (
    <OwnForm
      label={words.factor}
      act={words.turnOff}
      send={(typed) =>
        ask("POST", "/api/me/totp/end", nothing, {
          request_id: newRequestId(),
          password: typed("password"),
          code: typed("code"),
        })
      }
      onDone={onDone}
    >
      <PasswordField />
      <CodeField />
    </OwnForm>
  );
}

const PasswordField = () => (
  <label>
    {words.passwordNow}
    <input name="password" type="password" required autocomplete="current-password" />
  </label>
);

const CodeField = () => (
  <label>
    {words.code}
    <input
      name="code"
      required
      minlength={6}
      maxlength={20}
      inputmode="numeric"
      autocomplete="one-time-code"
    />
  </label>
);
