// Saves what the server hands over as a file. Gradio gives `element`, `trigger`, `props` and `watch`.

const { hear, sender } = window.footnote;
const send = sender(trigger);

hear("export", (wanted) => send("export", wanted));
watch("value", () => {
  const { name, type, text } = props.value;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
});
