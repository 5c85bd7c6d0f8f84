// 今日: fetches what changes every few seconds while the page is looked at.
const now = document.getElementById("now");
const EVERY = 5000;
let shown = "";

async function look() {
  if (document.hidden || now.contains(document.activeElement)) return;
  try {
    const answer = await fetch(now.dataset.from, { headers: { accept: "text/html" } });
    if (answer.redirected || answer.status === 401) return location.reload();
    if (!answer.ok) return;
    const text = await answer.text();
    if (text !== shown && !now.contains(document.activeElement)) now.innerHTML = shown = text;
  } catch {
    // The next look may succeed.
  }
}

setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
