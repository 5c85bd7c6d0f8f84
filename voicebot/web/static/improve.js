// Shows how far work behind the calls is, and which fields a choice needs. Every page works without it.
const pause = 1500;

async function follow(box) {
  const steps = box.querySelector("[data-count]");
  const bar = box.querySelector("progress");
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    let told;
    try {
      const answer = await fetch(box.dataset.progress, { headers: { accept: "application/json" } });
      if (!answer.ok) continue;
      told = await answer.json();
    } catch {
      continue; // the service restarts, or the wire is down: ask again
    }
    if (told.over) break;
    if (told.of) {
      bar.max = told.of;
      bar.value = told.done;
      steps.textContent = `${told.done} / ${told.of}`;
    }
  }
  const typed = document.activeElement && document.activeElement.matches("input, select, textarea");
  if (typed) box.querySelector("[data-reload]").hidden = false;
  else location.reload();
}

function choose() {
  const kind = document.querySelector("input[name=kind]:checked");
  if (!kind) return;
  for (const part of document.querySelectorAll("[data-for]")) {
    part.hidden = part.dataset.for !== kind.value;
    for (const field of part.querySelectorAll("textarea")) field.required = !part.hidden;
  }
}

for (const box of document.querySelectorAll("[data-progress]")) follow(box);
for (const radio of document.querySelectorAll("input[name=kind][type=radio]")) radio.addEventListener("change", choose);
choose();
