// Plays a call. Outside it counts in seconds of the call; the recording leaves out the times when the line was not ours.

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2];

export class Player {
  // stretches: [[seconds of the call, seconds of the recording, length], ...]; moved(at): told as it plays
  constructor(address, stretches, words, moved) {
    this.address = address;
    this.stretches = stretches;
    this.words = words;
    this.moved = moved;
    this.audio = new Audio();
    this.audio.preload = "none"; // the sound is fetched when somebody wants to hear it, and that is noted
    this.audio.preservesPitch = true;
    this.button = document.getElementById("play");
    this.speed = document.getElementById("speed");
    this.button.addEventListener("click", () => this.toggle(this.wanted));
    this.speed.addEventListener("change", () => this.pace());
    for (const name of ["play", "pause", "ended"]) this.audio.addEventListener(name, () => this.told());
    this.wanted = 0;
    this.frame = null;
  }

  get playing() {
    return !this.audio.paused && !this.audio.ended;
  }

  toggle(at) {
    if (this.playing) this.pause();
    else this.seek(at ?? this.wanted, true);
    return true;
  }

  pause() {
    this.audio.pause();
  }

  seek(at, play = false) {
    this.wanted = at;
    if (!play && !this.audio.src) return;
    this.load();
    const to = this.recorded(at);
    if (this.audio.readyState) this.audio.currentTime = to;
    else this.audio.addEventListener("loadedmetadata", () => (this.audio.currentTime = this.recorded(this.wanted)), { once: true });
    if (play) this.audio.play().catch(() => this.told());
  }

  faster(by) {
    const place = SPEEDS.indexOf(Number(this.speed.value)) + by;
    if (SPEEDS[place]) this.speed.value = String(SPEEDS[place]);
    this.pace();
    return true;
  }

  pace() {
    this.audio.defaultPlaybackRate = Number(this.speed.value);
    this.audio.playbackRate = Number(this.speed.value);
  }

  load() {
    if (this.audio.src) return;
    this.audio.src = this.address;
    this.pace();
  }

  told() {
    this.button.setAttribute("aria-pressed", String(this.playing));
    this.button.firstElementChild.textContent = this.playing ? this.words.pause : this.words.play;
    cancelAnimationFrame(this.frame);
    if (this.playing) this.tick();
  }

  tick() {
    this.wanted = this.called(this.audio.currentTime);
    this.moved(this.wanted);
    if (this.playing) this.frame = requestAnimationFrame(() => this.tick());
  }

  // From the call to the recording: where there is no sound, to the next that there is.
  recorded(at) {
    for (const [since, recorded, length] of this.stretches) {
      if (at < since + length) return recorded + Math.max(0, at - since);
    }
    const last = this.stretches.at(-1);
    return last ? last[1] + last[2] : 0;
  }

  called(at) {
    const found = this.stretches.findLast(([, recorded]) => recorded <= at) || [0, 0, 0];
    return found[0] + (at - found[1]);
  }
}
