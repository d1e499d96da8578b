const form = document.querySelector(".filters");
const questions = [...document.querySelectorAll(".question")];

function apply() {
  const { verdict, category, words } = Object.fromEntries(new FormData(form));
  const wanted = (words || "").toLowerCase().trim();
  let shown = 0;
  for (const one of questions) {
    const fits =
      (verdict === "all" || one.dataset.verdict === verdict) &&
      (!category || one.dataset.category === category) &&
      (!wanted || one.textContent.toLowerCase().includes(wanted));
    one.hidden = !fits;
    shown += fits;
  }
  form.querySelector("output").textContent = `${shown} of ${questions.length} shown`;
  document.querySelector(".none").hidden = shown > 0;
}

form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
form.querySelector("button").addEventListener("click", () => {
  const shown = questions.filter((one) => !one.hidden);
  const open = shown.some((one) => !one.open);
  for (const one of shown) one.open = open;
});
apply();
