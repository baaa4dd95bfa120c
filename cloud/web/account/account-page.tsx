import "./account.css";
import { Me } from "@gatehouse/shared/contracts/own-account";
import { wholeAddress } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { PageHead } from "../frame/page-head.tsx";
import { OwnLogins } from "./own-logins.tsx";
import { OwnPassword } from "./own-password.tsx";
import { OwnTokens } from "./own-tokens.tsx";
import { ownWords as words } from "./own-words.ts";
import { SecondFactor } from "./second-factor.tsx";

/** One's own account: the password, the second factor, where one is signed in, tokens for one's tools. */
export function AccountPage() {
  const answer = useAnswer("/api/me", Me, "once");
  return (
    <>
      <PageHead title={words.title} sentence={answer.value && sentenceOf(answer.value)}>
        {answer.value?.user === null && (
          <p>
            <a href={wholeAddress("people")}>{words.toPeople}</a>
          </p>
        )}
      </PageHead>
      <Answered answer={answer}>
        {(me) =>
          me.user === null ? null : (
            <div class="account">
              <OwnPassword email={me.user.email} />
              <SecondFactor
                hasTotp={me.user.has_totp}
                codesLeft={me.user.recovery_codes_left}
                onChange={answer.again}
              />
              <OwnLogins />
              <OwnTokens rights={me.rights} />
            </div>
          )
        }
      </Answered>
    </>
  );
}

const sentenceOf = ({ user }: Me): string =>
  user === null
    ? words.noAccount
    : words.sentence(`${user.first_name} ${user.last_name}`, user.email);
