// Imported before vsce: the package is compressed as far as its format allows, for which vsce has no option.
import zlib from "node:zlib";

class DeflateRaw extends zlib.DeflateRaw {
  constructor(options) {
    super({ level: zlib.constants.Z_BEST_COMPRESSION, ...options });
  }
}

Object.defineProperty(zlib, "DeflateRaw", { value: DeflateRaw });
