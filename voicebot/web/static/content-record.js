// Records a sentence with the microphone as 16-bit WAV: level, listen, keep.
"use strict";

const MOST_SECONDS = 120;

function wavOf(chunks, rate) {
  const count = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const view = new DataView(new ArrayBuffer(44 + count * 2));
  const text = (at, words) => [...words].forEach((sign, step) => view.setUint8(at + step, sign.charCodeAt(0)));
  text(0, "RIFF"); view.setUint32(4, 36 + count * 2, true); text(8, "WAVEfmt ");
  view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
  view.setUint32(24, rate, true); view.setUint32(28, rate * 2, true); view.setUint16(32, 2, true); view.setUint16(34, 16, true);
  text(36, "data"); view.setUint32(40, count * 2, true);
  let at = 44;
  for (const chunk of chunks)
    for (const sample of chunk) {
      view.setInt16(at, Math.round(Math.max(-1, Math.min(1, sample)) * 32767), true);
      at += 2;
    }
  return new Blob([view.buffer], { type: "audio/wav" });
}

function prepare(place) {
  const part = (name) => place.querySelector(`[data-${name}]`);
  const [start, stop, again, keep] = ["start", "stop", "again", "keep"].map(part);
  const meter = place.querySelector("meter");
  let context = null, stream = null, chunks = [], loudest = 0, sound = null;
  const show = (name, shown) => { part(name).hidden = !shown; };

  if (!window.isSecureContext || !navigator.mediaDevices) {
    show("insecure", true);
    start.disabled = true;
    return;
  }

  function heard(chunk) {
    chunks.push(chunk);
    const peak = chunk.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    loudest = Math.max(loudest, peak);
    meter.value = Math.max(peak, meter.value * 0.9);
    const seconds = chunks.length * chunk.length / context.sampleRate;
    part("clock").textContent = `${seconds.toFixed(1)}`;
    if (seconds > MOST_SECONDS) end();
  }

  async function begin() {
    for (const name of ["denied", "failed", "quiet", "loud", "result"]) show(name, false);
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: false, noiseSuppression: true } });
    } catch {
      show("denied", true);
      return;
    }
    chunks = []; loudest = 0;
    context = new AudioContext();
    await context.audioWorklet.addModule(place.dataset.worklet);
    const node = new AudioWorkletNode(context, "recorder", { numberOfOutputs: 0 });
    node.port.onmessage = (event) => heard(event.data);
    context.createMediaStreamSource(stream).connect(node);
    start.hidden = true; stop.hidden = false; stop.focus();
    place.setAttribute("data-recording", "");
  }

  async function end() {
    if (!stream) return;
    stream.getTracks().forEach((track) => track.stop());
    stream = null;
    const rate = context.sampleRate;
    await context.close();
    place.removeAttribute("data-recording");
    stop.hidden = true; start.hidden = false;
    meter.value = 0;
    sound = wavOf(chunks, rate);
    const player = part("player");
    if (player.src) URL.revokeObjectURL(player.src);
    player.src = URL.createObjectURL(sound);
    show("result", true); show("quiet", loudest < 0.05); show("loud", loudest > 0.99);
    keep.focus();
  }

  async function send() {
    keep.disabled = true;
    try {
      const answer = await fetch(place.dataset.send, {
        method: "POST", body: sound,
        headers: { "x-form-token": place.dataset.token, "content-type": "audio/wav", accept: "application/json" },
      });
      if (answer.ok) { location.assign(place.dataset.done); return; }
      part("failed").textContent = (await answer.json()).message;
    } catch (error) {
      part("failed").textContent = String(error);
    }
    show("failed", true);
    keep.disabled = false;  // the sound is still here, to be sent again
  }

  start.addEventListener("click", begin);
  stop.addEventListener("click", end);
  again.addEventListener("click", begin);
  keep.addEventListener("click", send);
}

document.querySelectorAll(".recorder").forEach(prepare);
