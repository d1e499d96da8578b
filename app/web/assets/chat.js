// The conversation: what clicks mean, what is kept and read aloud, and where view and focus stay.
// Finished turns are rendered here, the one being answered beside it. Gradio gives `element`, `trigger` and `watch`.

const { tell, hear, sender, make, say, copy, load, keep, drop, chatId, choice } = window.footnote;
const send = sender(trigger);
const all = document.getElementById("fn-conversation");
const mouse = window.matchMedia("(pointer: fine)"); // on a touch screen, focus would bring up the keyboard
let current = ""; // selector of the buttons whose passage the source pane shows
let held = ""; // selector of the button that has the focus
let restoring = false; // whether it is given back, which is no reason to show a preview

function selectorOf({ dataset: { turn, number, kind, action } }) {
  return action ? `[data-action="${action}"][data-turn="${turn}"]`
    : `[data-kind="${kind}"][data-turn="${turn}"][data-number="${number}"]`;
}

function showCurrent() {
  all.querySelectorAll(".fn-current").forEach((button) => button.classList.remove("fn-current"));
  if (current) all.querySelectorAll(current).forEach((button) => button.classList.add("fn-current"));
}

function open(opener, byKey) {
  const { turn, number, kind } = opener.dataset;
  current = selectorOf(opener);
  tell("open", { opener, selector: current, byKey });
  send("cite", { turn, number, kind });
  showCurrent();
}

const savedIn = (turn) => JSON.parse(turn.dataset.saved);

// The question, the short answer, every quotation once, and where each is from.
function asText({ question, answer }) {
  const folded = (text) => text.replace(/\s+/g, " ").trim();
  const said = folded(answer.text);
  const short = answer.span && !answer.claims.some(({ text }) => folded(text) === folded(answer.span)) ? answer.span : "";
  const notes = answer.citations.map(({ number, title, quote, page, part }) => {
    const where = part ?? (page ? `page ${page}` : "");
    return `[${number}] ${title}${where && `, ${where}`}${said.includes(folded(quote)) ? "" : `: “${quote}”`}`;
  });
  const only = answer.documents?.length ? `Asked only: ${answer.documents.join(", ")}` : "";
  const nearest = (answer.nearest ?? []).map(({ quote, document_id }) => `“${quote}” (${document_id})`);
  return [question, short, answer.text, notes.join("\n"), nearest.join("\n\n"), only].filter(Boolean).join("\n\n");
}

const actions = {
  copy: (saved) => copy(asText(saved), "Answer copied"),
  retry: ({ question }) => tell("ask", { question, again: true }),
  edit: ({ question }) => tell("edit", { question }),
  pin: (saved) => tell("pin", { saved }),
  like: (saved, turn) => send("rate", { turn, rating: "like" }),
  dislike: (saved, turn) => send("rate", { turn, rating: "dislike" }),
};

all.addEventListener("click", (event) => {
  const { target } = event;
  const opener = target.closest("[data-kind]");
  if (opener) open(opener, event.detail === 0);
  const example = target.closest(".fn-example");
  if (example) tell("ask", { question: example.textContent });
  const { action, turn } = target.closest("[data-action]")?.dataset ?? {};
  if (action && event.detail < 2) actions[action](savedIn(target.closest(".fn-turn")), turn);
});

// No browser counts it as a click if a button is rendered anew while it is pressed: then its successor is clicked.
let pressed = null;
all.addEventListener("pointerdown", ({ target }) => (pressed = target.closest("button[data-turn]")));
all.addEventListener("pointerup", ({ target }) => {
  const button = target.closest("button[data-turn]");
  if (button && pressed && !pressed.isConnected && selectorOf(button) === selectorOf(pressed)) {
    button.dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 1 }));
  }
  pressed = null;
});

document.addEventListener("focusin", ({ target }) => (held = all.contains(target) && target.dataset.turn ? selectorOf(target) : ""));
document.addEventListener("pointerdown", ({ target }) => target.closest("button") || (held = ""));

// A button that is replaced or hidden loses the focus: give it to its successor, or to the question. While an answer is
// under way its successor may be yet to come.
function keepFocus(settled) {
  if (document.activeElement !== document.body) return;
  const successor = held && all.querySelector(held);
  if (successor) {
    restoring = true;
    successor.focus({ preventScroll: true });
    restoring = false;
  } else if (mouse.matches && (settled || !held)) tell("focus");
}

// Follow the newest turn, but never push its question out of sight.
function follow(turn) {
  const bottom = all.scrollHeight - all.clientHeight;
  const top = turn.getBoundingClientRect().top - all.getBoundingClientRect().top + all.scrollTop - 8;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  all.scrollTo({ top: Math.min(top, bottom), behavior: calm ? "auto" : "smooth" });
}

