// Lets staff hear words as they sound on the telephone, and see how they are read: kana, and where the pitch falls.
"use strict";

const player = new Audio();

function wordsOf(button) {
  const from = button.dataset.hear ? document.getElementById(button.dataset.hear) : null;
  const query = new URLSearchParams({ text: from ? from.value : button.dataset.text || "" });
  for (const name of ["language", "name", "word", "reading", "accent", "recorded"])
    if (button.dataset[name]) query.set(name, button.dataset[name]);
  for (const field of (button.dataset.with || "").split(" ").filter(Boolean)) {
    const input = document.getElementById(field);
    if (input && input.value !== "") query.set(input.name, input.value);
  }
  if (!query.get("text")) query.set("text", query.get("word") || "");
  return query;
}

function shownIn(place, phrases) {
  place.replaceChildren();
  for (const phrase of phrases) {
    const morae = phrase.kana.match(/.[ァィゥェォャュョヮ]?/gu) || [];
    morae.forEach((mora, at) => {
      place.append(mora);
      if (phrase.accent === at + 1) {
        const fall = document.createElement("b");
        fall.textContent = "＼";
        place.append(fall);
      }
    });
    place.append(phrase.pause ? "、" : " ");
  }
}

async function spelled(button) {
  const place = document.querySelector(`[data-kana="${CSS.escape(button.dataset.hear || button.dataset.key || "")}"]`);
  if (!place) return;
  const answer = await fetch(`${button.dataset.root}content/words/spelled?${wordsOf(button)}`, { headers: { accept: "application/json" } });
  if (answer.ok) shownIn(place, (await answer.json()).phrases);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-hear], button[data-text]");
  if (!button) return;
  button.setAttribute("aria-busy", "true");
  try {
    spelled(button).catch(() => {});
    player.src = `${button.dataset.root}content/words/say?${wordsOf(button)}`;
    await player.play();
    button.dataset.played = String(Number(button.dataset.played || 0) + 1);
  } catch {
    button.title = button.dataset.failed || "";
    button.classList.add("warn");
  } finally {
    button.removeAttribute("aria-busy");
  }
});

// How long an answer takes to say: about six signs a second.
for (const field of document.querySelectorAll("textarea[data-count]")) {
  const told = document.createElement("span");
  told.className = "quiet";
  const count = () => {
    const signs = field.value.replace(/\s/g, "").length;
    told.textContent = field.dataset.count.replace("{count}", signs).replace("{seconds}", Math.round(signs / 6));
  };
  field.addEventListener("input", count);
  field.after(told);
  count();
}
