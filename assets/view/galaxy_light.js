// The light of a whole network: every arc adds to a plane of numbers, which are then bent to the range of a screen.
// Ninety thousand lines drawn with a canvas's pen would be one grey; summed up, cores shine and the rest is a haze.
(function () {
  const REST = 255;
  const SLICE = 12; // milliseconds before the page gets its turn
  const HALF = 0.02; // shares of the side: an arc as long as this gives half the light of a short one
  const STEPS = 2048, BRIGHTEST = 64;

  // Columns of odd length leave the next one unaligned, so each is copied out.
  function decode(info, bytes) {
    const n = info.nodes, m = info.arcs, net = { n, m, hubs: info.hubs };
    let at = 0;
    const take = (Kind, count) => { const size = count * Kind.BYTES_PER_ELEMENT, part = new Kind(bytes.slice(at, at + size)); at += size; return part; };
    ['x', 'y', 'degree', 'since'].forEach((name) => { net[name] = take(Uint16Array, n); });
    ['layer', 'province', 'kind', 'community'].forEach((name) => { net[name] = take(Uint8Array, n); });
    ['source', 'target'].forEach((name) => { net[name] = take(Uint32Array, m); });
    net.began = take(Uint16Array, m);
    net.order = [...Array(n).keys()].filter((node) => net.degree[node]).sort((a, b) => net.degree[a] - net.degree[b]);
    net.light = lightOfAll(net);
    return net;
  }

  const lightOf = (far) => HALF / (HALF + far);

  // The light of all arcs at a side of 1, by which all pictures of the network are exposed alike.
  function lightOfAll(net) {
    let sum = 0;
    for (let arc = 0; arc < net.m; arc += 1) {
      const a = net.source[arc], b = net.target[arc];
      const far = Math.hypot(net.x[a] - net.x[b], net.y[a] - net.y[b]) / 65535;
      sum += lightOf(far) * far;
    }
    return Math.max(sum, 1e-9);
  }

  // A node's colour by the code that the colouring reads; the last colour is that of the rest.
  function classes(net, colouring) {
    const table = new Uint8Array(REST + 1).fill(colouring.of.length);
    colouring.of.forEach(([, codes], at) => codes.forEach((code) => { if (table[code] === colouring.of.length) table[code] = at; }));
    return net[colouring.column].map((code) => table[code]);
  }

  // The arcs of every colour, which is that of the larger end.
  function sorted(net, of, count) {
    const lists = Array.from({ length: count }, () => []);
    for (let arc = 0; arc < net.m; arc += 1) {
      const a = net.source[arc], b = net.target[arc];
      lists[of[net.degree[a] >= net.degree[b] ? a : b]].push(arc);
    }
    return lists;
  }

  // Cuts a line to the picture; gives the shares of it that remain.
  function cut(ax, ay, bx, by, w, h) {
    let first = 0, last = 1;
    const dx = bx - ax, dy = by - ay;
    for (const [along, room] of [[-dx, ax], [dx, w - ax], [-dy, ay], [dy, h - ay]]) {
      if (along === 0) { if (room < 0) return null; } else {
        const share = room / along;
        if (along < 0) first = Math.max(first, share); else last = Math.min(last, share);
      }
    }
    return first < last ? [first, last] : null;
  }

  // Spreads a line's light over the two pixels on either side of it, step by step.
  function line(plane, w, h, ax, ay, bx, by, light) {
    const dx = bx - ax, dy = by - ay, flat = Math.abs(dx) >= Math.abs(dy);
    const count = Math.ceil(flat ? Math.abs(dx) : Math.abs(dy)) || 1, sx = dx / count, sy = dy / count;
    let x = ax, y = ay;
    for (let step = 0; step < count; step += 1, x += sx, y += sy) {
      if (flat) {
        const row = Math.floor(y - 0.5), part = y - 0.5 - row, at = row * w + (x | 0);
        if (row < 0 || row >= h - 1 || x >= w) continue;
        plane[at] += light * (1 - part);
        plane[at + w] += light * part;
      } else {
        const column = Math.floor(x - 0.5), part = x - 0.5 - column, at = (y | 0) * w + column;
        if (column < 0 || column >= w - 1 || y >= h) continue;
        plane[at] += light * (1 - part);
        plane[at + 1] += light * part;
      }
    }
  }

  function strike(plane, net, arc, view, dimmed) {
    const a = net.source[arc], b = net.target[arc], { w, h } = view;
    const ax = view.px(net.x[a]), ay = view.py(net.y[a]), bx = view.px(net.x[b]), by = view.py(net.y[b]);
    if ((ax < 0 && bx < 0) || (ay < 0 && by < 0) || (ax > w && bx > w) || (ay > h && by > h)) return;
    const light = lightOf(Math.hypot(bx - ax, by - ay) / view.side) * (dimmed ? 0.05 : 1);
    if (ax >= 0 && bx >= 0 && ay >= 0 && by >= 0 && ax <= w && bx <= w && ay <= h && by <= h) { line(plane, w, h, ax, ay, bx, by, light); return; }
    const kept = cut(ax, ay, bx, by, w, h);
    if (kept) line(plane, w, h, ax + (bx - ax) * kept[0], ay + (by - ay) * kept[0], ax + (bx - ax) * kept[1], ay + (by - ay) * kept[1], light);
  }

  // Adds a plane's light, in its colour, to the sums of red, green, blue and all; leaves the plane dark.
  function fold(plane, sums, colour) {
    const [red, green, blue] = colour, [r, g, b, all] = sums;
    for (let at = 0; at < plane.length; at += 1) {
      const light = plane[at];
      if (!light) continue;
      r[at] += light * red;
      g[at] += light * green;
      b[at] += light * blue;
      all[at] += light;
      plane[at] = 0;
    }
  }

  // How much of the paper a light covers, by steps: quick to look up, slow to compute a million times.
  const COVER = Float32Array.from({ length: STEPS + 1 }, (_, at) => 1 - Math.exp(-0.6 * ((at / STEPS) ** 2 * BRIGHTEST) ** 0.72));

  function expose(sums, image, view, look, whole) {
    const [r, g, b, all] = sums, pixels = image.data, [pr, pg, pb] = look.paper;
    // The mean light of the disc, some 0.55 of the square, at this size; enlarged, lines stand apart and may be brighter.
    const unit = (whole / 0.55 / view.side) * (view.home / view.side) ** 0.25 * look.exposure;
    const most = look.dark ? 0.86 : 0.8;
    for (let at = 0, to = 0; at < all.length; at += 1, to += 4) {
      const light = all[at];
      pixels[to + 3] = 255;
      if (!light) { pixels[to] = pr; pixels[to + 1] = pg; pixels[to + 2] = pb; continue; }
      const x = light / unit, part = COVER[Math.min(STEPS, Math.sqrt(x / BRIGHTEST) * STEPS) | 0] * most;
      const glow = look.dark ? Math.min(0.45, Math.max(0, (x - 5) / 60)) : 0;
      const share = part * (1 - glow), white = 255 * part * glow;
      pixels[to] = pr * (1 - part) + (r[at] / light) * share + white;
      pixels[to + 1] = pg * (1 - part) + (g[at] / light) * share + white;
      pixels[to + 2] = pb * (1 - part) + (b[at] / light) * share + white;
    }
  }

  function disc(pixels, view, cx, cy, radius, colour, alpha) {
    const { w, h } = view, left = Math.max(0, Math.floor(cx - radius - 1)), right = Math.min(w - 1, Math.ceil(cx + radius));
    const low = Math.max(0, Math.floor(cy - radius - 1)), high = Math.min(h - 1, Math.ceil(cy + radius));
    for (let y = low; y <= high; y += 1) {
      for (let x = left; x <= right; x += 1) {
        const inside = radius + 0.5 - Math.hypot(x + 0.5 - cx, y + 0.5 - cy);
        if (inside <= 0) continue;
        const part = Math.min(1, inside) * alpha, to = (y * w + x) * 4;
        for (let k = 0; k < 3; k += 1) pixels[to + k] += (colour[k] - pixels[to + k]) * part;
      }
    }
  }

  // Area grows with the degree; enlarging spreads nodes faster than it swells them.
  const radiusOf = (degree, view) => (0.5 + 0.2 * Math.sqrt(degree)) * (view.home / 760) * Math.min(4, Math.sqrt(view.side / view.home));

  function discs(image, net, view, look) {
    const rest = look.colours.length - 1;
    [true, false].forEach((plain) => net.order.forEach((node) => {
      const of = look.of[node];
      if ((of === rest) !== plain || !look.there(node)) return;
      const x = view.px(net.x[node]), y = view.py(net.y[node]), radius = radiusOf(net.degree[node], view);
      if (x < -radius || y < -radius || x > view.w + radius || y > view.h + radius) return;
      const alpha = (look.lit(node) ? 1 : 0.1) * (plain && net.degree[node] < 40 ? 0.4 : 0.9);
      disc(image.data, view, x, y, radius, look.colours[of], alpha);
    }));
  }

  const turn = () => new Promise((done) => { setTimeout(done); });

  // Gives the picture, or nothing once it is no longer wanted.
  async function shine(net, view, look, wanted) {
    const size = view.w * view.h, plane = new Float32Array(size), sums = [0, 1, 2, 3].map(() => new Float32Array(size));
    let since = performance.now();
    const rested = async () => { if (performance.now() - since > SLICE) { await turn(); since = performance.now(); } return wanted(); };
    for (let of = 0; of < look.arcs.length; of += 1) {
      const list = look.arcs[of];
      for (let at = 0; at < list.length; at += 1) {
        const arc = list[at];
        if (net.began[arc] <= look.year) strike(plane, net, arc, view, !look.lit(net.source[arc]) && !look.lit(net.target[arc]));
        if (at % 512 === 511 && !(await rested())) return null;
      }
      fold(plane, sums, look.colours[of]);
      if (!(await rested())) return null;
    }
    const image = new ImageData(view.w, view.h);
    expose(sums, image, view, look, net.light);
    if (!(await rested())) return null;
    discs(image, net, view, look);
    return image;
  }

  window.aimap = window.aimap || {};
  window.aimap.light = { decode, classes, sorted, shine, radiusOf, lightOf, cut };
})();
