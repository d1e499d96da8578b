// Saves what the server hands over as a file. Gradio gives `element`, `trigger`, `props` and `watch`.

const { hear, sender, make } = window.footnote;
const send = sender(trigger);

hear("export", (wanted) => send("export", wanted));
watch("value", () => {
  const { name, type, text } = props.value;
  const href = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
});
