// Files that a visitor adds, chosen or dropped anywhere on the page. It follows the script of the pane, which has
// `element`, `send`, `show`, `session`, `address`, `make` and `dropped`; that of the ticks has `choice`.

// Files are sent one by one, each with its progress, and what became of it stays in the list.
const uploads = []; // each: its name, its state (waiting, sending, added, duplicate, refused), share sent, message
let sending = false;

const words = {
  waiting: () => "Waiting",
  sending: ({ share }) => (share < 1 ? `Sending, ${Math.round(100 * share)}%` : "Reading and indexing…"),
  added: () => "Added",
  duplicate: ({ message }) => message,
  refused: ({ message }) => message,
};

function showUploads() {
  const items = uploads.map((upload) => {
    const { name, state, share } = upload;
    const bar = { value: share, "aria-label": `Sending ${name}` };
    const parts = state === "sending" && share < 1 ? [make("progress", bar)] : [];
    const told = make("span", {}, words[state](upload));
    return make("li", { class: `fn-upload fn-${state}` }, make("b", {}, `${name} `), ...parts, told);
  });
  element.querySelector(".fn-uploads")?.replaceChildren(...items);
}

function post(upload) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", address("documents"));
    request.setRequestHeader("X-Footnote-Session", session);
    request.setRequestHeader("X-Footnote-Name", encodeURIComponent(upload.name));
    request.upload.onprogress = request.upload.onload = ({ loaded, total }) => {
      upload.share = total ? loaded / total : 1;
      showUploads();
    };
    request.onload = () => {
      try {
        const { name, status, message, document: id } = JSON.parse(request.responseText);
        const rest = message.startsWith(`${name} `) ? message.slice(name.length) : message; // the name is shown before it
        resolve({ name, state: status, message: rest, id });
      } catch {
        resolve({ state: "refused", message: "The server could not take it; see its log." });
      }
    };
    request.onerror = () => resolve({ state: "refused", message: "It did not arrive; try again." });
    request.send(upload.file);
  });
}

async function add(files) {
  const limit = Number(element.querySelector(".fn-files").dataset.limit);
  for (const file of files) {
    const large = file.size > limit * 1e6;
    const message = large ? `is larger than ${limit} MB; add a part of it.` : "";
    uploads.push({ file, name: file.name, state: large ? "refused" : "waiting", share: 0, message });
  }
  showUploads();
  if (sending) return;
  sending = true;
  for (let next; (next = uploads.find(({ state }) => state === "waiting")); ) {
    next.state = "sending";
    showUploads();
    Object.assign(next, await post(next));
    next.file = null;
    if (next.id) choice.turn(next.id, true); // who adds a document wants to ask it
    send("shelf");
  }
  sending = false;
  trigger("suggest", { session }); // which may take a while: nothing waits for it
}

element.addEventListener("change", (event) => {
  if (!event.target.matches(".fn-files")) return;
  add(event.target.files);
  event.target.value = "";
});

// Files may be dropped anywhere on the page.
const drag = (over) => document.body.classList.toggle("fn-dragging", over);
for (const type of ["dragover", "drop"]) {
  document.addEventListener(type, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    drag(type === "dragover");
    if (type === "dragover") return;
    const files = [...event.dataTransfer.files];
    if (element.querySelector(".fn-drop")) return add(files);
    dropped = files;
    show("shelf");
  });
}
document.addEventListener("dragleave", (event) => event.relatedTarget || drag(false));
