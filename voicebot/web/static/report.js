// The report: a button for the browser's own printing, which can make a PDF.
const button = document.getElementById("print");
button.hidden = false;
button.addEventListener("click", () => window.print());
