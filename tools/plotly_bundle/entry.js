// The part of plotly.js that the charts use. `core` brings scatter, the layout components and the English locale.
// No geo, map, gl, 3d or pie: the map of China is drawn as filled scatter polygons (analytics/geo.py).
const Plotly = require('plotly.js/lib/core');

Plotly.register([
  require('plotly.js/lib/bar'),
  require('plotly.js/lib/heatmap'),
  require('plotly.js/lib/sankey'),
  require('plotly.js/lib/treemap'),
  require('plotly.js/lib/locales/zh-cn'),
]);

module.exports = Plotly;
