// The conversation: which clicks mean something, what is read aloud, and where view and focus stay.
// Each rendering replaces the whole conversation. Gradio gives `element`, `trigger` and `watch`.

const keyboard = window.matchMedia("(pointer: fine)"); // on a touch screen, focus would bring up the keyboard
const box = () => document.querySelector("#fn-question textarea");
let current = ""; // selector of the buttons whose passage the source pane shows
let held = ""; // selector of the button that has the focus

const aloud = document.body.appendChild(document.createElement("p"));
aloud.id = "fn-aloud";
aloud.setAttribute("role", "status");

function say(text) {
  if (aloud.textContent !== text) aloud.textContent = text;
}

function selectorOf(button) {
  const { turn, number, kind } = button.dataset;
  return `[data-kind="${kind}"][data-turn="${turn}"][data-number="${number}"]`;
}

function showCurrent() {
  element.querySelectorAll(".fn-current").forEach((button) => button.classList.remove("fn-current"));
  if (current) element.querySelectorAll(current).forEach((button) => button.classList.add("fn-current"));
}

element.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-kind]");
  if (opener) {
    const { turn, number, kind } = opener.dataset;
    current = selectorOf(opener);
    const byKey = event.detail === 0;
    document.dispatchEvent(new CustomEvent("footnote:open", { detail: { opener, selector: current, byKey } }));
    trigger("cite", { turn, number, kind });
    showCurrent();
  }
  const example = event.target.closest("[data-example]");
  if (example) trigger("example", { number: example.dataset.example });
});
element.addEventListener("focusin", (event) => (held = event.target.dataset.kind ? selectorOf(event.target) : ""));
element.addEventListener("focusout", (event) => event.target.isConnected && (held = ""));

// A button that is replaced or hidden loses the focus: give it to its successor, or to the question.
function keepFocus() {
  if (document.activeElement !== document.body) return;
  const successor = held && element.querySelector(held);
  if (successor) successor.focus({ preventScroll: true });
  else if (keyboard.matches) box()?.focus({ preventScroll: true });
}

// A question that failed can be mended and asked again.
function giveBack(turn) {
  const field = box();
  if (!turn.querySelector(".fn-error") || field.value) return;
  field.value = turn.querySelector(".fn-question").textContent;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// Follow the newest turn, but never push its question out of sight.
function follow(turn) {
  const scroller = document.getElementById("fn-conversation");
  const bottom = scroller.scrollHeight - scroller.clientHeight;
  const top = turn.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop - 8;
  scroller.scrollTo({ top: Math.min(top, bottom), behavior: "smooth" });
}

watch("value", () => {
  const newest = element.querySelector(".fn-turn:last-child");
  if (!newest) current = "";
  showCurrent();
  setTimeout(() => {
    keepFocus();
    if (newest?.isConnected) follow(newest);
  }, 50); // by then what is beside and below has changed too
  if (!newest) return say("");
  const busy = element.querySelector('[aria-busy="true"]');
  say(newest.querySelector(busy ? ".fn-status" : ".fn-answer")?.innerText ?? aloud.textContent);
  if (!busy) giveBack(newest);
});
