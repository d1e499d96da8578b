// The source pane: show the quote, and on a phone slide over the conversation as a dialog.
// Gradio gives `element` and `watch`.

const pane = document.getElementById("fn-pane");
const narrow = window.matchMedia("(max-width: 759px)");
let opened = null; // the button that asked for what is shown, its selector, and whether a key pressed it

const shown = () => pane.classList.contains("fn-shown");

// A sheet and the conversation behind it are in reach by turns; side by side, both are.
function settle() {
  const modal = narrow.matches && shown();
  for (const id of ["fn-top", "fn-left"]) document.getElementById(id).inert = modal;
  pane.inert = narrow.matches && !modal;
  pane.setAttribute("role", modal ? "dialog" : "complementary");
  pane.setAttribute("aria-label", "Source");
  pane.setAttribute("aria-modal", modal);
}

function reveal() {
  const button = element.querySelector(".fn-close");
  if (!button) return close();
  pane.classList.add("fn-shown");
  settle();
  const text = element.querySelector(".fn-source-text");
  const mark = element.querySelector("mark");
  if (mark) {
    const offset = mark.getBoundingClientRect().top - text.getBoundingClientRect().top + text.scrollTop;
    text.scrollTo({ top: offset - text.clientHeight / 3 });
  }
  if (narrow.matches) button.focus();
  else if (opened?.byKey) text?.focus({ preventScroll: true });
}

function close() {
  const inside = pane.contains(document.activeElement);
  pane.classList.remove("fn-shown");
  settle();
  if (!opened || !(inside || narrow.matches)) return;
  const back = opened.opener.isConnected ? opened.opener : document.querySelector(opened.selector);
  back?.focus({ preventScroll: true });
}

document.addEventListener("footnote:open", ({ detail }) => {
  const again = opened?.selector === detail.selector && element.querySelector(".fn-close");
  opened = detail;
  if (again) reveal();
});
watch("value", reveal);
element.addEventListener("click", (event) => event.target.closest(".fn-close") && close());
document.addEventListener("keydown", (event) => event.key === "Escape" && shown() && close());
document.addEventListener("click", (event) => {
  const within = event.target.closest("#fn-pane, [data-kind]");
  if (narrow.matches && shown() && !within) close();
});
narrow.addEventListener("change", settle);
settle();
