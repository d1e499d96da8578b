// What the scripts of the page's parts have in common: what the browser keeps, who the visitor is, the theme.
window.footnote = (() => {
  const memory = {}; // where the browser keeps nothing, the page does while it is open

  function load(key, fallback = null, area = "localStorage") {
    try {
      return JSON.parse(window[area].getItem(`footnote.${key}`)) ?? memory[key] ?? fallback;
    } catch {
      return memory[key] ?? fallback;
    }
  }

  function keep(key, value, area = "localStorage") {
    memory[key] = value;
    try {
      window[area].setItem(`footnote.${key}`, JSON.stringify(value));
      return true;
    } catch {
      return false; // no room, or not allowed
    }
  }

  function drop(key) {
    delete memory[key];
    try {
      localStorage.removeItem(`footnote.${key}`);
    } catch {
      // it was not kept there either
    }
  }

  function randomId() {
    const bytes = crypto.getRandomValues(new Uint8Array(24)); // randomUUID is there on https only
    return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
  }

  // Uploads belong to this id; the server makes sure that every request carries it.
  let session = load("session");
  if (!/^[\w-]{32}$/.test(session)) keep("session", (session = randomId()));

  // Our own addresses are asked with it in a header, and never in the address.
  const address = (name) => `${location.pathname.replace(/\/$/, "")}/footnote/${name}`;
  const get = (name, query) =>
    fetch(`${address(name)}?${new URLSearchParams(query)}`, { headers: { "X-Footnote-Session": session } }).catch(() => null);

  // The conversation that this tab shows.
  const chatId = () => load("current", null, "sessionStorage");

  const system = matchMedia("(prefers-color-scheme: dark)");
  function showTheme() {
    const theme = load("theme", "auto");
    const dark = theme === "dark" || (theme === "auto" && system.matches);
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
    document.body?.classList.toggle("dark", dark); // Gradio's own parts
  }
  system.addEventListener("change", showTheme);
  showTheme();

  const tell = (name, detail = {}) => document.dispatchEvent(new CustomEvent(`footnote:${name}`, { detail }));
  const hear = (name, act) => document.addEventListener(`footnote:${name}`, ({ detail }) => act(detail));
  // What is sent is numbered: the server takes it in this order, in whichever it arrives.
  let sent = 0;
  const sender = (trigger) => (name, data = {}) => trigger(name, { order: ++sent, ...data, session });

  // Scripts run when all parts are in the page, as they use one another's. The session begins when all have run: of a
  // value that came before, a part would not hear.
  const scripted = ["fn-tools", "fn-finished", "fn-composer", "fn-pane", "fn-outbox"];
  const isWhole = () => [...scripted, "fn-top", "fn-left", "fn-conversation", "fn-live"].every((id) => document.getElementById(id));
  const awaited = new Set(scripted);
  function ran(part) {
    if (awaited.delete(part) && !awaited.size) tell("ready");
  }

  // An element; its texts are never markup.
  function make(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  // One line for screen readers, another that everyone sees for a moment.
  const line = (id) => document.getElementById(id) ?? document.body.appendChild(make("p", { id, role: "status" }));
  function say(text) {
    const aloud = line("fn-aloud");
    if (aloud.textContent !== text) aloud.textContent = text;
  }
  let fading;
  function toast(text) {
    const shown = line("fn-toast");
    shown.textContent = text;
    shown.classList.add("fn-shown");
    clearTimeout(fading);
    fading = setTimeout(() => shown.classList.remove("fn-shown"), 2500);
  }

  // On plain http from another machine there is no clipboard, but there is the old way.
  async function copy(text, told) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.body.appendChild(make("textarea", {}, text));
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    toast(told);
  }

  return { load, keep, drop, randomId, session, address, get, chatId, showTheme, tell, hear, sender, isWhole, ran, make, say, toast, copy };
})();
