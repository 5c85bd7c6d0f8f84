// Runs beside the page: hands over the microphone's sound as it is.
class Recorder extends AudioWorkletProcessor {
  process([input]) {
    if (input[0] && input[0].length) this.port.postMessage(input[0].slice());
    return true;
  }
}
registerProcessor("recorder", Recorder);
