// The whole network on a canvas: fetched when it comes into view, drawn at any zoom from places that the build computed.
(function () {
  const SERIES = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7'];
  const PAD = 0.04;
  let root = null, net = null, canvas = null, seat = { scale: 1, x: 0.5, y: 0.5 }, timer = 0, tip = null, dim = { province: [], layer: [] };

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const make = (name, props, ...inside) => { const made = Object.assign(document.createElement(name), props || {}); made.append(...inside); return made; };
  const still = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

  function palette(colour) {
    if (colour === 'layer') return ['layer-base', 'layer-technology', 'layer-application', 'mute'].map(css);
    if (colour === 'kind') return ['enabling', 'c2', 'c3', 'c4', 'c5', 'c6', 'mute'].map(css);
    return [...SERIES.slice(0, 6), 'mute'].map(css);
  }

  async function load() {
    const [info, bytes] = await Promise.all([fetch(root.dataset.info).then((one) => one.json()), fetch(root.dataset.points).then((one) => one.arrayBuffer())]);
    const n = info.nodes, m = info.arcs;
    let at = 0;
    // Columns of odd length leave the next one unaligned, so each is copied out.
    const take = (Kind, count) => { const part = new Kind(bytes.slice(at, at + count * Kind.BYTES_PER_ELEMENT)); at += count * Kind.BYTES_PER_ELEMENT; return part; };
    net = { info, n, m };
    ['x', 'y', 'degree', 'year'].forEach((name) => { net[name] = take(Uint16Array, n); });
    ['layer', 'kind', 'province'].forEach((name) => { net[name] = take(Uint8Array, n); });
    ['source', 'target'].forEach((name) => { net[name] = take(Uint32Array, m); });
    net.since = take(Uint16Array, m);
  }

  const box = () => ({ w: canvas.width, h: canvas.height, side: Math.min(canvas.width, canvas.height) * (1 - 2 * PAD) * seat.scale });
  const toX = (value, { w, side }) => w / 2 + (value / 65535 - seat.x) * side;
  const toY = (value, { h, side }) => h / 2 + (value / 65535 - seat.y) * side;
  const chosenYear = () => Number(root.querySelector('.galaxy-year input').value);
  const colourOf = () => root.querySelector('.galaxy-colour select').value;

  // Faint what the filters leave out; codes of provinces and layers are those of the picture's own legend.
  function lit() {
    const provinces = dim.province.map((code) => ['11', '44', '31', '33', '32', '37'].indexOf(code)).filter((one) => one >= 0);
    const layers = dim.layer.map((name) => ['base', 'technology', 'application'].indexOf(name));
    if (!provinces.length && !layers.length) return () => true;
    return (node) => (!provinces.length || provinces.includes(net.province[node])) && (!layers.length || layers.includes(net.layer[node]));
  }

  function arcs(pen, view, year, shines) {
    pen.strokeStyle = css('nodata-line');
    pen.globalAlpha = Math.min(0.6, 0.1 * Math.sqrt(seat.scale));
    pen.lineWidth = 1;
    pen.beginPath();
    let drawn = 0;
    for (let arc = 0; arc < net.m; arc += 1) {
      if (net.since[arc] > year) continue;
      const a = net.source[arc], b = net.target[arc];
      if (!shines(a) && !shines(b)) continue;
      const ax = toX(net.x[a], view), ay = toY(net.y[a], view), bx = toX(net.x[b], view), by = toY(net.y[b], view);
      if ((ax < 0 && bx < 0) || (ay < 0 && by < 0) || (ax > view.w && bx > view.w) || (ay > view.h && by > view.h)) continue;
      pen.moveTo(ax, ay);
      pen.lineTo(bx, by);
      drawn += 1;
      // Within one path overlaps do not add up; between paths they do, and light gathers where arcs do.
      if (drawn % 150 === 0) { pen.stroke(); pen.beginPath(); }
    }
    pen.stroke();
  }

  const radius = (node) => (0.6 + 0.2 * Math.sqrt(net.degree[node])) * (window.devicePixelRatio || 1) * Math.min(2.4, Math.sqrt(seat.scale));

  function nodes(pen, view, year, shines) {
    const codes = net[colourOf()], colours = palette(colourOf());
    // What has no colour of its own lies lowest and lets the others through.
    [...colours.keys()].reverse().forEach((code) => {
      const plain = code === colours.length - 1;
      pen.fillStyle = colours[code];
      [false, true].forEach((bright) => {
        pen.globalAlpha = bright ? (plain ? 0.38 : 0.85) : 0.06;
        pen.beginPath();
        for (let node = 0; node < net.n; node += 1) {
          if (codes[node] !== code || net.year[node] > year || !net.degree[node] || shines(node) !== bright) continue;
          const x = toX(net.x[node], view), y = toY(net.y[node], view), r = radius(node);
          if (x < -r || y < -r || x > view.w + r || y > view.h + r) continue;
          pen.moveTo(x + r, y);
          pen.arc(x, y, r, 0, 7);
        }
        pen.fill();
      });
    });
  }

  function names(pen, view, year, shines) {
    const ratio = window.devicePixelRatio || 1, taken = [];
    pen.globalAlpha = 1;
    pen.textAlign = 'center';
    pen.lineJoin = 'round';
    net.info.hubs.forEach(([row, , name], at) => {
      if (net.year[row] > year || !shines(row)) return;
      const size = (at < 4 ? 15 : 12) * ratio, x = toX(net.x[row], view), y = toY(net.y[row], view) - radius(row) - 4 * ratio;
      pen.font = `${at < 4 ? 700 : 500} ${size}px ${css('font') || 'sans-serif'}`;
      const wide = pen.measureText(name).width / 2 + 4;
      const spot = [x - wide, y - size, x + wide, y + 3];
      if (taken.some((one) => one[0] < spot[2] && one[2] > spot[0] && one[1] < spot[3] && one[3] > spot[1])) return;
      taken.push(spot);
      pen.strokeStyle = css('card');
      pen.lineWidth = 3.5 * ratio;
      pen.strokeText(name, x, y);
      pen.fillStyle = css('ink');
      pen.fillText(name, x, y);
    });
  }

  function paint() {
    const ratio = window.devicePixelRatio || 1, place = canvas.parentNode;
    canvas.width = place.clientWidth * ratio;
    canvas.height = place.clientHeight * ratio;
    const pen = canvas.getContext('2d'), view = box(), year = chosenYear(), shines = lit();
    pen.fillStyle = css('card');
    pen.fillRect(0, 0, view.w, view.h);
    arcs(pen, view, year, shines);
    nodes(pen, view, year, shines);
    names(pen, view, year, shines);
    root.dataset.painted = String(year);
  }

  let waiting = 0;
  const soon = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(paint); };

  function legend() {
    const words = JSON.parse(root.dataset[colourOf()]), colours = palette(colourOf());
    root.querySelector('.galaxy-legend').replaceChildren(...words.map((text, at) => {
      const one = make('span', { textContent: text });
      one.style.setProperty('--dot', colours[at]);
      return one;
    }));
  }

  // ---- hands
  function nearest(event) {
    const ratio = window.devicePixelRatio || 1, edge = canvas.getBoundingClientRect(), view = box();
    const px = (event.clientX - edge.left) * ratio, py = (event.clientY - edge.top) * ratio;
    let best = -1, least = (14 * ratio) ** 2;
    for (let node = 0; node < net.n; node += 1) {
      if (!net.degree[node] || net.year[node] > chosenYear()) continue;
      const far = (toX(net.x[node], view) - px) ** 2 + (toY(net.y[node], view) - py) ** 2 - radius(node) ** 2;
      if (far < least) { least = far; best = node; }
    }
    return best;
  }

  const query = () => { const now = new URLSearchParams(window.location.search), kept = new URLSearchParams({ lang: root.dataset.lang }); if (now.get('data')) kept.set('data', now.get('data')); return kept; };
  async function nodeOf(row) {
    const asked = query();
    asked.set('row', row);
    return (await fetch(`/galaxy/node.json?${asked}`)).json();
  }

  let hovered = 0;
  function hover(event) {
    clearTimeout(hovered);
    tip.hidden = true;
    const { clientX, clientY } = event;
    hovered = setTimeout(async () => {
      const row = nearest({ clientX, clientY });
      canvas.style.cursor = row >= 0 ? 'pointer' : 'grab';
      if (row < 0) return;
      const told = await nodeOf(row);
      const edge = canvas.getBoundingClientRect();
      tip.textContent = `${told.name} · ${told.place} · ${root.dataset.degree} ${told.degree.toLocaleString('en')}`;
      tip.style.left = `${Math.min(clientX - edge.left + 12, edge.width - 220)}px`;
      tip.style.top = `${clientY - edge.top + 12}px`;
      tip.hidden = false;
    }, 90);
  }

  async function open(event) {
    const row = nearest(event);
    if (row < 0) return;
    const told = await nodeOf(row), now = new URLSearchParams(window.location.search);
    now.set('node', told.id);
    now.set('view', 'near');
    window.location.href = `/${root.dataset.lang}/explorer?${now}`;
  }

  function zoom(factor, event) {
    const before = box(), edge = canvas.getBoundingClientRect(), ratio = window.devicePixelRatio || 1;
    const px = event ? (event.clientX - edge.left) * ratio - before.w / 2 : 0, py = event ? (event.clientY - edge.top) * ratio - before.h / 2 : 0;
    const next = Math.min(60, Math.max(0.8, seat.scale * factor)), side = before.side * (next / seat.scale);
    seat = { scale: next, x: seat.x + px / before.side - px / side, y: seat.y + py / before.side - py / side };
    soon();
  }

  function hands() {
    let from = null, moved = 0;
    canvas.addEventListener('wheel', (event) => { if (event.ctrlKey || event.metaKey || seat.scale > 1 || document.activeElement === canvas) { event.preventDefault(); zoom(event.deltaY < 0 ? 1.25 : 0.8, event); } }, { passive: false });
    canvas.addEventListener('pointerdown', (event) => { from = event; moved = 0; canvas.setPointerCapture(event.pointerId); });
    canvas.addEventListener('pointermove', (event) => {
      if (!from) { hover(event); return; }
      const { side } = box(), ratio = window.devicePixelRatio || 1;
      moved += Math.abs(event.clientX - from.clientX) + Math.abs(event.clientY - from.clientY);
      seat = { ...seat, x: seat.x - ((event.clientX - from.clientX) * ratio) / side, y: seat.y - ((event.clientY - from.clientY) * ratio) / side };
      from = event;
      soon();
    });
    canvas.addEventListener('pointerup', (event) => { from = null; if (moved < 5) open(event); });
    canvas.addEventListener('pointerleave', () => { clearTimeout(hovered); tip.hidden = true; });
    canvas.addEventListener('keydown', (event) => {
      const step = 0.08 / seat.scale, ways = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
      if (event.key === '+' || event.key === '=') zoom(1.4);
      else if (event.key === '-') zoom(1 / 1.4);
      else if (event.key === '0') { seat = { scale: 1, x: 0.5, y: 0.5 }; soon(); }
      else if (ways[event.key]) { seat = { ...seat, x: seat.x + ways[event.key][0], y: seat.y + ways[event.key][1] }; soon(); } else return;
      event.preventDefault();
    });
  }

  function play() {
    const button = root.querySelector('.galaxy-play'), slider = root.querySelector('.galaxy-year input');
    if (timer) { clearInterval(timer); timer = 0; button.textContent = root.dataset.play; return; }
    const step = () => {
      const next = Number(slider.value) + 1;
      if (next > Number(slider.max)) { play(); return; }
      slider.value = next;
      slider.dispatchEvent(new Event('input'));
    };
    slider.value = slider.min;
    slider.dispatchEvent(new Event('input'));
    button.textContent = root.dataset.stop;
    timer = setInterval(step, still() ? 1600 : 900);
  }

  // The picture with what makes it citable.
  function save() {
    const ratio = window.devicePixelRatio || 1, foot = 92 * ratio, sheet = make('canvas', { width: canvas.width, height: canvas.height + foot });
    const pen = sheet.getContext('2d');
    pen.fillStyle = css('card');
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.drawImage(canvas, 0, 0);
    const line = (text, at, size, tone) => { pen.fillStyle = css(tone); pen.font = `${size * ratio}px ${css('font')}`; pen.fillText(text, 16 * ratio, canvas.height + at * ratio, sheet.width - 32 * ratio); };
    line(`${root.querySelector('h2').textContent} · ${chosenYear()} · ${root.querySelector('.badge').textContent}`, 20, 16, 'ink');
    line([...root.querySelectorAll('.galaxy-legend span')].map((one) => one.textContent).join(' / '), 44, 12, 'mute');
    line(root.querySelector('.card-source').textContent, 64, 12, 'mute');
    line(window.location.href, 82, 11, 'mute');
    sheet.toBlob((blob) => {
      const link = make('a', { href: URL.createObjectURL(blob), download: `network-${chosenYear()}.png` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    });
  }

  function build() {
    const [first, last] = root.dataset.span.split(',').map(Number), frame = root.querySelector('.galaxy-frame');
    const list = make('select', { onchange: () => { legend(); soon(); } });
    root.querySelector('.galaxy-colour').dataset.choices.split('|').forEach((one) => { const [value, textContent] = one.split('='); list.append(make('option', { value, textContent })); });
    root.querySelector('.galaxy-colour').append(list);
    const told = make('output', { textContent: last }), slider = make('input', { type: 'range', min: first, max: last, value: last });
    slider.addEventListener('input', () => { told.textContent = slider.value; soon(); });
    root.querySelector('.galaxy-year').append(slider, told);
    canvas = make('canvas', { tabIndex: 0 });
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', root.querySelector('h2').textContent);
    tip = make('div', { className: 'galaxy-tip', hidden: true });
    frame.append(canvas, tip);
    root.querySelector('.galaxy-play').onclick = play;
    root.querySelector('.galaxy-save').onclick = save;
    hands();
    legend();
    new ResizeObserver(soon).observe(frame);
    new MutationObserver(() => { legend(); soon(); }).observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
  }

  document.addEventListener('aimap:filters', ({ detail }) => {
    dim = { province: (detail.province || '').split(',').filter(Boolean), layer: (detail.layer || '').split(',').filter(Boolean) };
    if (net) soon();
  });

  new MutationObserver(() => {
    const here = document.getElementById('galaxy');
    if (!here || here === root) return;
    root = here;
    net = null;
    const near = new IntersectionObserver((seen) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      near.disconnect();
      load().then(build).catch(() => { root.querySelector('.galaxy-frame').textContent = root.dataset.lost; });
    }, { rootMargin: '300px' });
    near.observe(here);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
