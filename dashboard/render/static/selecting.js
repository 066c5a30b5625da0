/* Words selected in the open article can be called a place: a button beside them says so. */
window.khSelecting = (tell) => {
  window.khSelected = tell; // the newest run's
  if (window.khSelectingOn) return;
  window.khSelectingOn = true;
  const longest = 120;
  let button = null;
  const away = () => { if (button) button.remove(); button = null; };
  /* What is selected inside one paragraph of the article; its start in code points of the whole text. */
  const words = () => {
    const chosen = window.getSelection();
    if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return null;
    const range = chosen.getRangeAt(0), from = range.startContainer, to = range.endContainer;
    const holder = (node) => (node instanceof Element ? node : node.parentElement);
    const article = holder(from) && holder(from).closest(".kh-reader[data-select]");
    const paragraph = holder(from) && holder(from).closest("p[data-start]");
    const text = chosen.toString().trim();
    if (!article || !paragraph || !paragraph.contains(to) || !text || text.length > longest) return null;
    const before = document.createRange();
    before.selectNodeContents(paragraph);
    before.setEnd(range.startContainer, range.startOffset);
    return { text, start: Number(paragraph.dataset.start) + [...before.toString()].length, label: article.dataset.select, range };
  };
  const offer = () => {
    const found = words();
    away();
    if (!found) return;
    const box = found.range.getBoundingClientRect();
    button = document.createElement("button");
    button.type = "button";
    button.className = "kh-select";
    button.textContent = found.label;
    button.style.left = `${Math.max(8, Math.min(window.innerWidth - 200, box.left))}px`;
    button.style.top = `${Math.min(window.innerHeight - 48, box.bottom + 6)}px`;
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    button.addEventListener("click", () => {
      away();
      document.documentElement.dataset.khBusy = "1";
      window.khSelected({ text: found.text, start: found.start, turn: Date.now() });
      window.getSelection().removeAllRanges();
    });
    document.body.append(button);
  };
  let waiting = 0;
  document.addEventListener("selectionchange", () => { window.clearTimeout(waiting); waiting = window.setTimeout(offer, 250); });
  document.addEventListener("scroll", away, true);
};
