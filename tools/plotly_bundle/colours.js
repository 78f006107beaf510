// Stands in for `require('culori')`: the same functions from the same package, with the colour spaces of CSS only,
// which is what plotly.js parses. plotly.js takes the whole package because its CommonJS file cannot be tree-shaken.
// Paths are relative because the build's alias of `culori` would catch the package name here too.
import './node_modules/culori/src/bootstrap/css.js';

export {
  converter,
  formatHex,
  formatRgb,
  wcagContrast,
  wcagLuminance,
} from './node_modules/culori/src/index-fn.js';
