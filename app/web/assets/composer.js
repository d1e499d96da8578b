// Where questions are typed, stopped and mended. Gradio gives `element` and `trigger`.

const { tell, hear, load, sender, toast, choice } = window.footnote;
const send = sender(trigger);
const box = element.querySelector("textarea");
const [ask, stop] = [element.querySelector(".fn-send"), element.querySelector(".fn-stop")];
const editing = element.querySelector(".fn-editing");
const chosen = element.querySelector(".fn-chosen");
const PATIENCE = 20_000; // milliseconds until a question that nothing is heard of is given back
const LATE = 2_000; // milliseconds in which what is shown may be older than the question that was sent
const DOUBLE = 500; // milliseconds in which the second click of two still means the button that was there
let busy = false;
let waiting;
let idle;
let asked = 0; // when the last question was
let run; // what is shown is of this one
let before; // and was when the last question was asked

function fit() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
}

function fill(text) {
  box.value = text;
  fit();
  box.focus();
}

function clear() {
  editing.hidden = true;
  fill("");
}

function settings(question) {
  const { top_k, min_confidence, ...rest } = load("settings", {});
  return { ...rest, top_k, min_confidence: min_confidence === undefined ? undefined : min_confidence / 100, documents: choice.send(question) };
}

// What a question asks, unless that is everything.
function showChosen() {
  const { all, asked: few } = choice.count();
  const text = few ? `Asks ${few} of ${all} documents` : "Asks no document";
  chosen.hidden = !all || few === all;
  chosen.firstChild.textContent = text;
  chosen.firstChild.ariaLabel = `${text}; ask all again`;
  chosen.firstChild.title = "Ask all documents again";
}

function put(question, again = false) {
  if (busy || !question.trim()) return false;
  if (choice.names()?.length === 0) {
    toast("Choose at least one document to ask");
    tell("documents", { opener: box, byKey: true });
    return false;
  }
  showBusy(true); // without waiting for the server
  asked = Date.now();
  before = run;
  send("ask", { question, again, settings: settings(question) });
  clearTimeout(waiting);
  waiting = setTimeout(() => giveUp(question), PATIENCE);
  return true;
}

// The server has restarted, or is out of reach: what was typed is not lost.
function giveUp(question) {
  showBusy(false);
  if (!box.value) fill(question);
  toast("The server does not answer; load the page anew");
}

function submit() {
  if (put(box.value, !editing.hidden)) clear();
}

function settle(now) {
  clearTimeout(waiting);
  if (now !== busy) showBusy(now);
}

function showBusy(now) {
  const focused = element.contains(document.activeElement);
  busy = now;
  ask.hidden = busy;
  stop.hidden = !busy;
  if (focused) box.focus({ preventScroll: true }); // the button that had the focus may be gone
}

element.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
box.addEventListener("input", fit);
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
element.addEventListener("keydown", (event) => event.key === "Escape" && !editing.hidden && clear());
element.querySelector(".fn-keep").addEventListener("click", clear);
chosen.firstChild.addEventListener("click", () => {
  choice.choose(null);
  toast("All documents are asked");
  box.focus();
});
stop.addEventListener("click", () => Date.now() > asked + DOUBLE && send("stop"));

hear("ask", ({ question, again }) => put(question, again));
hear("edit", ({ question }) => {
  editing.hidden = false;
  fill(question);
});
hear("failed", ({ question }) => box.value || fill(question)); // it can be mended and asked again
hear("begun", () => (editing.hidden = true));
hear("chosen", showChosen);
hear("shown", ({ busy: now, run: shown }) => {
  run = shown;
  clearTimeout(idle);
  const rest = asked + LATE - Date.now();
  if (!now && run === before && rest > 0) idle = setTimeout(() => settle(now), rest);
  else settle(now);
});
hear("focus", () => box.focus({ preventScroll: true }));

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable], dialog");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  tell("close");
  box.focus();
});
if (matchMedia("(pointer: fine)").matches) box.focus({ preventScroll: true });
