// The check takes a few seconds, so it is asked for when the page stands already, and again until it has come to an end.
const place = document.getElementById("checked");
const AGAIN_MS = 400;
const UNDER_WAY = 202;
try {
  let answer;
  do {
    if (answer) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    answer = await fetch(place.dataset.address, { headers: { accept: "text/html" }, credentials: "same-origin" });
  } while (answer.status === UNDER_WAY);
  const text = await answer.text();
  if (answer.ok && !answer.redirected) {
    place.innerHTML = text;
    // Its links are relative to where it came from, which lies deeper than this page.
    for (const link of place.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), answer.url).href;
  }
} catch {
  // Publishing checks again and tells what is wrong.
}
