/* What Streamlit says in English of its own accord, said in the reader's language: `khOwnWords(rules, digits)`.
   A rule is what it says, as a regular expression, and the words for it, in which $1 stands for what was found. */
(() => {
  if (window.khOwnWords) return;
  const NAMES = ["aria-label", "placeholder", "title"];
  const OURS = ".stHtml, [data-testid='stIconMaterial'], style, script";
  const texts = new WeakMap(), names = new WeakMap(); // what was said here before us, and what we made of it
  let rules = [], digits = "";

  function words(said) {
    for (const [pattern, ours] of rules) {
      const found = pattern.exec(said.trim());
      if (found) return ours.replace("$1", (found[1] || "").replace(/\d/g, (one) => (digits ? digits[one] : one)));
    }
    return null;
  }

  function text(node) {
    const now = node.nodeValue, before = texts.get(node);
    const said = before && before.ours === now ? before.said : now;
    const ours = words(said);
    if (ours === null || ours === now) return;
    texts.set(node, { said, ours });
    node.nodeValue = ours;
  }

  function name(element, which) {
    const now = element.getAttribute(which);
    if (!now) return;
    const known = names.get(element) || {}, before = known[which];
    const said = before && before.ours === now ? before.said : now;
    const ours = words(said);
    if (ours === null || ours === now) return;
    names.set(element, { ...known, [which]: { said, ours } });
    element.setAttribute(which, ours);
  }

  function all(root) {
    if (root.nodeType === Node.TEXT_NODE) {
      if (root.parentElement && !root.parentElement.closest(OURS)) text(root);
      return;
    }
    if (root.nodeType !== Node.ELEMENT_NODE || root.closest(OURS)) return;
    for (const which of NAMES) name(root, which);
    for (const child of root.childNodes) all(child);
  }

  new MutationObserver((changes) => {
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (type === "attributes") { if (!target.closest(OURS)) name(target, attributeName); }
      else if (type === "characterData") all(target);
      else addedNodes.forEach(all);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES });

  window.khOwnWords = (given, shown) => {
    const told = JSON.stringify([given, shown]);
    if (window.khOwnTold === told) return;
    window.khOwnTold = told;
    rules = given.map(([pattern, ours]) => [new RegExp(`^(?:${pattern})$`), ours]);
    digits = shown;
    all(document.body);
  };
})();
