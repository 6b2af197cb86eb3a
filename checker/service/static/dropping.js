// Files dropped anywhere on the page. Text that is dragged into a field is left alone.

const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

/** Calls take(files) for files dropped on the page, and shows where they would land. */
export function acceptDrops(take) {
  let depth = 0;
  const on = (kind, act) => document.addEventListener(kind, (event) => { if (carriesFiles(event)) act(event); });
  const veil = () => document.body.classList.toggle("dropping", depth > 0);
  on("dragenter", () => { depth += 1; veil(); });
  on("dragleave", () => { depth -= 1; veil(); });
  on("dragover", (event) => event.preventDefault());
  on("drop", (event) => {
    event.preventDefault();
    depth = 0;
    veil();
    take(event.dataTransfer.files);
  });
}
