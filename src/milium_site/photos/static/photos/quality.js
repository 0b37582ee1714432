// Judges a photo in the browser as photos/quality.py does on the server: sharpness, light, size. Suggests; forbids nothing.
(() => {
  const JUDGED_AT = 640, LEAST_SHARPNESS = 3.0, FLOOR = 1.0;
  const ADVICE = {
    blurred: "It looks out of focus. Hold still, tap on the skin to focus, and keep at least a hand’s width away.",
    dark: "It is very dark. Go to a window, or switch on more light.",
    bright: "Parts of it are washed out. Turn the flash off, or step out of the sun.",
    small: "It has few pixels, so little can be made larger. Go closer rather than zooming, and send the original.",
  };

  function grey(canvas) {
    const scale = Math.min(1, JUDGED_AT / Math.max(canvas.width, canvas.height));
    const width = Math.max(8, Math.round(canvas.width * scale)), height = Math.max(8, Math.round(canvas.height * scale));
    const small = Object.assign(document.createElement("canvas"), { width, height });
    const context = small.getContext("2d", { willReadFrequently: true });
    context.imageSmoothingQuality = "high";
    context.drawImage(canvas, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    const values = new Float32Array(width * height);
    for (let i = 0; i < values.length; i++)
      values[i] = Math.round(0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2]);
    return { width, height, values };
  }

  // The middle one of nine: single grains of noise are no detail.
  function calmed({ width, height, values }) {
    const out = new Float32Array(values), nine = new Float32Array(9);
    for (let y = 1; y < height - 1; y++)
      for (let x = 1; x < width - 1; x++) {
        let n = 0;
        for (let dy = -width; dy <= width; dy += width)
          for (let dx = -1; dx <= 1; dx++) nine[n++] = values[y * width + x + dy + dx];
        out[y * width + x] = nine.sort()[4];
      }
    return { width, height, values: out };
  }

  function blurred({ width, height, values }) {
    const out = new Float32Array(values);
    for (let y = 1; y < height - 1; y++)
      for (let x = 1; x < width - 1; x++) {
        let sum = 0;
        for (let dy = -width; dy <= width; dy += width)
          for (let dx = -1; dx <= 1; dx++) sum += values[y * width + x + dy + dx];
        out[y * width + x] = Math.round(sum / 9);
      }
    return { width, height, values: out };
  }

  // The variance of the Laplacian.
  function detail({ width, height, values }) {
    let sum = 0, squares = 0, n = 0;
    for (let y = 2; y < height - 2; y++)
      for (let x = 2; x < width - 2; x++) {
        const at = y * width + x;
        const raw = values[at - 1] + values[at + 1] + values[at - width] + values[at + width] - 4 * values[at];
        const value = Math.max(-128, Math.min(127, raw));
        sum += value; squares += value * value; n++;
      }
    return squares / n - (sum / n) ** 2;
  }

  // `sent` holds the width and height that the camera gave.
  function judge(canvas, sent) {
    const picture = grey(canvas);
    const calm = calmed(picture);
    const sharpness = detail(calm) / (detail(blurred(calm)) + FLOOR);
    let light = 0, black = 0, white = 0;
    for (const value of picture.values) {
      light += value; black += value <= 25; white += value >= 250;
    }
    const n = picture.values.length;
    const long = Math.max(sent.width, sent.height), short = Math.min(sent.width, sent.height);
    const found = {
      blurred: sharpness < LEAST_SHARPNESS,
      dark: light / n < 45 || black / n > 0.6,
      bright: light / n > 215 || white / n > 0.35,
      small: long < 1024 || short < 768,
    };
    return { sharpness, light: light / n, advice: Object.keys(found).filter((name) => found[name]).map((name) => ADVICE[name]) };
  }

  window.milium = Object.assign(window.milium ?? {}, { judge });
})();
