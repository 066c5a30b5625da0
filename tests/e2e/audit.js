/* What keeps a page from being read or used: words of too little contrast, and controls without a name. */
() => {
  const light = (c) => {
    const part = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]);
  };
  const parse = (value) => {
    const found = value.match(/^(rgba?|color)\((?:srgb )?([^)]+)\)/);
    if (!found) return null;
    const parts = found[2].split(/[ ,/]+/).map(Number), by = found[1] === "color" ? 255 : 1;
    return [parts[0] * by, parts[1] * by, parts[2] * by, parts[3] === undefined ? 1 : parts[3]];
  };
  const laid = (over, under) => [0, 1, 2].map((at) => over[at] * over[3] + under[at] * (1 - over[3]));
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour && colour[3] > 0) layers.push(colour);
      if (colour && colour[3] >= 1) break;
    }
    return layers.reverse().reduce((under, over) => laid(over, under), [255, 255, 255]);
  };
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const pale = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const words = walk.currentNode.textContent.trim(), element = walk.currentNode.parentElement;
    if (!words || ["SCRIPT", "STYLE", "NOSCRIPT"].includes(element.tagName) || !shown(element)) continue;
    const style = getComputedStyle(element), under = ground(element), ink = parse(style.color);
    if (!ink) continue;
    const [dark, bright] = [light(laid(ink, under)), light(under)].sort((a, b) => a - b);
    const size = parseFloat(style.fontSize), big = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if ((bright + 0.05) / (dark + 0.05) < (big ? 3 : 4.5)) pale.add(words.slice(0, 60));
  }
  const nameless = [];
  for (const element of document.querySelectorAll("a[href], button, input, textarea, summary, iframe")) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const labels = element.labels ? [...element.labels].map((label) => label.textContent).join("") : "";
    const name = element.getAttribute("aria-label") || labels || element.textContent || element.title;
    if (!name.trim()) nameless.push(element.outerHTML.slice(0, 120));
  }
  const small = [...document.querySelectorAll(".stApp :is(nav, header, .kh-list, .kh-actions) :is(a[href], button)")]
    .filter((one) => shown(one) && one.getBoundingClientRect().height < 23.5 && !one.closest(".kh-trend, .kh-time"))
    .map((one) => one.outerHTML.slice(0, 120));
  return { pale: [...pale], nameless, small };
}
