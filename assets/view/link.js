// The link always says what is on the screen: filters, chart options, charts shown as tables.
(function () {
  let search = window.location.search;

  // The bare site answers in the reader's language; from here on the address names it, and links to share do too.
  function enter() {
    const { lang, dataset } = document.documentElement, { pathname, hash } = window.location;
    const home = `${dataset.prefix}/`; // a proxy may show the site without the slash
    if (pathname === home || `${pathname}/` === home) window.history.replaceState(window.history.state, '', `${home}${lang.slice(0, 2)}/${search}${hash}`);
  }
  enter();

  // Links to other pages and to the other language carry the filters along.
  function carry() {
    document.querySelectorAll('a.keep-query').forEach((link) => {
      const target = new URL(link.href);
      if (target.search !== search) { target.search = search; link.href = target.href; }
    });
  }

  // A card that stands alone in another document keeps standing alone; links that lead out of it do not.
  function alone(text) {
    const now = new URLSearchParams(window.location.search), next = new URLSearchParams(text);
    if (now.get('embed') !== '1') return text;
    ['embed', 'card'].forEach((key) => { if (now.has(key)) next.set(key, now.get(key)); });
    return `?${next.toString().replaceAll('%2C', ',')}`;
  }

  function mirror(state) {
    const query = { ...state.filters, ...state.options };
    if (state.tables.length) query.table = state.tables.join(',');
    const params = new URLSearchParams(Object.entries(query).sort());
    search = params.size ? '?' + params.toString().replaceAll('%2C', ',') : '';
    const { pathname, hash } = window.location;
    const here = alone(search);
    if (window.location.search !== here) window.history.replaceState(window.history.state, '', pathname + here + hash);
    carry();
  }

  let settled = false;

  // A link to one card: Dash builds the page after the browser has looked for the anchor.
  function toAnchor() {
    const id = window.location.hash.slice(1);
    const card = id.startsWith('card-') && document.getElementById(id);
    if (card && !settled) card.scrollIntoView();
  }

  // Until the reader moves, the card stays in view while the charts above it find their height.
  const settle = () => { settled = true; };
  ['wheel', 'touchstart', 'pointerdown', 'keydown'].forEach((name) => window.addEventListener(name, settle, { once: true, passive: true }));
  setTimeout(settle, 6000);
  new ResizeObserver(toAnchor).observe(document.body);

  // A phone's first screen belongs to the page; its filters open at a touch.
  function fold() {
    document.querySelectorAll('.filterbar-more:not([data-met])').forEach((bar) => {
      bar.dataset.met = 'yes';
      if (window.matchMedia('(max-width: 800px)').matches) bar.open = false;
    });
  }

  let waiting = 0;
  new MutationObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => { carry(); toAnchor(); fold(); });
  }).observe(document.documentElement, { childList: true, subtree: true });

  window.aimap = window.aimap || {};
  window.aimap.link = { mirror };
})();
