import {
  decodeFrames,
  EncodedFrame,
  encodedJson,
  encodeItem,
  FrameInput,
  FrameItem,
  framesInput,
  statedBytes,
} from "../src/http/frames.ts";
import { answer, json, post } from "../src/http/route.ts";
import { Type } from "../src/schema/types.ts";

export const frames = [
  post("/frames/decode", {
    summary: "Decode one frame or several of the remoting protocol",
    body: framesInput,
    answers: { 200: answer("the frames", Type.Object({ frames: Type.Array(FrameItem) })) },
    access: "read",
    handle: ({ body }) => ({ status: 200, body: { frames: decodeFrames(statedBytes(body)) } }),
  }),

  post("/frames/encode", {
    summary: "Encode a frame of the remoting protocol",
    body: json(FrameInput),
    answers: { 200: answer("the frame; as application/octet-stream its bytes", EncodedFrame) },
    access: "read",
    hasBytes: true,
    handle({ body }) {
      const content = encodeItem(body);
      return { status: 200, body: encodedJson(content), content };
    },
  }),
];
