/* Every string that a reader of the page may meet: text that is shown, and what is said of fields, buttons and signs.
   What other people wrote (articles, names, sources), addresses, commands and the brand are left out. */
() => {
  if (!document.body) return []; // a frame that is on its way
  const ALIEN = "bdi, blockquote, pre, code, kbd, script, style, noscript, [data-testid=stIconMaterial], .kh-text, .kh-out, .kh-brand, .kh-tongues, [dir=auto], [lang]:not(html)";
  const SAID = ["aria-label", "title", "placeholder", "alt", "aria-description", "aria-roledescription", "aria-valuetext"];
  const found = new Set();
  const visible = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility === "visible";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) {
      const parent = node.parentElement, text = node.textContent.trim();
      if (text && !parent.closest(ALIEN) && visible(parent)) found.add(text);
    } else if (!node.closest(ALIEN)) {
      for (const name of SAID) if (node.getAttribute(name)) found.add(node.getAttribute(name));
    }
  }
  return [...found];
}
