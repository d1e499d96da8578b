// Finding words in the document that the source pane shows, as browsers do; what is found is marked without changing it.
// It follows the script of the pane, which has `element`.

const marks = window.CSS?.highlights;
let hits = []; // ranges
let at = -1;

function rangesOf(text, words) {
  const nodes = [];
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let length = 0;
  for (let node; (node = walker.nextNode()); length += node.data.length) nodes.push({ node, start: length });
  const place = (offset, end) => {
    const found = nodes.findLast(({ start }) => (end ? start < offset : start <= offset));
    return [found.node, offset - found.start];
  };
  const pattern = words.split(/\s+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|\/-]/g, "\\$&")).join("\\s+");
  return [...text.textContent.matchAll(new RegExp(pattern, "gi"))].map(({ index, 0: said }) => {
    const range = document.createRange();
    range.setStart(...place(index, false));
    range.setEnd(...place(index + said.length, true));
    return range;
  });
}

function find(form) {
  const words = form.querySelector("input").value.trim();
  const text = element.querySelector(".fn-source-text");
  hits = words ? rangesOf(text, words) : [];
  at = -1;
  marks?.set("fn-hits", new Highlight(...hits));
  marks?.delete("fn-hit");
  if (hits.length) next(form, 1);
  else form.querySelector("output").textContent = words ? "Not found" : "";
}

function next(form, step) {
  at = (at + step + hits.length) % hits.length;
  const text = element.querySelector(".fn-source-text");
  const cut = text.querySelector(".fn-gap") ? " in the part shown" : "";
  form.querySelector("output").textContent = `${at + 1} of ${hits.length}${cut}`;
  marks?.set("fn-hit", new Highlight(hits[at]));
  const top = hits[at].getBoundingClientRect().top - text.getBoundingClientRect().top + text.scrollTop;
  text.scrollTo({ top: top - text.clientHeight / 3 });
}

element.addEventListener("input", ({ target }) => target.closest(".fn-find") && find(target.form));
element.addEventListener("submit", (event) => event.preventDefault());
element.addEventListener("keydown", (event) => {
  const form = event.target.closest(".fn-find");
  if (!form || event.key !== "Enter") return;
  event.preventDefault();
  if (hits.length && hits[0].startContainer.isConnected) next(form, event.shiftKey ? -1 : 1);
});
