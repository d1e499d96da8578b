// Which documents a question asks: all, or those chosen in a conversation, by id or by folder (`notes/`).
window.footnote.choice = (() => {
  const { load, keep, chatId, tell, hear, toast } = window.footnote;
  let ids = []; // of all documents there are, as far as is known
  let sent = {}; // the question under way, and the choice that it was asked with

  // The empty name stands for all.
  const covers = (name, other) => !name || name === other || (name.endsWith("/") && other.startsWith(name));
  const asks = (names, id) => names.some((name) => covers(name, id));

  // A conversation keeps its choice with it, once something has been asked.
  function names() {
    const id = chatId();
    const early = load("choice", {}, "sessionStorage");
    return (load(`chat.${id}`) ?? (early.id === id ? early : {})).documents ?? null;
  }

  function choose(documents) {
    const id = chatId();
    const chat = load(`chat.${id}`);
    if (chat) keep(`chat.${id}`, { ...chat, documents });
    else keep("choice", { id, documents }, "sessionStorage");
    tell("chosen");
  }

  // What stands at the top of a folder: documents, and folders again.
  function inside(folder) {
    const rests = ids.filter((id) => id.startsWith(folder)).map((id) => id.slice(folder.length));
    return [...new Set(rests.map((rest) => folder + rest.replace(/\/.*/, "/")))];
  }

  function without(chosen, name) {
    return chosen.flatMap((one) => {
      if (covers(name, one)) return [];
      return covers(one, name) ? without(inside(one), name) : [one];
    });
  }

  function turn(name, on) {
    const before = names() ?? [""];
    if (on && before.some((one) => covers(one, name))) return;
    const after = on ? [...before.filter((one) => !covers(name, one)), name] : without(before, name);
    choose(ids.every((id) => asks(after, id)) ? null : after);
  }

  // What is gone is told of and not asked for any more.
  function forget(gone) {
    if (!gone.length) return;
    const left = names().filter((name) => !gone.includes(name));
    choose(left.length ? left : null);
    const titles = gone.map((name) => name.replace(/\/$/, "").split("/").at(-1)).join(", ");
    toast(`No longer there: ${titles}${left.length ? "" : ". All documents are asked again"}`);
  }

  function known(all) {
    ids = all;
    forget((names() ?? []).filter((name) => !all.some((id) => covers(name, id))));
    tell("chosen");
  }

  function send(question) {
    const chosen = names();
    sent = { question: question.trim(), chosen: chosen ?? [] };
    return chosen;
  }

  // An answer tells what was asked for it. That of the question before may be shown when the next one is under way.
  // Returns whether this is the one that was waited for.
  function answered(question, documents = []) {
    if (question.trim() !== sent.question) return false;
    if (documents.length) forget((names() ?? []).filter((name) => sent.chosen.includes(name) && !documents.includes(name)));
    sent = {};
    return true;
  }

  // How many documents there are under a name, and how many of them are asked.
  function count(name = "") {
    const under = ids.filter((id) => covers(name, id));
    const chosen = names() ?? [""];
    return { all: under.length, asked: under.filter((id) => asks(chosen, id)).length };
  }

  hear("begun", () => tell("chosen"));
  return { names, choose, turn, known, send, answered, count };
})();
