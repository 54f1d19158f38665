// A task that yields a new object of ten fields at each step, no two of which look the same.
function* objects() {
  for (let n = 0; ; n += 1) {
    yield {
      id: n,
      name: `item ${n}`,
      price: n * 1.25,
      count: n & 31,
      isActive: n % 3 === 0,
      parent: null,
      kind: "widget",
      note: undefined,
      x: n % 640,
      y: n % 480,
    };
  }
}

module.exports = { objects };
