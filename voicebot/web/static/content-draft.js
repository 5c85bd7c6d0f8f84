// The check takes a few seconds, so it is asked for when the page stands already.
const place = document.getElementById("checked");
try {
  const answer = await fetch(place.dataset.address, { headers: { accept: "text/html" }, credentials: "same-origin" });
  const text = await answer.text();
  if (answer.ok && !answer.redirected) {
    place.innerHTML = text;
    // Its links are relative to where it came from, which lies deeper than this page.
    for (const link of place.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), answer.url).href;
  }
} catch {
  // Publishing checks again and tells what is wrong.
}
