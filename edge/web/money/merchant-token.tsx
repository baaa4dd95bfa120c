import { accountsWords } from "./accounts-words.ts";
import { QrPicture } from "../../../shared/web/qr-picture.tsx";

/** The way to a merchant's own page, told once: its tablet reads the code, or somebody types what stands below. */
export function MerchantToken({
  merchantId,
  token,
}: {
  readonly merchantId: string;
  readonly token: string;
}) {
  const url = `${location.origin}/validate/${encodeURIComponent(merchantId)}#${token}`;
  return (
    <div class="qr-figure">
      <QrPicture text={url} label={accountsWords.tokenCode} />
      <p class="quiet">{accountsWords.tokenOnce}</p>
      <p class="token">{token}</p>
    </div>
  );
}
