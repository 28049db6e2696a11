Object.defineProperty(exports, '__esModule', { value: true });
exports.default = ({ size }) => 2 * size;
