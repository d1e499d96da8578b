// The source pane: show the quote, and on a phone slide over the conversation.
// Gradio gives `element` and `watch`.

const pane = document.getElementById("fn-pane");
let opener = null;

const narrow = () => window.matchMedia("(max-width: 759px)").matches;

function reveal() {
  const mark = element.querySelector("mark");
  if (!mark) return close();
  pane.classList.add("fn-shown");
  const text = element.querySelector(".fn-source-text");
  const offset = mark.getBoundingClientRect().top - text.getBoundingClientRect().top + text.scrollTop;
  text.scrollTo({ top: offset - text.clientHeight / 3 });
  if (narrow()) element.querySelector(".fn-close").focus();
}

function close() {
  if (!pane.classList.contains("fn-shown")) return;
  pane.classList.remove("fn-shown");
  if (narrow()) opener?.focus();
}

document.addEventListener("footnote:open", (event) => {
  const again = opener === event.detail && element.querySelector("mark");
  opener = event.detail;
  if (again) reveal();
});
watch("value", reveal);
element.addEventListener("click", (event) => event.target.closest(".fn-close") && close());
document.addEventListener("keydown", (event) => event.key === "Escape" && close());
