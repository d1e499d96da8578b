// The source pane: documents, or one of them with the quote in view; on a phone it slides over as a dialog.
// Gradio gives `element`, `trigger` and `watch`.

const { hear, sender, session, address, get, make, copy, toast, load, keep } = window.footnote;
const send = sender(trigger);
const pane = document.getElementById("fn-pane");
const narrow = window.matchMedia("(max-width: 759px)");
let opened = null; // the button that asked for what is shown, its selector, and whether a key pressed it
let wanted = false; // whether what comes next was asked for, so that on a phone the pane slides over
let place = 0; // how far down the text is scrolled, for when it is rendered anew without having been asked for

const shown = () => pane.classList.contains("fn-shown");

// A sheet and the conversation behind it are in reach by turns; side by side, both are.
function settle() {
  const modal = narrow.matches && shown();
  if (modal && !window.history.state?.source) window.history.pushState({ source: true }, "");
  for (const id of ["fn-top", "fn-left"]) document.getElementById(id).inert = modal;
  pane.inert = narrow.matches && !modal;
  pane.setAttribute("role", modal ? "dialog" : "complementary");
  pane.ariaModal = modal || null;
}

function reveal() {
  const asked = wanted;
  wanted = false;
  if (asked) pane.classList.add("fn-shown");
  settle();
  const text = element.querySelector(".fn-source-text");
  const mark = element.querySelector("mark");
  showView(load("view", "text"));
  if (text && asked) {
    const offset = mark ? mark.getBoundingClientRect().top - text.getBoundingClientRect().top + text.scrollTop : 0;
    place = offset - text.clientHeight / 3;
  }
  text?.scrollTo({ top: place });
  if (!asked) return;
  if (narrow.matches) element.querySelector(".fn-close").focus();
  else if (opened?.byKey) (element.querySelector(".fn-print:not([hidden])") ?? text ?? element.querySelector("h2")).focus({ preventScroll: true });
}

// A PDF has two views, its text and its pages as they are printed; which one was last looked at is remembered.
function showView(view) {
  const print = element.querySelector(".fn-print");
  if (!print) return;
  for (const part of element.querySelectorAll(".fn-source-text, .fn-find")) part.hidden = view === "page";
  print.hidden = view !== "page";
  for (const button of element.querySelectorAll("[data-view]")) button.ariaPressed = button.dataset.view === view;
  if (view === "page" && !print.querySelector("img")) showPage(print, Number(print.dataset.page));
}

async function showPage(print, page) {
  const { document: id, start, end, pages, title } = print.dataset;
  const note = print.querySelector(".fn-page-note");
  print.dataset.page = page;
  print.querySelector(".fn-page-number").textContent = `Page ${page} of ${pages}`;
  print.querySelector("[data-step='-1']").disabled = page <= 1;
  print.querySelector("[data-step='1']").disabled = page >= Number(pages);
  note.textContent = "Drawing the page…";
  const answer = await get("page", { document: id, page, start, end });
  if (!print.isConnected || print.dataset.page !== String(page)) return;
  const sheet = print.querySelector(".fn-sheet");
  if (!answer?.ok) {
    sheet.replaceChildren();
    note.textContent = answer ? await answer.text() : "The page did not arrive; try again.";
    return;
  }
  const boxes = JSON.parse(answer.headers.get("X-Footnote-Boxes"));
  const image = make("img", { src: URL.createObjectURL(await answer.blob()), alt: `Page ${page} of ${title}, as printed` });
  const marks = boxes.map(([left, top, right, bottom]) => {
    const share = (number) => `${100 * number}%`;
    const style = `left:${share(left)};top:${share(top)};width:${share(right - left)};height:${share(bottom - top)}`;
    return make("span", { class: "fn-found", style });
  });
  await image.decode().catch(() => null);
  URL.revokeObjectURL(image.src);
  sheet.replaceChildren(image, ...marks);
  const looked = Number(end) > 0 && page === Number(print.dataset.first);
  note.textContent = looked && !boxes.length ? "The quotation could not be found on the picture of this page." : "";
  sheet.querySelector(".fn-found")?.scrollIntoView({ block: "center" });
}

