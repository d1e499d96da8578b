// The conversation: which clicks mean something, and where the view stays while an answer grows.
// Gradio gives `element`, `trigger` and `watch`.

const column = () => document.getElementById("fn-conversation");
let current = ""; // selector of the buttons whose passage the source pane shows

// Every rendering resets the classes of the buttons, so this runs after each.
function showCurrent() {
  element.querySelectorAll(".fn-current").forEach((button) => button.classList.remove("fn-current"));
  if (current) element.querySelectorAll(current).forEach((button) => button.classList.add("fn-current"));
}

element.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-kind]");
  if (opener) {
    const { turn, number, kind } = opener.dataset;
    document.dispatchEvent(new CustomEvent("footnote:open", { detail: opener }));
    trigger("cite", { turn, number, kind });
    current = `[data-kind="${kind}"][data-turn="${turn}"][data-number="${number}"]`;
    showCurrent();
  }
  const example = event.target.closest("[data-example]");
  if (example) {
    trigger("example", { number: example.dataset.example });
    document.querySelector("#fn-question textarea")?.focus();
  }
});

// Follow the newest turn, but never push its question out of sight.
watch("value", () => {
  const newest = element.querySelector(".fn-turn:last-child");
  if (!newest) current = "";
  showCurrent();
  if (!newest) return;
  const scroller = column();
  const bottom = scroller.scrollHeight - scroller.clientHeight;
  const top = newest.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop - 24;
  scroller.scrollTo({ top: Math.min(top, bottom), behavior: "smooth" });
});
