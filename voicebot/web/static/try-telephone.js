// What makes a browser's sound a telephone's: G.711 mu-law and resampling. Pure: used in worklets and by tests.

export const RATE = 8000; // samples a second on the wire
export const FRAME = 160; // samples: 20 ms, as a carrier sends them
const LOUDEST = 8158; // of 14 bits; louder samples get the code of this one (ITU-T G.711, table 2a)
const BIAS = 33;

// sample: -1 to 1; gives a byte.
export function toMulaw(sample) {
  const whole = Math.max(-32768, Math.min(32767, Math.round(sample * 32768))) >> 2;
  const magnitude = Math.min(Math.abs(whole), LOUDEST) + BIAS;
  const segment = Math.max(0, 31 - Math.clz32(magnitude) - 5);
  const step = (magnitude >> (segment + 1)) & 15;
  return ((segment << 4) | step) ^ (whole < 0 ? 0x7f : 0xff);
}

// The sample, -1 to 1, of each byte: the middle of its step.
export const FROM_MULAW = Float32Array.from({ length: 256 }, (_, byte) => {
  const code = ~byte & 255;
  const magnitude = ((((code & 15) << 3) + 4 * BIAS) << ((code >> 4) & 7)) - 4 * BIAS;
  return (code & 128 ? -magnitude : magnitude) / 32768;
});

const LOBES = 12; // zero crossings of the kernel on each side
const PHASES = 256; // places between two samples for which the kernel is laid out
const PASS = 0.92; // share of the band that is let through; the rest is for the filter's slope

// From one rate to another, piece by piece: a windowed sinc (Hann), so nothing above half the lower rate folds down.
export class Resampler {
  constructor(from, to) {
    this.step = from / to;
    const cut = Math.min(1, to / from) * PASS;
    this.half = Math.ceil(LOBES / cut);
    this.width = 2 * this.half;
    this.kernels = Array.from({ length: PHASES + 1 }, (_, phase) => kernel(phase / PHASES, this.half, cut));
    this.held = new Float32Array(this.width); // silence before the first sample
    this.at = this.half; // where the next sample is taken, in samples of `held`
  }

  push(samples) {
    const held = new Float32Array(this.held.length + samples.length);
    held.set(this.held);
    held.set(samples, this.held.length);
    const found = [];
    while (Math.floor(this.at) + this.half < held.length) {
      const whole = Math.floor(this.at);
      const taps = this.kernels[Math.round((this.at - whole) * PHASES)];
      const first = whole - this.half + 1;
      let sum = 0;
      for (let place = 0; place < this.width; place++) sum += held[first + place] * taps[place];
      found.push(sum);
      this.at += this.step;
    }
    const used = Math.max(0, Math.min(held.length, Math.floor(this.at) - this.half));
    this.held = held.subarray(used);
    this.at -= used;
    return Float32Array.from(found);
  }
}

function kernel(offset, half, cut) {
  const taps = new Float32Array(2 * half);
  let sum = 0;
  for (let place = 0; place < taps.length; place++) {
    const away = place - half + 1 - offset;
    const window = Math.abs(away) < half ? 0.5 + 0.5 * Math.cos((Math.PI * away) / half) : 0;
    const angle = Math.PI * cut * away;
    taps[place] = (away === 0 ? 1 : Math.sin(angle) / angle) * window;
    sum += taps[place];
  }
  return taps.map((tap) => tap / sum);
}