function close() {
  const inside = pane.contains(document.activeElement);
  pane.classList.remove("fn-shown");
  settle();
  if (window.history.state?.source) window.history.back(); // the step that Back would have taken
  if (!opened || !(inside || narrow.matches)) return;
  const back = opened.opener.isConnected ? opened.opener : document.querySelector(opened.selector);
  back?.focus({ preventScroll: true });
}

function show(name, data) {
  wanted = true;
  send(name, data);
}

hear("open", (detail) => {
  opened = detail;
  wanted = true;
});
hear("documents", ({ opener, byKey }) => {
  opened = { opener, byKey };
  show("shelf");
});
hear("close", close);
let begun = false;
let dropped = null; // while another document is shown
watch("value", () => {
  takeList();
  if (dropped && element.querySelector(".fn-drop")) add(dropped);
  else showUploads();
  dropped = null;
  reveal();
  fillGuide();
  if (!begun) openLink();
  begun = true;
});

// What cannot be undone is asked once: the next press means it, but not the second one of a double click.
function sure(button, click) {
  if (button.dataset.sure) return click < 2;
  const [text, label] = [button.textContent, button.ariaLabel];
  const question = button.matches(".fn-forget") ? "Really delete all? They cannot be brought back" : "Remove?";
  const put = (asked, told, name) => {
    button.toggleAttribute("data-sure", asked);
    button.textContent = told;
    button.ariaLabel = name;
  };
  put(true, question, label && `Really ${label[0].toLowerCase()}${label.slice(1)}?`);
  button.dataset.sure = "yes";
  setTimeout(() => put(false, text, label), 5000);
  return false;
}

element.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest(selector);
  const byKey = event.detail === 0;
  if (on(".fn-close")) close();
  const button = on("button");
  if (on(".fn-back")) {
    opened = { ...opened, byKey };
    show("shelf");
  } else if (on(".fn-read")) {
    opened = { opener: opened?.opener ?? button, selector: opened?.selector ?? "#none", byKey };
    show("read", { document: button.dataset.document });
  } else if (on(".fn-remove, .fn-forget") && !sure(button, event.detail)) {
    return;
  } else if (on(".fn-remove")) {
    opened = { ...opened, byKey };
    show("remove", { document: button.dataset.document });
    toast(`Removed ${button.dataset.title}`);
  } else if (on(".fn-forget")) {
    uploads.length = 0;
    show("remove", { document: "*" });
    toast("All that you added is deleted");
  } else if (button?.dataset.whole) {
    show("read", { ...Object.fromEntries(new URLSearchParams(button.dataset.whole)), whole: true });
  } else if (button?.dataset.view) {
    keep("view", button.dataset.view);
    showView(button.dataset.view);
  } else if (button?.dataset.step) {
    const print = on(".fn-print");
    showPage(print, Number(print.dataset.page) + Number(button.dataset.step));
  } else if (on(".fn-link")) {
    copy(`${location.origin}${location.pathname}#${button.dataset.link}`, "Link copied");
  }
});
element.addEventListener("scroll", ({ target }) => target.matches?.(".fn-source-text") && (place = target.scrollTop), true);
document.addEventListener("keydown", (event) => event.key === "Escape" && shown() && !document.querySelector("dialog[open]") && close());
document.addEventListener("click", (event) => {
  const within = event.target.closest("#fn-pane, [data-kind], [data-tool]") || !event.target.isConnected;
  if (narrow.matches && shown() && !within) close();
});
narrow.addEventListener("change", settle);
window.addEventListener("popstate", () => narrow.matches && shown() && !window.history.state?.source && close());
pane.ariaLabel = "Source";
settle();

// A link to a passage opens it.
function openLink() {
  const { document: id, start, end, check } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  if (id) show("read", { document: id, start, end, check });
}
window.addEventListener("hashchange", openLink);
