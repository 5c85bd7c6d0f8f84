// The two sounds of the page: a soft chime for something new, and a call that is listened to.

let context = null;

// Must first be called in answer to a click: browsers allow no sound before.
export function allow() {
  context = context || new AudioContext();
  return context.resume();
}

export function chime(urgent) {
  if (!context) return;
  const now = context.currentTime;
  (urgent ? [784, 988, 784, 988] : [659, 784]).forEach((hertz, place) => {
    const tone = context.createOscillator();
    const loud = context.createGain();
    tone.frequency.value = hertz;
    loud.gain.setValueAtTime(0.0001, now + place * 0.2);
    loud.gain.exponentialRampToValueAtTime(0.25, now + place * 0.2 + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.0001, now + place * 0.2 + 0.19);
    tone.connect(loud).connect(context.destination);
    tone.start(now + place * 0.2);
    tone.stop(now + place * 0.2 + 0.2);
  });
}

const RATE = 8000;
const AHEAD = 0.15; // seconds of sound that are held back against a jerky wire
const PIECE = 800; // samples: what is played at once

export class Listening {
  // address: of the call's sound; over(): called once when it ends, for whatever reason
  constructor(address, over) {
    allow();
    this.over = over;
    this.at = 0;
    this.rest = [];
    this.count = 0;
    this.socket = new WebSocket(address);
    this.socket.binaryType = "arraybuffer";
    this.socket.addEventListener("message", (event) => this.hear(new Int16Array(event.data)));
    this.socket.addEventListener("close", () => this.stop());
  }

  hear(samples) {
    this.rest.push(samples);
    this.count += samples.length;
    if (this.count < PIECE) return;
    const buffer = context.createBuffer(1, this.count, RATE);
    const channel = buffer.getChannelData(0);
    let place = 0;
    for (const piece of this.rest) for (const sample of piece) channel[place++] = sample / 32768;
    this.rest = [];
    this.count = 0;
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    this.at = Math.max(this.at, context.currentTime + AHEAD);
    if (this.at > context.currentTime + 1) this.at = context.currentTime + AHEAD; // late sound is skipped, not queued
    source.start(this.at);
    this.at += buffer.duration;
    this.heard = (this.heard || 0) + buffer.length;
  }

  stop() {
    if (!this.socket) return;
    const socket = this.socket;
    this.socket = null;
    socket.close();
    this.over();
  }
}