// The browser keeps each conversation under an id of its own; the tab knows which one it shows.
function save() {
  const turns = [...element.querySelectorAll("[data-saved]")].map(savedIn);
  const id = chatId();
  if (!id || !turns.length) return;
  const { title, named } = load(`chat.${id}`) ?? {};
  const chat = { title: named ? title : turns[0].question.slice(0, 120), named, when: Date.now(), turns, documents: choice.names() };
  const index = load("chats", []).filter((other) => other !== id);
  while (!keep(`chat.${id}`, chat) && index.length) drop(`chat.${index.pop()}`); // no room: the oldest goes
  keep("chats", [id, ...index]);
}

// Which answers are pinned is the browser's to know; one that was sought in the panel of pins comes into view.
let sought = "";

function showPins() {
  const ids = new Set(load("pins", []).map(({ id }) => id));
  for (const button of element.querySelectorAll("[data-pin]")) button.ariaPressed = ids.has(button.dataset.pin);
  const found = sought && element.querySelector(`[data-pin="${sought}"]`);
  if (!found) return;
  sought = "";
  setTimeout(() => {
    found.closest(".fn-turn").scrollIntoView();
    found.focus({ preventScroll: true });
  }, 100); // after what follows the newest
}
hear("pinned", showPins);
hear("seek", ({ id }) => {
  sought = id;
  showPins();
});

let seen = "0"; // the last run whose end was noticed
let owed = null; // the run whose end was noticed, but not its answer, which may be rendered a moment later
let silent = false; // whether what comes next was there before, and is not read aloud

function update() {
  const live = document.getElementById("fn-live");
  const [run, busy] = [live.dataset.run, live.ariaBusy === "true"];
  const newest = [...all.querySelectorAll(".fn-turn")].at(-1);
  // What is finished and what is under way change one after the other.
  const settled = !busy && run === element.querySelector(".fn-log").dataset.run;
  const ended = settled && run !== seen;
  showCurrent();
  showPins();
  tell("shown", { busy, run });
  setTimeout(() => {
    keepFocus(settled);
    if (newest?.isConnected && (busy || ended)) follow(newest);
  }, 50); // by then what is beside and below has changed too
  if (!newest) say("");
  else if (busy) say(newest.querySelector(".fn-status")?.innerText ?? "");
  else if (!silent) save(); // else the tab has gone on to another conversation than is shown still
  if (ended) owed = run;
  if (settled && owed === run && newest && !silent) {
    const { question, answer } = savedIn(newest);
    if (choice.answered(question, answer?.documents)) owed = null;
  }
  if (!ended) return;
  seen = run;
  if (newest && !silent) {
    say(newest.querySelector(".fn-answer").innerText);
    if (newest.querySelector(".fn-error")) tell("failed", { question: newest.querySelector("h2").textContent });
  }
  silent = false;
}
hear("begun", () => {
  silent = true;
  current = "";
});

// Gradio replaces what it renders piece by piece: look at it when it has done so. Not at the next frame: in a tab that
// is not in view there is none.
let planned = false;
new MutationObserver(() => {
  if (planned) return;
  planned = true;
  setTimeout(() => {
    planned = false;
    update();
  });
}).observe(all, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["data-saved", "data-run", "aria-busy"] });

// A preview of the passage beside a number that the pointer or the focus is on.
const preview = document.body.appendChild(make("div", { id: "fn-preview", role: "tooltip", hidden: "" }));
let leaving;

function showPreview(marker) {
  clearTimeout(leaving);
  preview.replaceChildren(make("p", {}, marker.dataset.quote), make("cite", {}, marker.dataset.title));
  preview.hidden = false;
  marker.setAttribute("aria-describedby", preview.id);
  const at = marker.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left - 24), innerWidth - preview.offsetWidth - 8);
  preview.style.left = `${left}px`;
  const fits = at.bottom + 6 + preview.offsetHeight < innerHeight - 8;
  preview.style.top = `${fits ? at.bottom + 6 : at.top - preview.offsetHeight - 6}px`;
}

function hidePreview() {
  preview.hidden = true;
  all.querySelector("[aria-describedby=fn-preview]")?.removeAttribute("aria-describedby");
}

for (const begin of ["pointerover", "focusin"]) {
  all.addEventListener(begin, (event) => {
    const marker = event.target.closest("[data-quote]");
    const meant = begin === "focusin" ? !restoring && marker?.matches(":focus-visible") : event.pointerType !== "touch";
    if (marker && meant) showPreview(marker);
  });
}
for (const place of [all, preview]) place.addEventListener("pointerout", () => (leaving = setTimeout(hidePreview, 150)));
preview.addEventListener("pointerover", () => clearTimeout(leaving));
all.addEventListener("focusout", hidePreview);
all.addEventListener("scroll", hidePreview);
all.addEventListener("click", hidePreview);
document.addEventListener("keydown", (event) => event.key === "Escape" && hidePreview());
