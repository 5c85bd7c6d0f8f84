// The microphone and the loudspeaker of a trial. Without a microphone the line is silent, and everything else works.

export const secure = () => window.isSecureContext && "AudioWorkletNode" in window;

const TROUBLES = { NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "absent", OverconstrainedError: "absent" };

export class Sound {
  // told: { frame(mulaw), level(0 to 1), mark(name), trouble(code) }
  constructor(told) {
    this.told = told;
  }

  // In answer to a click: browsers allow no sound before. root: the way to the static files.
  async open(root) {
    this.context = new AudioContext({ latencyHint: "interactive" });
    await this.context.audioWorklet.addModule(`${root}static/try-worklet.js`);
    this.ear = new AudioWorkletNode(this.context, "ear", { numberOfOutputs: 1, channelCount: 1, channelCountMode: "explicit" });
    this.mouth = new AudioWorkletNode(this.context, "mouth", { numberOfInputs: 0, outputChannelCount: [1] });
    this.ear.port.onmessage = ({ data }) => {
      this.told.frame(data.frame);
      this.told.level(data.loudest);
    };
    this.mouth.port.onmessage = ({ data }) => this.told.mark(data.mark);
    this.mouth.connect(this.context.destination);
    this.ear.connect(this.context.destination); // gives silence; nodes that lead nowhere are not run
    await this.context.resume();
    await this.listen();
  }

  async listen() {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      });
      this.source = this.context.createMediaStreamSource(this.stream);
      this.source.connect(this.ear);
    } catch (error) {
      this.told.trouble(TROUBLES[error.name] || "trouble");
    }
  }

  get heard() {
    return Boolean(this.stream);
  }

  say(mulaw) {
    this.mouth?.port.postMessage({ mulaw });
  }

  mark(name) {
    this.mouth?.port.postMessage({ mark: name });
  }

  clear() {
    this.mouth?.port.postMessage({ clear: true });
  }

  mute(muted) {
    this.ear?.port.postMessage({ muted });
  }

  // Sound that is under way may still be heard; the microphone is let go at once.
  close() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.source?.disconnect();
    this.context?.close();
    this.stream = this.context = null;
  }
}
