// The line of a trial: the messages of a media stream as a carrier sends them, and our own beside them.

const STREAM = "trial";
const MILLISECONDS = 20; // in a frame

export class Line {
  // told: { item(item), sound(mulaw), mark(name), clear(), closed() }
  constructor(address, told) {
    this.chunk = 0;
    this.socket = new WebSocket(address);
    this.socket.addEventListener("message", (event) => this.hear(JSON.parse(event.data), told));
    this.socket.addEventListener("close", () => told.closed());
  }

  hear(message, told) {
    if (message.event === "trial") told.item(message);
    else if (message.event === "media") told.sound(Uint8Array.from(atob(message.media.payload), (sign) => sign.charCodeAt(0)));
    else if (message.event === "mark") told.mark(message.mark.name);
    else if (message.event === "clear") told.clear();
  }

  send(message) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  speak(frame) {
    this.chunk++;
    const payload = btoa(String.fromCharCode(...frame));
    const media = { track: "inbound", chunk: `${this.chunk}`, timestamp: `${this.chunk * MILLISECONDS}`, payload };
    this.send({ event: "media", streamSid: STREAM, media });
  }

  press(digit) {
    this.send({ event: "dtmf", streamSid: STREAM, dtmf: { digit } });
  }

  mark(name) {
    this.send({ event: "mark", streamSid: STREAM, mark: { name } });
  }

  // What a telephone cannot carry.
  order(what, fields = {}) {
    this.send({ event: "trial", do: what, ...fields });
  }

  hangUp() {
    this.send({ event: "stop", streamSid: STREAM, stop: { callSid: STREAM } });
    this.order("hang_up");
  }

  close() {
    this.socket.close();
  }
}
