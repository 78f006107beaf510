// The picture of the whole network: fetched when it comes near, lit while it rests, moved at once under the hand.
(function () {
  const HOME = { scale: 1, x: 0.5, y: 0.5 }, NEAREST = 60, WIDEST = 0.7;
  const MOST_PIXELS = 1.5e6; // of the light; names and hubs have the screen's own
  const REST = 140; // milliseconds without a move before the light is drawn anew
  const SAVED = 1600; // pixels of the side of a saved picture
  const { light, marks } = window.aimap;

  let root = null, net = null, seat = HOME, shown = null, pointed = -1, timer = 0, round = 0, chosen = {}, look = null;
  const canvases = {};

  const part = (name) => root.querySelector(`.galaxy-${name}`);
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const hex = (text) => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
  const still = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const listed = (text) => (text || '').split(',').filter(Boolean);
  const year = () => Number(part('year').querySelector('input').value);
  const colouring = () => root.querySelector('.galaxy-colour[aria-pressed="true"]').dataset.colour;

  // Where things stand in a picture of some size: `seat` is the middle and how far it is enlarged.
  function viewOf(w, h, ratio, at = seat) {
    const home = Math.min(w, h) * 1.06, side = home * at.scale;
    return { w, h, ratio, home, side, px: (x) => w / 2 + (x / 65535 - at.x) * side, py: (y) => h / 2 + (y / 65535 - at.y) * side };
  }

  const size = () => { const box = part('stage').getBoundingClientRect(); return [Math.max(1, box.width), Math.max(1, box.height)]; };
  function markView() { const [w, h] = size(), ratio = window.devicePixelRatio || 1; return viewOf(Math.round(w * ratio), Math.round(h * ratio), ratio); }
  function lightView() {
    const [w, h] = size(), ratio = Math.min(window.devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / (w * h)));
    return viewOf(Math.round(w * ratio), Math.round(h * ratio), ratio);
  }

  // ---- what is seen, and in which colours
  function colours(kind) {
    const names = kind === 'layer' ? ['layer-base', 'layer-technology', 'layer-application'] : ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7'];
    const count = JSON.parse(root.dataset.colours)[kind].of.length;
    return [...names.slice(0, count), 'mute'].map((name) => hex(css(name)));
  }

  // Codes of the provinces and layers that the filters leave.
  function litBy() {
    const provinces = new Set(listed(chosen.province).map(Number)), layers = new Set(listed(chosen.layer).map((name) => ['base', 'technology', 'application'].indexOf(name)));
    return (node) => (!provinces.size || provinces.has(net.province[node])) && (!layers.size || layers.has(net.layer[node]));
  }

  function see() {
    const kind = colouring(), now = year(), dark = document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark';
    const same = look && look.kind === kind, tones = colours(kind);
    const of = same ? look.of : light.classes(net, JSON.parse(root.dataset.colours)[kind]);
    look = {
      kind, of, year: now, dark, colours: tones, exposure: 1, lit: litBy(), font: css('font') || 'sans-serif',
      arcs: same ? look.arcs : light.sorted(net, of, tones.length),
      there: (node) => net.since[node] <= now && net.degree[node] > 0,
      paper: hex(dark ? css('paper') : css('card')), ink: hex(css('ink')), mute: hex(css('mute')), accent: hex(css('enabling')),
    };
  }

  // ---- drawing
  function mark() {
    const view = markView();
    if (canvases.marks.width !== view.w || canvases.marks.height !== view.h) Object.assign(canvases.marks, { width: view.w, height: view.h });
    marks.draw(canvases.marks.getContext('2d'), net, view, look, pointed);
    canvases.light.style.opacity = pointed >= 0 ? 0.3 : 1;
    part('tip').hidden = pointed < 0;
  }

  // Until the light has caught up, the last one is moved to where it would be.
  function shift() {
    if (!shown) return;
    const [w, h] = size(), side = Math.min(w, h) * 1.06 * seat.scale, grown = seat.scale / shown.scale;
    canvases.light.style.transform = `translate(${(shown.x - seat.x) * side}px, ${(shown.y - seat.y) * side}px) scale(${grown})`;
  }

  async function shine() {
    const mine = (round += 1), at = seat, view = lightView();
    const image = await light.shine(net, view, look, () => mine === round);
    if (!image || mine !== round) return;
    Object.assign(canvases.light, { width: view.w, height: view.h });
    canvases.light.getContext('2d').putImageData(image, 0, 0);
    shown = at;
    shift();
    root.dataset.painted = String(look.year);
  }

  let resting = 0, waiting = 0;
  function moved() {
    round += 1;
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => { shift(); mark(); });
    clearTimeout(resting);
    resting = setTimeout(shine, REST);
  }

  function changed() {
    if (!net) return;
    see();
    tell();
    mark();
    clearTimeout(resting);
    shine();
  }

  function tell() {
    const said = JSON.parse(root.dataset.colours)[look.kind], items = [...said.of.map(([name]) => name), said.rest];
    part('legend').replaceChildren(...items.map((textContent, at) => {
      const one = Object.assign(document.createElement('span'), { textContent });
      one.style.setProperty('--dot', `rgb(${look.colours[at]})`);
      return one;
    }));
    let nodes = 0, arcs = 0;
    net.order.forEach((node) => { nodes += look.there(node); });
    net.began.forEach((began) => { arcs += began <= look.year; });
    part('now').textContent = look.year;
    part('counts').textContent = root.dataset.counts.replace('{nodes}', nodes.toLocaleString('en')).replace('{arcs}', arcs.toLocaleString('en'));
  }

  // ---- what the hand points at
  function nearest(x, y, reach = 9) {
    const view = markView(), scale = view.ratio;
    let best = -1, least = Infinity;
    net.order.forEach((node) => {
      if (!look.there(node) || !look.lit(node)) return;
      const far = Math.hypot(view.px(net.x[node]) - x * scale, view.py(net.y[node]) - y * scale) - light.radiusOf(net.degree[node], view);
      if (far < least && far < reach * scale) { least = far; best = node; }
    });
    return best;
  }

  const told = new Map();
  async function nodeOf(row) {
    if (!told.has(row)) {
      const answer = await fetch(`${root.dataset.node}&row=${row}`);
      if (!answer.ok) throw new Error(`node ${answer.status}`);
      told.set(row, await answer.json());
    }
    return told.get(row);
  }

  const addressOf = (id) => `${document.documentElement.dataset.prefix}/${root.dataset.lang}/explorer?${new URLSearchParams({ ...chosen, node: id, view: 'near' })}`;

  async function point(row, x, y) {
    if (row < 0) { if (pointed >= 0) { pointed = -1; mark(); } return; }
    const [, , name, place, degree] = await nodeOf(row);
    const tip = part('tip'), [w, h] = size();
    tip.replaceChildren(Object.assign(document.createElement('strong'), { textContent: name }), [place, `${root.dataset.degree} ${degree.toLocaleString('en')}`].filter(Boolean).join(' · '));
    pointed = row;
    mark();
    tip.style.left = `${Math.max(4, Math.min(x + 14, w - tip.offsetWidth - 4))}px`;
    tip.style.top = `${y + 18 + tip.offsetHeight > h ? y - tip.offsetHeight - 12 : y + 18}px`;
  }

  async function open(row) {
    if (row < 0) return;
    const [, id] = await nodeOf(row);
    window.location.href = addressOf(id);
  }

  // ---- moves
  function zoom(factor, x, y) {
    const [w, h] = size(), scale = Math.min(NEAREST, Math.max(WIDEST, seat.scale * factor)), base = Math.min(w, h) * 1.06;
    const dx = (x === undefined ? 0 : x - w / 2) / base, dy = (y === undefined ? 0 : y - h / 2) / base;
    seat = { scale, x: seat.x + dx / seat.scale - dx / scale, y: seat.y + dy / seat.scale - dy / scale };
    part('stage').classList.toggle('is-near', scale > 1.01);
    moved();
  }

  function pan(dx, dy) {
    const [w, h] = size(), side = Math.min(w, h) * 1.06 * seat.scale, inside = (value) => Math.min(1, Math.max(0, value));
    seat = { ...seat, x: inside(seat.x - dx / side), y: inside(seat.y - dy / side) };
    moved();
  }

  function home() { seat = HOME; part('stage').classList.remove('is-near'); moved(); }

  const hand = { held: new Map(), far: 0, travelled: 0, late: 0 };
  const spotOf = (event) => { const box = part('stage').getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };

  function down(event) {
    hand.held.set(event.pointerId, spotOf(event));
    hand.travelled = hand.held.size > 1 ? Infinity : 0;
    hand.far = 0;
    part('stage').setPointerCapture(event.pointerId);
  }

  function move(event) {
    const spot = spotOf(event), before = hand.held.get(event.pointerId);
    if (!before) { hover(spot); return; }
    hand.held.set(event.pointerId, spot);
    hand.travelled += Math.abs(spot[0] - before[0]) + Math.abs(spot[1] - before[1]);
    if (hand.held.size === 2) {
      const [a, b] = [...hand.held.values()], far = Math.hypot(a[0] - b[0], a[1] - b[1]);
      if (hand.far) zoom(far / hand.far, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
      hand.far = far;
    } else if (event.pointerType !== 'touch' || seat.scale > 1.01) pan(spot[0] - before[0], spot[1] - before[1]);
  }

  function up(event) {
    const held = hand.held.delete(event.pointerId), [x, y] = spotOf(event);
    if (!held || event.type !== 'pointerup' || hand.travelled > 6) return;
    const row = nearest(x, y, event.pointerType === 'touch' ? 18 : 9);
    // A finger cannot hover: its first touch tells, its second one opens.
    if (event.pointerType === 'touch' && row !== pointed) point(row, x, y).catch(() => {}); else open(row).catch(() => {});
  }

  function hover([x, y]) {
    clearTimeout(hand.late);
    const row = nearest(x, y, 5);
    part('stage').style.cursor = row >= 0 ? 'pointer' : 'grab';
    if (row === pointed) return;
    hand.late = setTimeout(() => point(row, x, y).catch(() => {}), net.hubs.some(([hub]) => hub === row) ? 30 : 160);
  }

  function key(event) {
    const step = 60, ways = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') zoom(1.4);
    else if (event.key === '-') zoom(1 / 1.4);
    else if (event.key === '0') home();
    else if (ways[event.key]) pan(...ways[event.key]);
    else return;
    event.preventDefault();
  }

  function wheel(event) {
    // A page that is scrolled past the picture must not get stuck in it.
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== part('stage')) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.25 : 0.8, ...spotOf(event));
  }

  // ---- years and files
  function stop() { clearInterval(timer); timer = 0; part('play').textContent = root.dataset.play; }

  function play() {
    if (timer) { stop(); return; }
    const slider = part('year').querySelector('input'), to = (value) => { slider.value = value; slider.dispatchEvent(new Event('input')); };
    to(slider.value === slider.max ? slider.min : Number(slider.value) + 1);
    part('play').textContent = root.dataset.stop;
    timer = setInterval(() => { if (!root.isConnected || slider.value === slider.max) stop(); else to(Number(slider.value) + 1); }, still() ? 2000 : 1000);
  }

  async function save() {
    const [w, h] = size(), grown = SAVED / Math.max(w, h), view = viewOf(Math.round(w * grown), Math.round(h * grown), grown * 0.8);
    const words = JSON.parse(root.dataset.colours)[look.kind], text = (name) => root.querySelector(name).textContent;
    const filters = [...document.querySelectorAll('#chips .chip span:first-child')].map((one) => one.textContent);
    const said = {
      title: text('h2'), subtitle: text('.card-subtitle'), badge: text('.badge'), chosen: [look.year, part('counts').textContent, ...filters].join(' · '),
      items: [...words.of.map(([name]) => name), words.rest],
      lines: [text('.card-source'), [(document.querySelector('.version') || {}).textContent, `${window.location.origin}${window.location.pathname}${window.location.search}#galaxy`].filter(Boolean).join(' · ')],
    };
    const image = await light.shine(net, view, look, () => true);
    const blob = await new Promise((done, fail) => marks.sheet(image, net, view, look, said).toBlob((made) => (made ? done(made) : fail(new Error('empty'))), 'image/png'));
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: `network-${look.year}-${root.dataset.lang}.png` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    root.querySelector('.tool-status').textContent = root.dataset.made;
    setTimeout(() => { root.querySelector('.tool-status').textContent = ''; }, 4000);
  }

  // ---- the section
  function slider() {
    const [first, last] = root.dataset.span.split(',').map(Number);
    const range = Object.assign(document.createElement('input'), { type: 'range', min: first, max: last, value: chosen.to || last });
    const output = Object.assign(document.createElement('output'), { textContent: range.value });
    range.addEventListener('input', () => { output.textContent = range.value; changed(); });
    part('year').replaceChildren(range, output);
  }

  function wire() {
    const stage = part('stage');
    ['light', 'marks'].forEach((name) => { canvases[name] = stage.appendChild(document.createElement('canvas')); });
    stage.append(Object.assign(document.createElement('div'), { className: 'galaxy-tip', hidden: true }));
    stage.addEventListener('pointerdown', down);
    stage.addEventListener('pointermove', move);
    ['pointerup', 'pointercancel'].forEach((name) => stage.addEventListener(name, up));
    stage.addEventListener('pointerleave', () => { clearTimeout(hand.late); point(-1); });
    stage.addEventListener('wheel', wheel, { passive: false });
    stage.addEventListener('keydown', key);
    part('play').addEventListener('click', play);
    part('save').addEventListener('click', save);
    root.querySelectorAll('.galaxy-colour').forEach((button) => button.addEventListener('click', () => {
      root.querySelectorAll('.galaxy-colour').forEach((one) => one.setAttribute('aria-pressed', String(one === button)));
      changed();
    }));
    const ways = { in: () => zoom(1.4), out: () => zoom(1 / 1.4), fit: home };
    root.querySelectorAll('[data-galaxy-zoom]').forEach((button) => button.addEventListener('click', ways[button.dataset.galaxyZoom]));
    new ResizeObserver(() => { if (root.isConnected && net) moved(); }).observe(stage);
  }

  async function load(section) {
    const answers = await Promise.all([fetch(section.dataset.info), fetch(section.dataset.points)]);
    if (answers.some((one) => !one.ok)) throw new Error('galaxy');
    const found = light.decode(await answers[0].json(), await answers[1].arrayBuffer());
    if (section !== root) return;
    net = found;
    wire();
    slider();
    changed();
  }

  function meet(section) {
    root = section;
    [net, look, shown, seat, pointed] = [null, null, null, HOME, -1];
    told.clear();
    const near = new IntersectionObserver((seen) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      near.disconnect();
      load(section).catch(() => { section.querySelector('.galaxy-stage').textContent = section.dataset.lost; });
    }, { rootMargin: '300px' });
    near.observe(section);
    carry();
  }

  // The list leads on with the filters of the moment.
  function carry() { root.querySelectorAll('.galaxy-list a').forEach((link) => { link.href = addressOf(link.dataset.id); }); }

  document.addEventListener('aimap:filters', ({ detail }) => {
    const before = chosen.to;
    chosen = detail;
    if (!root || !root.isConnected) return;
    carry();
    if (!net) return;
    if (before !== chosen.to) slider();
    changed();
  });

  new MutationObserver(() => {
    const here = document.getElementById('galaxy');
    if (here && here !== root) meet(here);
  }).observe(document.documentElement, { childList: true, subtree: true });
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });

  // Where a node of a row stands on the page, for whoever has to point at it.
  window.aimap.galaxy = { spot: (row) => { const view = markView(), box = part('stage').getBoundingClientRect(); return [box.left + view.px(net.x[row]) / view.ratio, box.top + view.py(net.y[row]) / view.ratio]; } };
})();
