// Pinned answers of all conversations, each with a note: kept in the browser, as conversations are.
// It follows the script of the header, which has `element`, `begin`, `chatId`, `tools`, `hear`, `load` and `keep`.

const pins = element.querySelector("#fn-pins");
const unpinned = new Map(); // by the id of the answer: what was taken away, and its place; with its note, should it come back
const removed = new Set(); // of these, those that were removed while the panel is open

const pinned = () => load("pins", []); // each: id of the answer, id of its conversation, the turn, when, note

function put(list) {
  const room = keep("pins", list);
  if (!room) toast("There is no room in this browser to keep it");
  tell("pinned");
  return room;
}

function unpin(id) {
  const list = pinned();
  const place = list.findIndex((pin) => pin.id === id);
  unpinned.set(id, { pin: list[place], place });
  put(list.filter((pin) => pin.id !== id));
}

function restore(id) {
  const { pin, place } = unpinned.get(id);
  unpinned.delete(id);
  const list = pinned();
  list.splice(place, 0, pin);
  put(list);
}

hear("pin", ({ saved: turn }) => {
  const { id } = turn;
  const has = pinned().some((pin) => pin.id === id);
  if (has) unpin(id);
  else if (unpinned.has(id)) restore(id);
  else put([{ id, chat: chatId(), turn, when: Date.now(), note: "" }, ...pinned()]);
  toast(has ? "Unpinned" : "Pinned");
});

function pinRow({ id, turn, note }) {
  const { question, answer } = turn;
  const sources = [...new Set(answer.citations.map(({ title }) => title))].join(", ");
  const open = make("button", { type: "button", class: "fn-chat", "data-seek": id, title: "Open the answer" }, make("span", {}, question));
  const remove = make("button", { type: "button", class: "fn-remove", "data-unpin": id, "aria-label": `Unpin “${question}”`, title: "Unpin" }, "×");
  const text = make("p", { class: "fn-pin-text" }, answer.text);
  const field = make("textarea", { class: "fn-note-field", rows: 1, maxlength: 4000, "data-note": id, "aria-label": `Note on “${question}”`, placeholder: "Write a note…" });
  field.value = note;
  const short = answer.span ? [make("p", { class: "fn-pin-short" }, answer.span)] : [];
  const from = sources ? [make("p", { class: "fn-help" }, sources)] : [];
  return make("li", { class: "fn-pin" }, make("div", { class: "fn-pin-head" }, open, remove), ...short, text, ...from, field);
}

function unpinnedRow(id) {
  const { question } = unpinned.get(id).pin.turn;
  const undo = { type: "button", class: "fn-undo", "data-repin": id, "aria-label": `Undo unpinning “${question}”` };
  return make("li", { class: "fn-gone" }, make("span", {}, `Unpinned “${question}”`), make("button", undo, "Undo"));
}

function showPinned() {
  const items = pinned().map(pinRow);
  for (const id of removed) items.splice(unpinned.get(id).place, 0, unpinnedRow(id));
  pins.querySelector(".fn-pinned").replaceChildren(...items);
  pins.querySelectorAll("textarea").forEach(fitNote);
  pins.querySelector(".fn-export").hidden = !pinned().length;
  pins.querySelector(".fn-none").textContent = items.length ? "" : "Nothing is pinned yet. The pin below an answer keeps it here.";
}

function fitNote(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

// Its conversation is opened where it stands; if that has been deleted, the answer alone.
function seek(id) {
  const { chat, turn } = pinned().find((pin) => pin.id === id);
  pins.close();
  if (chat !== chatId()) {
    const kept = load(`chat.${chat}`);
    const is = kept?.turns.some((other) => other.id === id);
    begin(is ? chat : randomId(), is ? kept.turns : [turn]);
  }
  tell("seek", { id });
}

pins.addEventListener("click", (event) => {
  const { seek: sought, unpin: away, repin: back, export: format } = event.target.closest("button")?.dataset ?? {};
  if (event.detail > 1) return;
  if (sought) seek(sought);
  if (away) {
    removed.add(away);
    unpin(away);
    showPinned();
    pins.querySelector(`[data-repin="${away}"]`).focus();
  }
  if (back) {
    removed.delete(back);
    restore(back);
    showPinned();
    pins.querySelector(`[data-seek="${back}"]`).focus();
  }
  if (format) tell("export", { format, pins: pinned().map(({ turn, note }) => ({ answer: turn.answer, note })) });
});
pins.addEventListener("input", ({ target }) => {
  fitNote(target);
  put(pinned().map((pin) => (pin.id === target.dataset.note ? { ...pin, note: target.value } : pin)));
});
pins.addEventListener("close", () => removed.clear());
tools.pins = () => {
  pins.showModal();
  showPinned();
};
