// A signature on the glass: strokes become a smooth line, the line becomes a PNG.
// Without a pointer there is the form's other way: a scan of the signed page.

// Quadratic curves through the middles: corners of a fast hand become round.
export function curves(points) {
  const middle = (a, b) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  return points.slice(1).map((point, i) => {
    const before = points[i];
    return { from: i === 0 ? before : middle(points[i - 1], before), bend: before, to: middle(before, point) };
  });
}

export const longEnough = (strokes) => strokes.reduce((n, stroke) => n + stroke.length, 0) >= 6;

function draw(canvas, strokes) {
  const ratio = window.devicePixelRatio || 1;
  const { width, height } = canvas.getBoundingClientRect();
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  pen.lineWidth = 2.2;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = "#161b26";
  for (const stroke of strokes) {
    pen.beginPath();
    if (stroke.length === 1) pen.arc(stroke[0].x, stroke[0].y, 1, 0, 7);
    for (const { from, bend, to } of curves(stroke)) {
      pen.moveTo(from.x, from.y);
      pen.quadraticCurveTo(bend.x, bend.y, to.x, to.y);
    }
    pen.stroke();
  }
}

function wake(pad) {
  const canvas = pad.querySelector("canvas");
  const field = pad.querySelector("input[type=hidden]");
  const state = pad.querySelector("[data-sign-state]");
  if (!canvas || !field || pad.dataset.awake) return;
  pad.dataset.awake = "yes";
  let strokes = [];
  let stroke = null;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const settle = () => {
    stroke = null;
    const signed = longEnough(strokes);
    field.value = signed ? canvas.toDataURL("image/png") : "";
    if (state) state.textContent = signed ? state.dataset.signed : state.dataset.empty;
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    stroke = [at(event)];
    strokes.push(stroke);
    draw(canvas, strokes);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    for (const part of event.getCoalescedEvents?.() ?? [event]) stroke.push(at(part));
    draw(canvas, strokes);
  });
  canvas.addEventListener("pointerup", settle);
  canvas.addEventListener("pointercancel", settle);
  pad.querySelector("[data-sign-clear]")?.addEventListener("click", () => { strokes = []; draw(canvas, strokes); settle(); });
  new ResizeObserver(() => { if (strokes.length) draw(canvas, strokes); }).observe(canvas);
}

export const wakeSigning = (root) => root.querySelectorAll?.("[data-sign]").forEach(wake);
