// In the browser's sound thread: the ear takes the microphone to 8 kHz mu-law in frames of 20 ms, the mouth plays what
// the bot says from a buffer that evens out a jerky wire, and tells when the sound before a mark has been played.
import { FRAME, FROM_MULAW, RATE, Resampler, toMulaw } from "./try-telephone.js";

const BUFFERED = 0.08 * RATE; // samples that are held back before playing begins, against a jerky wire

class Ear extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = new Resampler(sampleRate, RATE);
    this.frame = new Uint8Array(FRAME);
    this.count = 0;
    this.loudest = 0;
    this.muted = false;
    this.port.onmessage = ({ data }) => (this.muted = data.muted);
  }

  process(inputs) {
    const heard = inputs[0]?.[0]; // no microphone: the line is silent, but it goes on
    const samples = !heard || this.muted ? new Float32Array(128) : heard;
    for (const sample of this.resampler.push(samples)) {
      this.loudest = Math.max(this.loudest, Math.abs(sample));
      this.frame[this.count++] = toMulaw(sample);
      if (this.count === FRAME) {
        this.port.postMessage({ frame: this.frame, loudest: this.loudest });
        this.frame = new Uint8Array(FRAME);
        this.count = this.loudest = 0;
      }
    }
    return true;
  }
}

class Mouth extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = new Resampler(RATE, sampleRate);
    this.forget();
    this.ready = new Float32Array(0);
    this.port.onmessage = ({ data }) => {
      if (data.mulaw) this.take(data.mulaw);
      else if (data.mark) this.pieces.push({ mark: data.mark });
      else if (data.clear) this.clear();
    };
  }

  forget() {
    this.pieces = []; // sound and marks in the order in which they came
    this.place = 0; // in the first piece
    this.waiting = 0; // samples
    this.playing = false;
  }

  take(mulaw) {
    this.pieces.push({ samples: Float32Array.from(mulaw, (byte) => FROM_MULAW[byte]) });
    this.waiting += mulaw.length;
  }

  clear() {
    for (const { mark } of this.pieces) if (mark) this.port.postMessage({ mark });
    this.forget();
  }

  // The next samples of the wire; silence where there are none.
  next(count) {
    const found = new Float32Array(count);
    const last = this.pieces[this.pieces.length - 1];
    // A mark behind the sound means that nothing more of it will come.
    if (!this.playing && (this.waiting >= BUFFERED || last?.mark)) this.playing = true;
    let filled = 0;
    while (this.playing && this.pieces.length) {
      const [{ samples, mark }] = this.pieces;
      if (mark) {
        this.port.postMessage({ mark });
        this.pieces.shift();
        continue;
      }
      if (filled === count) break;
      const part = samples.subarray(this.place, this.place + count - filled);
      found.set(part, filled);
      filled += part.length;
      this.place += part.length;
      this.waiting -= part.length;
      if (this.place === samples.length) {
        this.pieces.shift();
        this.place = 0;
      }
    }
    if (!this.pieces.length) this.playing = false;
    return found;
  }

  process(_, outputs) {
    const [channels] = outputs;
    const wanted = channels[0].length;
    while (this.ready.length < wanted) {
      const more = this.resampler.push(this.next(Math.ceil((wanted * RATE) / sampleRate)));
      const joined = new Float32Array(this.ready.length + more.length);
      joined.set(this.ready);
      joined.set(more, this.ready.length);
      this.ready = joined;
    }
    for (const channel of channels) channel.set(this.ready.subarray(0, wanted));
    this.ready = this.ready.slice(wanted);
    return true;
  }
}

registerProcessor("ear", Ear);
registerProcessor("mouth", Mouth);
