// How the explorer draws: Cytoscape on the screen; for files the same picture written as SVG from the known positions.
(function () {
  const UNIT = 42; // pixels of a place's unit
  const LAYERS = ['base', 'technology', 'application'];
  const KINDS = ['university', 'research_institute', 'government', 'industrial_firm', 'foreign_vendor', 'other'];
  const SERIES = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7'];
  const CORES = ['11', '44', '31', '33', '32', '37'];
  let shown = null; // what is drawn: nodes with size, colour and label

  const cy = () => { const place = document.getElementById('explorer-graph'); return place && place._cyreg ? place._cyreg.cy : null; };
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  const colourOf = {
    layer: (node) => (LAYERS.includes(node.layer) ? css(`layer-${node.layer}`) : css('mute')),
    kind: (node) => (node.kind ? css(SERIES[1 + KINDS.indexOf(node.kind)]) || css('mute') : css('enabling')),
    province: (node) => (CORES.includes(node.province) ? css(SERIES[CORES.indexOf(node.province)]) : css('mute')),
    community: (node) => (node.community >= 0 && node.community < 7 ? css(SERIES[node.community]) : css('mute')),
  };
  const valueOf = { degree: (node) => node.degree, out: (node) => node.out, in: (node) => node.degree - node.out, pagerank: (node) => node.pagerank, betweenness: (node) => node.betweenness, same: () => 1 };

  function dressed(found, now) {
    const grouped = found.nodes.some((one) => one.group), value = (!grouped && valueOf[now.size]) || valueOf.degree, colour = colourOf[now.colour] || colourOf.layer;
    const top = Math.max(0, ...found.nodes.map(value)) || 1;
    // Names of provinces are short and stand apart as on a map; those of communities would hide each other.
    const crowd = found.nodes.some((one) => one.group === 'community');
    const ranked = [...found.nodes].sort((a, b) => b.degree - a.degree).slice(0, crowd ? 14 : 16).map((one) => one.id);
    const named = new Set(found.nodes.length <= 40 && !crowd ? found.nodes.map((one) => one.id) : ranked);
    found.nodes.filter((one) => one.rank === 0 && found.nodes.length > 40 && ['near', 'chain', 'common'].includes(found.view)).forEach((one) => named.add(one.id));
    return found.nodes.map((node) => ({
      ...node,
      px: node.x * UNIT, py: node.y * UNIT,
      width: node.group ? (14 + 46 * Math.sqrt(value(node) / top)) * (crowd ? 2.4 : 1) : 9 + 34 * Math.sqrt(value(node) / top),
      colour: node.group === 'province' || !node.group ? colour(node) : css(SERIES[node.community % 7]),
      label: now.labels === 'none' ? '' : now.labels === 'all' || named.has(node.id) ? (crowd ? node.name.replace(/ (?=[\d,]+ \S+$)/, '\n') : node.name) : '',
    }));
  }

  function sheet() {
    return [
      { selector: 'node', style: { width: 'data(width)', height: 'data(width)', 'background-color': 'data(colour)', 'border-width': 1, 'border-color': css('card'),
        label: 'data(label)', 'text-wrap': 'wrap', 'font-size': 15, 'font-family': css('--font') || 'sans-serif', color: css('ink'), 'text-outline-color': css('card'), 'text-outline-width': 3,
        'text-valign': 'bottom', 'text-margin-y': 4, 'min-zoomed-font-size': 6 } },
      { selector: 'edge', style: { width: 'data(width)', 'line-color': css('nodata-line'), 'target-arrow-color': css('nodata-line'), 'target-arrow-shape': 'triangle',
        'arrow-scale': 0.7, 'curve-style': 'straight', opacity: 'data(opacity)' } },
      { selector: '.dim', style: { opacity: 0.08, 'text-opacity': 0 } },
      { selector: '.near', style: { label: 'data(name)', 'z-index': 9 } },
      { selector: 'edge.near', style: { opacity: 0.9, 'line-color': css('enabling'), 'target-arrow-color': css('enabling'), label: '' } },
      { selector: '.marked', style: { 'border-width': 4, 'border-color': css('ink') } },
    ];
  }

  function elements(found) {
    const heavy = Math.max(1, ...found.arcs.map((arc) => arc[2]));
    const faint = found.arcs.length > 400 ? 0.28 : 0.6;
    const nodes = shown.map((node) => ({ group: 'nodes', data: node, position: { x: node.px, y: node.py } }));
    const arcs = found.arcs.filter(([a, b]) => a !== b).map(([source, target, weight], at) => ({
      group: 'edges', data: { id: `arc ${at}`, source, target, width: 0.8 + 5 * Math.sqrt(weight / heavy) * (heavy > 1 ? 1 : 0.1), opacity: faint },
    }));
    return [...nodes, ...arcs];
  }

  function hover(graph) {
    graph.removeListener('mouseover mouseout');
    graph.on('mouseover', 'node', (event) => graph.batch(() => {
      const near = event.target.closedNeighborhood();
      graph.elements().not(near).addClass('dim');
      near.addClass('near');
    }));
    graph.on('mouseout', 'node', () => graph.batch(() => graph.elements().removeClass('dim near')));
  }

  function draw(root, found, now, chosen) {
    const graph = cy();
    if (!graph) return;
    shown = dressed(found, now);
    graph.batch(() => {
      graph.elements().remove();
      graph.style().fromJson(sheet());
      graph.add(elements(found));
    });
    graph.removeListener('tap');
    graph.on('tap', 'node', (event) => chosen(event.target.id()));
    hover(graph);
    graph.resize();
    graph.fit(undefined, 30);
    // Names keep their size on the screen however far the picture is away when it first fits.
    graph.style().selector('node').style('font-size', Math.min(60, 12.5 / Math.min(graph.zoom(), 1.2))).update();
    legend(root, now);
  }

  function entries(root, now) {
    if (shown.some((one) => one.group === 'community')) return [];
    const word = (key) => root.dataset[key.replace(/[-_](\w)/g, (_, letter) => letter.toUpperCase())] || root.getAttribute(`data-${key}`);
    if (now.colour === 'layer') return [...LAYERS.map((one) => [css(`layer-${one}`), word(`layer-${one}`)]), [css('mute'), word('layer-none')]];
    if (now.colour === 'kind') return [[css('enabling'), word('kind-firm')], ...KINDS.map((one, at) => [css(SERIES[1 + at]), root.getAttribute(`data-kind-${one}`)])];
    if (now.colour === 'province') return CORES.map((code, at) => [css(SERIES[at]), (shown.find((one) => one.province === code) || { place: '' }).place.split(' · ')[0]]).filter((one) => one[1]);
    return [];
  }

  let told = [];
  function legend(root, now) {
    told = entries(root, now);
    document.getElementById('explorer-legend').replaceChildren(...told.map(([colour, text]) => {
      const one = document.createElement('span');
      one.textContent = text;
      one.style.setProperty('--dot', colour);
      return one;
    }));
  }

  function mark(id) {
    const graph = cy();
    graph.elements('.marked').removeClass('marked');
    graph.getElementById(id).addClass('marked');
  }

  function zoom(way) {
    const graph = cy();
    if (way === 'fit') { graph.fit(undefined, 30); return; }
    graph.zoom({ level: graph.zoom() * (way === 'in' ? 1.3 : 1 / 1.3), renderedPosition: { x: graph.width() / 2, y: graph.height() / 2 } });
  }

  // ---- files
  const safe = (text) => text.replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }[one]));

  function svg(found) {
    const xs = shown.map((one) => one.px), ys = shown.map((one) => one.py), pad = 90;
    const left = Math.min(...xs) - pad, top = Math.min(...ys) - pad - 60;
    const width = Math.max(...xs) - left + pad, height = Math.max(...ys) - top + pad + 60;
    const size = Math.max(14, width / 70), at = Object.fromEntries(shown.map((one) => [one.id, one]));
    const words = (text, x, y, style) => `<text x="${x}" y="${y}" ${style}>${safe(text)}</text>`;
    const arcs = found.arcs.filter(([a, b]) => a !== b).map(([a, b]) => `<line x1="${at[a].px}" y1="${at[a].py}" x2="${at[b].px}" y2="${at[b].py}"/>`);
    const dots = shown.map((one) => `<circle cx="${one.px}" cy="${one.py}" r="${one.width / 2}" fill="${one.colour}"/>`);
    const names = shown.filter((one) => one.label).map((one) => words(one.label, one.px, one.py + one.width / 2 + 16, 'text-anchor="middle" font-size="15"'));
    const key = told.map(([colour, text], index) => `<circle cx="${left + 24 + (index * width) / 8}" cy="${top + height - size * 2.6}" r="${size / 3}" fill="${colour}"/>`
      + words(text, left + 24 + size / 2 + (index * width) / 8, top + height - size * 2.3, `font-size="${size * 0.8}"`));
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" fill="${css('ink')}">`
      + `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${css('card')}"/>`
      + words(found.title, left + 20, top + size * 1.8, `font-size="${size * 1.4}" font-weight="700"`)
      + words(`${found.badge_said}  ${found.filters}`, left + 20, top + size * 3.2, `font-size="${size * 0.8}"`)
      + `<g stroke="${css('nodata-line')}" stroke-opacity="0.4">${arcs.join('')}</g>${dots.join('')}<g>${names.join('')}</g>${key.join('')}`
      + `${words(`${found.source}  ${window.location.href}`, left + 20, top + height - size * 0.8, `font-size="${size * 0.7}"`)}</svg>`;
  }

  async function raster(text) {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const scale = Math.min(2, 6000 / Math.max(image.width, image.height));
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width * scale, height: image.height * scale });
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done, fail) => { canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('empty'))), 'image/png'); });
  }

  async function picture(form, found) {
    if (!found.nodes.length) throw new Error('nothing drawn');
    const text = svg(found);
    const blob = form === 'svg' ? new Blob([text], { type: 'image/svg+xml' }) : await raster(text);
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: `network-${found.view}.${form}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  window.aimap = window.aimap || {};
  window.aimap.explorer = { ready: () => Boolean(cy()), draw, mark, zoom, picture };
})();
