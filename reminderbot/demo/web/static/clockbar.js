// The clock bar: the demo's time running at real speed between two messages of the server, and the jumps.

const $ = (id) => document.getElementById(id);
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

export class ClockBar {
  /** `press` is called with the name of the button. */
  constructor(press) {
    this.given = null;
    this.since = 0;
    this.next = null;
    for (const button of document.querySelectorAll("[data-button]")) {
      button.addEventListener("click", () => press(button.dataset.button));
    }
    setInterval(() => this.draw(), 250);
  }

  /** The server's time: {at: ms, offset: minutes, zone, jump: {share, to} or null}. */
  set(given) {
    this.given = given;
    this.since = performance.now();
    this.jump(given.jump ?? null);
    this.draw();
  }

  /** The next reminder: {label, time} or null. */
  coming(next) {
    this.next = next;
    $("next").textContent = next ? `${next.label}, ${next.time}` : "none yet";
    this.enable();
  }

  jump(jump) {
    this.jumping = jump !== null;
    document.body.classList.toggle("jumping", this.jumping);
    $("progress").hidden = !this.jumping;
    $("now").setAttribute("aria-pressed", String(!this.jumping));
    if (jump) {
      $("progress").querySelector("progress").value = Math.round(jump.share * 100);
      $("going").textContent = `on the way to ${jump.to}`;
    }
    this.enable();
  }

  enable() {
    for (const button of document.querySelectorAll("[data-button]")) {
      const name = button.dataset.button;
      button.disabled = name !== "now" && (this.jumping || (name === "next" && !this.next));
    }
  }

  draw() {
    if (!this.given) return;
    const passed = this.jumping ? 0 : performance.now() - this.since;
    const local = new Date(this.given.at + passed + this.given.offset * 60000);
    const iso = local.toISOString();
    const offset = this.given.offset;
    const sign = offset < 0 ? "-" : "+";
    const two = (n) => String(n).padStart(2, "0");
    $("weekday").textContent = DAYS[local.getUTCDay()];
    $("date").textContent = ` ${iso.slice(0, 10)}`;
    $("morning").textContent = `${DAYS[(local.getUTCDay() + 1) % 7]} 8:55`;
    $("hours").textContent = iso.slice(11, 16);
    $("seconds").textContent = iso.slice(16, 19);
    $("zone").textContent = `${this.given.zone}`;
    $("clock").dateTime = `${iso.slice(0, 19)}${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  }
}
