import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { RadioFrame } from "./sensor-frames.ts";

/** A frame as the network heard it. */
export interface HeardFrame extends RadioFrame {
  /** 16 lower-case hex digits. */
  readonly devEui: string;
  /** 8 lower-case hex digits, new with each join. */
  readonly devAddr: string;
  readonly fCnt: number;
  readonly at: Instant;
  /** dBm and dB, of each gateway that heard it. */
  readonly gateways: readonly { readonly rssi: number; readonly snr: number }[];
  /** A UUID, one for each frame. */
  readonly frameId: string;
}

export interface PublishedEvent {
  readonly topic: string;
  readonly payload: string;
}

/** How each kind of network server wraps a frame, and on which topic. */
export const envelopes = {
  chirpstack: (frame: HeardFrame): PublishedEvent => ({
    topic: `application/${application}/device/${frame.devEui}/event/up`,
    payload: JSON.stringify({
      deduplicationId: frame.frameId,
      time: isoOf(frame.at).replace("Z", "000+00:00"),
      deviceInfo: { applicationId: application, applicationName: "bays", devEui: frame.devEui },
      devAddr: frame.devAddr,
      adr: true,
      dr: 5,
      // Protobuf JSON leaves out what is 0.
      ...(frame.fCnt > 0 && { fCnt: frame.fCnt }),
      fPort: frame.fPort,
      confirmed: false,
      data: frame.bytes.toString("base64"),
      rxInfo: frame.gateways.map(({ rssi, snr }, index) => ({
        gatewayId: gateway(index),
        rssi,
        snr,
      })),
      txInfo: { frequency: 868_100_000 },
    }),
  }),
  "the-things-stack": (frame: HeardFrame): PublishedEvent => ({
    topic: `v3/garage@site/devices/bay-${frame.devEui}/up`,
    payload: JSON.stringify({
      end_device_ids: {
        device_id: `bay-${frame.devEui}`,
        application_ids: { application_id: "garage" },
        dev_eui: frame.devEui.toUpperCase(),
        dev_addr: frame.devAddr.toUpperCase(),
      },
      received_at: isoOf(frame.at),
      uplink_message: {
        f_port: frame.fPort,
        ...(frame.fCnt > 0 && { f_cnt: frame.fCnt }),
        frm_payload: frame.bytes.toString("base64"),
        rx_metadata: frame.gateways.map(({ rssi, snr }, index) => ({
          gateway_ids: { gateway_id: `gw-${index + 1}`, eui: gateway(index).toUpperCase() },
          rssi,
          snr,
        })),
        received_at: isoOf(frame.at),
      },
    }),
  }),
} as const;

export type ServerKind = keyof typeof envelopes;

const application = "5d0f2c64-1f0b-4f1e-9a43-7c3c2b6c0b11";
const gateway = (index: number): string => `a84041ffff1f4b7${index}`;
