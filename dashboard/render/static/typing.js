/* Places offered while a name is typed. The box keeps the focus: arrows choose, Enter opens, Esc puts the list away. */
export default function (component) {
  const page = window;
  page.khTyped = (text) => component.setStateValue("typed", text); // the newest run's component is the one that answers
  if (page.khTyping) return;
  page.khTyping = true;
  const PAUSE_MS = 140;
  const root = document.documentElement;
  const box = (target) => target instanceof Element && target.matches(".st-key-kh-search input");
  const options = () => [...document.querySelectorAll(".kh-suggestions a")];
  let timer = 0, chosen = "", settling = false;

  function choose(link, input) {
    options().forEach((one) => one.setAttribute("aria-selected", String(one === link)));
    chosen = link ? link.id : "";
    if (link) input.setAttribute("aria-activedescendant", link.id); else input.removeAttribute("aria-activedescendant");
  }

  function close(input) {
    page.clearTimeout(timer);
    delete root.dataset.khSuggest;
    if (input) choose(null, input);
  }

  /* Let the box say what the address will say; the page writes it only where it was written before. */
  function settle(input, link) {
    const rest = new URLSearchParams(link.getAttribute("href")).get("q") || "";
    settling = true;
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, rest);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    settling = false;
    close(input);
  }

  document.addEventListener("input", (event) => {
    if (settling || !box(event.target)) return;
    const text = event.target.value;
    page.clearTimeout(timer);
    choose(null, event.target);
    root.dataset.khSuggest = "1";
    timer = page.setTimeout(() => page.khTyped(text), PAUSE_MS);
  });
  document.addEventListener("keydown", (event) => {
    if (!box(event.target)) return;
    const links = root.dataset.khSuggest ? options() : [];
    const at = links.findIndex((link) => link.id === chosen);
    if (event.key === "Escape" || (event.key === "Enter" && at < 0)) close(event.target);
    else if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation(); // what was typed is not searched for
      page.khVisit(links[at].getAttribute("href"));
      settle(event.target, links[at]);
    } else if (links.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const to = event.key === "ArrowDown" ? at + 1 : at < 0 ? links.length - 1 : at - 1;
      choose(links[to] || null, event.target);
    }
  }, true);
  document.addEventListener("focusout", (event) => { if (box(event.target)) close(event.target); });
  document.addEventListener("mousedown", (event) => { // the box keeps the focus, so that nothing is searched for
    if (event.target instanceof Element && event.target.closest(".kh-suggestions")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest(".kh-suggestions a");
    if (link) settle(document.querySelector(".st-key-kh-search input"), link);
  });
}
