// The guide at the top of a document: fetched when a document is shown, as making it takes a moment.
// It follows the script of the pane, which has `element`, `show`, `get`, `load` and `keep`.

const { tell } = window.footnote;

async function fetchGuide(guide, more = {}) {
  const answer = await get("guide", { document: guide.dataset.guide, ...more });
  return answer?.ok && guide.isConnected ? answer.text() : "";
}

// Questions take as long as answers: they are made for who reads the guide.
async function fillQuestions(guide) {
  const place = guide.querySelector(".fn-answers");
  if (!place || place.dataset.asked || !guide.open) return;
  place.dataset.asked = "yes";
  place.innerHTML = await fetchGuide(guide, { questions: 1 });
}

async function fillGuide() {
  const guide = element.querySelector("[data-guide]");
  if (!guide || guide.dataset.filled) return;
  guide.dataset.filled = "yes";
  const html = await fetchGuide(guide);
  if (!html) return;
  guide.querySelector(".fn-guide-body").innerHTML = html;
  guide.open = guide.dataset.whole && load("guide", true);
  guide.hidden = false;
  guide.addEventListener("toggle", () => fillQuestions(guide));
  fillQuestions(guide);
}

element.addEventListener("click", (event) => {
  const { place, question } = event.target.closest("button")?.dataset ?? {};
  const summary = event.target.closest(".fn-guide summary");
  if (summary?.parentElement.dataset.whole) keep("guide", !summary.parentElement.open);
  if (place) {
    opened = { ...opened, byKey: event.detail === 0 };
    show("read", Object.fromEntries(new URLSearchParams(place)));
  } else if (question) {
    if (narrow.matches) close();
    tell("ask", { question });
  }
});
