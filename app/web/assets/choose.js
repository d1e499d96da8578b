// The ticks in the list of documents: what is ticked is asked. It follows the script of the pane, which has `element`.

const { choice } = window.footnote;

function showTicks() {
  for (const tick of element.querySelectorAll("[data-choose]")) {
    const { all, asked } = choice.count(tick.dataset.choose);
    tick.checked = all > 0 && asked === all;
    tick.indeterminate = asked > 0 && asked < all;
  }
}

// A list that has come tells which documents there are.
function takeList() {
  const list = element.querySelector("[data-all]");
  if (list) choice.known(JSON.parse(list.dataset.all));
}

element.addEventListener("change", ({ target }) => target.matches("[data-choose]") && choice.turn(target.dataset.choose, target.checked));
hear("chosen", showTicks);
