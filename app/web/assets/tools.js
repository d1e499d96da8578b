// The header's buttons, and the panels that they open: history and settings. Gradio gives `element` and `trigger`.

const { tell, load, keep, drop, make, randomId, sender, showTheme, toast } = window.footnote;
const send = sender(trigger);
const history = element.querySelector("#fn-history");
const settings = element.querySelector("#fn-settings");

// Conversations

function begin(id, turns = []) {
  keep("current", id, "sessionStorage");
  send("begin", { turns });
  tell("begun");
}

function showHistory() {
  const ids = load("chats", []);
  const now = load("current", null, "sessionStorage");
  const items = ids.flatMap((id) => {
    const chat = load(`chat.${id}`);
    if (!chat) return [];
    const when = new Date(chat.when).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
    const count = `${chat.turns.length} question${chat.turns.length === 1 ? "" : "s"}`;
    const open = { type: "button", class: "fn-chat", "data-chat": id, ...(id === now && { "aria-current": "true" }) };
    const remove = { type: "button", class: "fn-remove", "data-drop": id, "aria-label": `Delete “${chat.title}”` };
    const told = [make("span", {}, chat.title), make("small", {}, `${when} · ${count}`)];
    return [make("li", {}, make("button", open, ...told), make("button", remove, "×"))];
  });
  history.querySelector(".fn-chats").replaceChildren(...items);
  history.querySelector(".fn-none").hidden = ids.length > 0;
  history.querySelector(".fn-export").hidden = !ids.includes(now);
}

history.addEventListener("click", ({ target }) => {
  const { chat, drop: gone, export: format } = target.closest("button")?.dataset ?? {};
  if (chat) {
    history.close();
    begin(chat, load(`chat.${chat}`)?.turns);
  } else if (gone) {
    drop(`chat.${gone}`);
    keep("chats", load("chats", []).filter((id) => id !== gone));
    if (gone === load("current", null, "sessionStorage")) begin(randomId());
    showHistory();
  } else if (format) {
    tell("export", { format });
  }
});

// Settings

const form = settings.querySelector("form");

function showSettings() {
  const chosen = load("settings", {});
  for (const field of form.querySelectorAll("select, input[type=range]")) {
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

for (const dialog of [history, settings]) {
  dialog.querySelector(".fn-shut").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close()); // beside it
}
const tools = {
  documents: (opener, byKey) => tell("documents", { opener, byKey }),
  history: () => {
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
const before = load("current", null, "sessionStorage") ?? randomId();
begin(before, load(`chat.${before}`)?.turns);
