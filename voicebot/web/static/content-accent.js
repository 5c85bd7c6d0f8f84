// An accent is chosen on the reading itself: press the last sign that is high, or "flat", or leave it to the rules.
"use strict";

const katakana = (text) => text.normalize("NFKC").replace(/[ぁ-ゖ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0x60));
const moraeOf = (text) => katakana(text).replaceAll("・", "").match(/[ァ-ヴー][ァィゥェォャュョヮ]?/gu) || [];

function chooser(place) {
  const field = document.getElementById(place.dataset.accent);
  const reading = document.getElementById(place.dataset.of);
  function draw() {
    const morae = moraeOf(reading.value);
    if (field.value !== "" && Number(field.value) > morae.length) field.value = "";
    place.replaceChildren();
    const choices = [["", place.dataset.rules], ["0", place.dataset.flat], ...morae.map((mora, at) => [String(at + 1), `${mora}＼`])];
    for (const [value, words] of choices) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words;
      button.setAttribute("role", "radio");
      button.setAttribute("aria-checked", String(field.value === value));
      button.addEventListener("click", () => {
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        draw();
        place.querySelector('[aria-checked="true"]').focus();
      });
      place.append(button);
    }
  }
  reading.addEventListener("input", draw);
  field.hidden = true;
  place.hidden = false;
  draw();
}

document.querySelectorAll("[data-accent]").forEach(chooser);
for (const cell of document.querySelectorAll("[data-shown]")) {
  const morae = moraeOf(cell.dataset.shown);
  const fall = cell.dataset.fall === undefined ? -1 : Number(cell.dataset.fall);
  if (fall > 0) cell.textContent = morae.map((mora, at) => (at + 1 === fall ? `${mora}＼` : mora)).join("");
  else cell.textContent = morae.join("") + (fall === 0 ? "￣" : "");
}
