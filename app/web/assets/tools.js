// The header's buttons, and the panels that they open: history and settings. Gradio gives `element` and `trigger`.

const { tell, hear, load, keep, drop, make, chatId, randomId, sender, showTheme, toast } = window.footnote;
const send = sender(trigger);
const history = element.querySelector("#fn-history");
const settings = element.querySelector("#fn-settings");

// Conversations

function begin(id, turns = []) {
  keep("current", id, "sessionStorage");
  send("begin", { turns });
  tell("begun");
}

const gone = new Map(); // what was deleted while the panel is open, by id: each conversation, its place, whether it was shown
const search = history.querySelector(".fn-search");

function holds({ title, turns }, words) {
  const said = turns.map(({ question, answer }) => `${question} ${answer?.text ?? ""}`);
  return `${title} ${said.join(" ")}`.toLowerCase().includes(words);
}

function row(id, chat) {
  const when = new Date(chat.when).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  const count = `${chat.turns.length} question${chat.turns.length === 1 ? "" : "s"}`;
  const open = { type: "button", class: "fn-chat", "data-chat": id, ...(id === chatId() && { "aria-current": "true" }) };
  const button = (kind, attributes, text) => make("button", { type: "button", class: kind, title: text, ...attributes });
  const rename = button("fn-rename", { "data-rename": id, "aria-label": `Rename “${chat.title}”` }, "Rename");
  const remove = button("fn-remove", { "data-drop": id, "aria-label": `Delete “${chat.title}”` }, "Delete");
  remove.textContent = "×";
  const told = [make("span", {}, chat.title), make("small", {}, `${when} · ${count}`)];
  return make("li", {}, make("button", open, ...told), rename, remove);
}

function goneRow(id, { title }) {
  const undo = { type: "button", class: "fn-undo", "data-undo": id, "aria-label": `Undo deleting “${title}”` };
  return make("li", { class: "fn-gone" }, make("span", {}, `Deleted “${title}”`), make("button", undo, "Undo"));
}

function showHistory() {
  const ids = load("chats", []);
  const all = ids.map((id) => [id, load(`chat.${id}`)]).filter(([, chat]) => chat);
  const words = search.value.trim().toLowerCase();
  const items = all.filter(([, chat]) => holds(chat, words)).map(([id, chat]) => row(id, chat));
  if (!words) for (const [id, { chat, place }] of gone) items.splice(place, 0, goneRow(id, chat));
  history.querySelector(".fn-chats").replaceChildren(...items);
  const none = all.length ? "Nothing like this has been asked." : "Nothing has been asked yet.";
  history.querySelector(".fn-none").textContent = items.length ? "" : none;
  search.hidden = !all.length;
  history.querySelector(".fn-export").hidden = !ids.includes(chatId());
}

const acts = {
  chat(id) {
    history.close();
    begin(id, load(`chat.${id}`)?.turns);
  },
  drop(id) {
    const ids = load("chats", []);
    gone.set(id, { chat: load(`chat.${id}`), place: ids.indexOf(id), shown: id === chatId() });
    drop(`chat.${id}`);
    keep("chats", ids.filter((other) => other !== id));
    if (id === chatId()) begin(randomId());
    showHistory();
    history.querySelector(`[data-undo="${id}"]`)?.focus();
  },
  undo(id) {
    const { chat, place, shown } = gone.get(id);
    gone.delete(id);
    const ids = load("chats", []);
    ids.splice(place, 0, id);
    if (!keep(`chat.${id}`, chat)) toast("There is no room in this browser to keep it");
    keep("chats", ids);
    if (shown) begin(id, chat.turns);
    showHistory();
    history.querySelector(`[data-chat="${id}"]`)?.focus();
  },
  rename(id) {
    const chat = load(`chat.${id}`);
    const field = make("input", { class: "fn-name-field", value: chat.title, maxlength: 120, "aria-label": "New name" });
    history.querySelector(`[data-chat="${id}"]`).replaceWith(field);
    field.select();
    field.addEventListener("keydown", (event) => {
      if (!["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault(); // else Escape closes the panel
      if (event.key === "Escape") field.value = chat.title;
      field.blur();
    });
    field.addEventListener("blur", () => {
      const title = field.value.trim();
      if (title && title !== chat.title) keep(`chat.${id}`, { ...chat, title, named: true });
      showHistory();
      history.querySelector(`[data-rename="${id}"]`)?.focus();
    });
  },
  export: (format) => tell("export", { format }),
};

history.addEventListener("click", (event) => {
  const asked = Object.entries(event.target.closest("button")?.dataset ?? {})[0];
  if (asked && event.detail < 2) acts[asked[0]](asked[1]);
});
history.addEventListener("close", () => gone.clear());
search.addEventListener("input", showHistory);

// Settings

const form = settings.querySelector("form");

function showSettings() {
  const chosen = load("settings", {});
  for (const field of form.querySelectorAll("select, input[type=range]")) {
    if (field === form.top_k) field.dataset.default = form.engine.selectedOptions[0].dataset.passages;
    const value = chosen[field.name] ?? field.dataset.default;
    if (value !== undefined) field.value = value;
    if (field.selectedIndex === -1) field.selectedIndex = 0; // it is not there any more
    const output = form.querySelector(`output[for=${field.id}]`);
    if (output) output.textContent = field.value + (field.dataset.unit ?? "");
  }
  form.querySelector(".fn-model").textContent = form.engine.selectedOptions[0].dataset.model;
  const theme = load("theme", "auto");
  for (const radio of form.querySelectorAll("[name=theme]")) radio.checked = radio.value === theme;
}

form.addEventListener("input", ({ target }) => {
  if (target.name === "theme") {
    keep("theme", target.value);
    showTheme();
    return;
  }
  const value = target.type === "range" ? Number(target.value) : target.value;
  const { [target.name]: _, ...others } = load("settings", {});
  keep("settings", String(value) === target.dataset.default ? others : { ...others, [target.name]: value });
  showSettings();
});
form.addEventListener("submit", (event) => event.preventDefault());
form.querySelector(".fn-defaults").addEventListener("click", () => {
  keep("settings", {});
  keep("theme", "auto");
  showTheme();
  showSettings();
  toast("Settings are back to the defaults");
});

// The buttons

for (const dialog of element.querySelectorAll("dialog")) {
  dialog.querySelector(".fn-shut").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close()); // beside it
}
const tools = {
  documents: (opener, byKey) => tell("documents", { opener, byKey }),
  history: () => {
    search.value = "";
    showHistory();
    history.showModal();
  },
  settings: () => {
    showSettings();
    settings.showModal();
  },
  new: () => {
    begin(randomId());
    tell("focus");
  },
};
element.querySelector("nav").addEventListener("click", (event) => {
  const button = event.target.closest("[data-tool]");
  if (button) tools[button.dataset.tool](button, event.detail === 0);
});

// A reload goes on with the tab's conversation; a new tab begins another.
showTheme();
hear("ready", () => {
  const before = chatId() ?? randomId();
  begin(before, load(`chat.${before}`)?.turns);
});
